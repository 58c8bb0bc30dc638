"""Filas e parceiros: how a queue is given out, what each person of it gets, and who answers a partner's."""

import re

import pytest
from pytest_django import DjangoAssertNumQueries, Settings

from tests.cast import Cast, gather
from tests.web.conftest import Enter
from tests.web.settings.test_people import admin, link_on
from tratativa.accounts.audit.models import AuditLine
from tratativa.accounts.models import Membership, Partner, Person
from tratativa.cases.models import QueueAssignment, QueueMember
from tratativa.cases.queues.assignment import OWN

ROOM = "/settings/queues/"


@pytest.fixture(autouse=True)
def no_letters(settings: Settings) -> None:
    """No letter leaves here, and pages show the links."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"


def test_a_seller_s_administrator_gives_out_its_queue_and_says_who_gets_how_many(cast: Cast, enter: Enter) -> None:
    page = enter(cast.chefe)
    ana = str(cast.ana.person)

    saved = page.post(f"{ROOM}{OWN}/", {"way": "fewest", "person": [ana], f"limit-{ana}": "15"}, follow=True)

    kept = QueueAssignment.objects.get(seller=cast.seller)
    assert [(one.person_id, one.limit) for one in kept.members.all()] == [(cast.ana.person, 15)]
    assert "A quem tem menos abertos" in page.get(ROOM).text
    assert f'value="{ana}" checked' in re.sub(r"\s+", " ", saved.text)
    line = AuditLine.objects.get(what="queue.assignment_changed")
    assert (line.before["way"], line.after["way"]) == ("off", "fewest")


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"way": "next"}, "Marque quem recebe"),
        ({"way": "sorte"}, "Escolha como a fila se distribui"),
        ({"way": "next", "person": ["x"]}, "Escolha só pessoas da equipe"),
        ({"way": "next", "person": ["ana"], "limit-ana": "muitos"}, "O limite é um número"),
        ({"way": "next", "person": ["rival"]}, "Escolha só pessoas da equipe"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_filled_in_stays(
    given: dict[str, object], says: str, cast: Cast, enter: Enter
) -> None:
    known = {"ana": str(cast.ana.person), "rival": str(cast.rival.person)}
    picked = given.get("person", [])
    assert isinstance(picked, list)
    sent = {key.replace("ana", known["ana"]): value for key, value in given.items() if key != "person"}

    page = enter(cast.chefe).post(f"{ROOM}{OWN}/", sent | {"person": [known.get(one, one) for one in picked]})

    assert page.status_code == 422
    assert says in page.text
    assert not QueueAssignment.objects.exists()


def test_what_somebody_gets_is_ticked_and_said_beside_their_name(cast: Cast, enter: Enter) -> None:
    page, ana = enter(cast.chefe), str(cast.ana.person)
    page.post(f"{ROOM}{OWN}/", {"way": "next", "person": [ana]})

    saved = page.post(f"{ROOM}{OWN}/people/{ana}/", {"reason": ["produto-com-defeito", "nada-disso"]}, follow=True)

    assert QueueMember.objects.get().skills == {"reason": ["produto-com-defeito"]}
    assert "Produto com defeito" in saved.text
    again = page.post(f"{ROOM}{OWN}/", {"way": "next", "person": [ana]}, follow=True)
    assert "Produto com defeito" in again.text


def test_sellers_somebody_knows_are_named_by_their_documents(cast: Cast, enter: Enter) -> None:
    boss = admin(cast)
    page = enter(boss)
    page.post(f"{ROOM}{OWN}/", {"way": "next", "person": [str(cast.marta.person)]})
    address = f"{ROOM}{OWN}/people/{cast.marta.person}/"

    wrong = page.post(address, {"seller": "11.222.333/0001-81\n99.999.999/0001-99"})
    page.post(address, {"seller": "11.222.333/0001-81\n\n"})

    assert wrong.status_code == 422
    assert "Linha 2" in wrong.text and "99.999.999/0001-99" in wrong.text
    assert QueueMember.objects.get().skills == {"seller": [str(cast.seller.pk)]}
    assert "11.222.333/0001-81" in page.get(address).text


def test_a_partner_s_queue_gets_its_letters_and_its_first_administrator(db: None, enter: Enter) -> None:
    cast = gather("compra-agora")
    page = enter(admin(cast))

    page.post("/queues/ka/reach", {"email": "ka@parceiro.example", "partner": "", "back": "queue_setting"})
    asked = page.post(f"{ROOM}ka/invite", {"email": "kaio@parceiro.example", "person": "Kaio"}, follow=True)

    assert Partner.objects.get(queue="ka").email == "ka@parceiro.example"
    assert "kaio@parceiro.example" in asked.text
    link = link_on(asked.text)
    joined = enter(cast.marta).get(link)
    assert joined.status_code == 200
    assert not Membership.objects.exclude(partner=None).exists()


def test_an_agent_reaches_no_room_of_queues(cast: Cast, enter: Enter) -> None:
    assert enter(cast.ana).get(ROOM).status_code == 403


def test_the_room_asks_as_much_with_many_people_as_with_few(
    cast: Cast, enter: Enter, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(30):
        person = Person.objects.create_user(email=f"p{number}@equipe.example", password=None, name=f"Pessoa {number}")
        Membership.objects.create(person=person, marketplace=cast.marketplace, seller=cast.seller, role="agent")
    page = enter(cast.chefe)
    page.get(f"{ROOM}{OWN}/")

    with django_assert_max_num_queries(12):
        assert page.get(f"{ROOM}{OWN}/").text.count('name="person"') == 32
