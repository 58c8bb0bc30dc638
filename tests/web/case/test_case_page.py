"""The page of a case: what it shows, to whom, and at what cost."""

import re
from collections.abc import Callable

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, local
from tests.web.conftest import NINE, Enter
from tratativa.accounts import actors
from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Membership
from tratativa.accounts.people import invitations
from tratativa.accounts.people.team import Doer
from tratativa.cases import sweeping
from tratativa.cases.acting import replying
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case
from tratativa.founding import first_administrators


def page_of(case: Case, actor: Actor, enter: Enter) -> str:
    """The case's page as this actor gets it."""
    return enter(actor).get(f"/cases/{case.protocol}/").content.decode()


def test_it_shows_status_turn_deadline_order_and_customer(cast: Cast, case: Case, enter: Enter) -> None:
    page = page_of(case, cast.ana, enter)

    for words in (
        "Atraso na entrega",
        "Aguardando parceiro",
        "Responder ao cliente",
        "1001",
        "Joana Prado",
        "R$ 199,90",
    ):
        assert words in page


def test_every_deadline_explains_itself(cast: Cast, case: Case, enter: Enter) -> None:
    page = page_of(case, cast.ana, enter)

    assert "Por que este prazo?" in page
    assert re.search(r"12 horas úteis.*24 horas corridas", page)


def test_a_seller_sees_no_way_to_reach_the_customer_outside(cast: Cast, case: Case, enter: Enter) -> None:
    cast.buyer.phone = "+5511987654321"
    cast.buyer.save()

    page = page_of(case, cast.ana, enter)

    assert "joana@cliente.example" not in page
    assert "87654321" not in page
    assert "***.982.247-**" in page
    assert "52998224725" not in page
    assert "joana@cliente.example" in page_of(case, cast.marta, enter)


def test_actions_that_may_not_be_done_say_why(cast: Cast, case: Case, enter: Enter) -> None:
    page = page_of(case, cast.ana, enter)

    menu = page[page.index('id="actions"') : page.index("</details>", page.index('id="actions"'))]
    assert 'href="/cases/' in menu
    assert "Responda ao cliente antes de encerrar." in menu


def test_other_protocols_of_the_order_are_listed_with_their_channel(
    cast: Cast, case: Case, open_case: Callable[..., Case], enter: Enter
) -> None:
    phoned = open_case(channel="phone", words="Liguei também")

    page = page_of(case, cast.ana, enter)

    assert f"{phoned.protocol[:8]}-{phoned.protocol[8:15]}-{phoned.protocol[15]}" in page
    assert "telefone" in page
    assert "Cada canal por onde o cliente chama gera um protocolo próprio." in page


def test_the_seller_sees_what_customer_and_marketplace_say_to_each_other(
    cast: Cast, case: Case, enter: Enter
) -> None:
    replying.reply(case, Message("Boa tarde, Joana, aqui é o SAC.", to="customer"), by=cast.marta, at=NINE)

    assert "aqui é o SAC" in page_of(case, cast.ana, enter)


def test_a_sellers_note_stays_inside_its_team(cast: Cast, case: Case, enter: Enter) -> None:
    enter(cast.ana).post(f"/cases/{case.protocol}/actions/anotar", {"texto": "Cliente difícil"})

    assert "Cliente difícil" in page_of(case, cast.chefe, enter)
    assert "Cliente difícil" not in page_of(case, cast.marta, enter)


def test_a_missed_deadline_stands_in_the_conversation(cast: Cast, case: Case, enter: Enter) -> None:
    sweeping.sweep(at=local("2026-11-24 09:01"))

    page = page_of(case, cast.ana, enter)

    assert "Prazo «Responder ao cliente» perdido em" in page
    assert "Uma resposta perdida foi contada para o vendedor." in page


def test_the_fragment_renews_everything_but_the_text_being_written(cast: Cast, case: Case, enter: Enter) -> None:
    fragment = enter(cast.ana).get(f"/cases/{case.protocol}/timeline").content.decode()

    pieces = (
        "timeline", "state", "holds", "sending", "run", "actions", "snooze", "side", "thanks", "seen", "seen-answers",
        "seen-silence", "unanswered",
    )  # fmt: skip
    for piece in pieces:
        assert f'id="{piece}"' in fragment
    assert fragment.count('hx-swap-oob="true"') == len(pieces) - 1  # the timeline is what was asked for
    assert "<textarea" not in fragment


def test_a_case_that_waits_for_a_seller_nobody_of_which_came_in_says_so_to_the_team_with_the_way_in(
    cast: Cast, case: Case, enter: Enter
) -> None:
    Membership.objects.filter(seller=cast.seller).delete()
    admin = Membership.objects.get(person=cast.marta.person_id)
    admin.role = "admin"
    admin.save()
    chief = actors.of_membership(admin)
    team = first_administrators.team(cast.seller)

    page = page_of(case, chief, enter)
    invitations.invite(team, "bia@casa.example", "Bia", "admin", by=Doer(command="x"), at=NINE)
    asked = page_of(case, chief, enter)

    empty = f"Ninguém de {cast.seller.name} entrou ainda"
    way = f'<a class="button" href="/settings/sellers/{cast.seller.pk}/">'
    assert empty in page and way in page and "Convidar" in page
    assert empty in asked and way in asked and "Há um convite que espera." in asked and "Ver o convite" in asked


def test_a_case_somebody_of_the_seller_can_answer_says_nothing_of_it(cast: Cast, case: Case, enter: Enter) -> None:
    assert "entrou ainda" not in page_of(case, cast.marta, enter)


def test_the_page_costs_the_same_for_a_long_conversation(cast: Cast, case: Case, enter: Enter) -> None:
    client = enter(cast.ana)
    replying.reply(case, Message("Primeira", to="customer", customer_reads=True), by=cast.ana, at=NINE)
    client.get(f"/cases/{case.protocol}/")
    with CaptureQueriesContext(connection) as short:
        client.get(f"/cases/{case.protocol}/")
    for number in range(12):
        replying.reply(case, Message(f"Mais {number}", to="customer", customer_reads=True), by=cast.ana, at=NINE)
    client.get(f"/cases/{case.protocol}/")  # its news are seen

    with CaptureQueriesContext(connection) as long:
        client.get(f"/cases/{case.protocol}/")

    assert len(long) == len(short) <= 22


def test_what_people_type_is_shown_as_they_typed_it(cast: Cast, open_case: Callable[..., Case], enter: Enter) -> None:
    nasty = "<script>alert(1)</script> {{7*7}} {% debug %} **não é negrito**"

    page = page_of(open_case(words=nasty), cast.ana, enter)

    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{7*7}} {% debug %} **não é negrito**" in page
    assert "<script>alert" not in page
