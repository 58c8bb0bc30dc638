"""Lojistas: found, made by hand or from a sheet, and given their first administrator, who lets in all others."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from tests.cast import Cast, local
from tests.web.conftest import Enter
from tests.web.settings.test_people import PASSWORD, admin, link_on
from tratativa.accounts.audit.models import AuditLine
from tratativa.accounts.models import Membership, Seller
from tratativa.accounts.people import invitations
from tratativa.accounts.people.models import Invitation
from tratativa.accounts.people.team import Doer, Team
from tratativa.founding import sellers

ROOM = "/settings/sellers/"
NEW = {"document": "11.222.333/0002-62", "name": "Casa Dois"}


@pytest.fixture(autouse=True)
def no_letters(settings: Settings) -> None:
    """No letter leaves here, and pages show the links."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"


def page_of(seller: Seller) -> str:
    return f"{ROOM}{seller.pk}/"


def told() -> list[tuple[str, str]]:
    return list(AuditLine.objects.order_by("at", "id").values_list("what", "about"))


def test_a_seller_made_by_hand_gets_its_first_administrator_by_the_link_on_its_page(cast: Cast, enter: Enter) -> None:
    page = enter(admin(cast)).post(ROOM, NEW | {"email": "dora@casa.example", "person": "Dora"}, follow=True)

    joined = Client().post(link_on(page.text), {"name": "Dora Dois", "password": PASSWORD})

    member = Membership.objects.get(person__email="dora@casa.example")
    assert joined.status_code == 302
    assert member.seller and (member.seller.name, member.seller.document, member.role) == (
        "Casa Dois", "11222333000262", "admin",
    )  # fmt: skip
    assert told() == [
        ("seller.added", "Casa Dois"), ("people.invited", "dora@casa.example"), ("people.joined", "dora@casa.example"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"document": "123", "name": "Casa"}, "Confira o documento"),
        ({"document": "11.222.333/0001-81", "name": "Outra"}, "Casa Aurora já tem este documento"),
        (NEW | {"name": " "}, "Diga o nome do lojista"),
        (NEW | {"email": "dora"}, "não é um endereço de e-mail"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(given: dict[str, str], says: str, cast: Cast, enter: Enter) -> None:
    page = enter(admin(cast)).post(ROOM, given)

    assert page.status_code == 422
    assert says in page.text and f'value="{given["name"]}"' in page.text
    assert (Seller.objects.count(), Invitation.objects.count(), told()) == (2, 0, [])


def test_an_open_invitation_is_sent_again_and_withdrawn(cast: Cast, enter: Enter) -> None:
    rival, desk = Seller.objects.get(name="Loja Rival"), enter(admin(cast))
    link = link_on(desk.post(f"{page_of(rival)}invite", {"email": "dona@rival.example"}, follow=True).text)
    asked = Invitation.objects.get()
    Invitation.objects.update(expires_at=local("2026-11-23 09:00"))
    late = Client().get(link).status_code

    desk.post(f"{page_of(rival)}invitations/{asked.pk}/again")
    again = Client().get(link).status_code
    desk.post(f"{page_of(rival)}invitations/{asked.pk}/withdraw")

    assert (late, again, Client().get(link).status_code) == (410, 200, 410)
    assert [what for what, _about in told()] == [
        "people.invited", "people.invited_again", "people.invitation_withdrawn",
    ]  # fmt: skip


def test_whom_a_seller_s_own_administrator_invites_is_nothing_of_the_marketplace_s(cast: Cast, enter: Enter) -> None:
    team, desk = Team(cast.marketplace, cast.seller), enter(admin(cast))
    asked, _new = invitations.invite(
        team, "outra@aurora.example", "", "admin", by=Doer(command="prova"), at=local("2026-11-23 09:00")
    )

    page = desk.get(page_of(cast.seller)).text
    invited = desk.post(f"{page_of(cast.seller)}invite", {"email": "minha@equipe.example"})
    taken = desk.post(f"{page_of(cast.seller)}invitations/{asked.pk}/withdraw")

    assert "Celia Chefe" in page and "outra@aurora.example" not in page
    assert "já tem quem administre" in invited.text
    assert (invited.status_code, taken.status_code) == (422, 404)


def test_an_agent_s_invitation_to_a_seller_without_an_administrator_has_no_link_here(cast: Cast, enter: Enter) -> None:
    rival = Seller.objects.get(name="Loja Rival")
    invitations.invite(
        Team(cast.marketplace, rival), "agente@rival.example", "", "agent", by=Doer(command="prova"),
        at=local("2026-11-23 09:00"),
    )  # fmt: skip

    assert "agente@rival.example" not in enter(admin(cast)).get(page_of(rival)).text


def test_a_sheet_is_taken_in_and_its_bad_lines_told_by_number(cast: Cast, enter: Enter) -> None:
    desk = enter(admin(cast))
    model = desk.get(f"{ROOM}model.csv").content.decode("utf-8-sig")
    sheet = "documento;nome;e-mail de quem administra\r\n" + "\r\n".join(
        ("11222333000262;Casa Dois;dora@casa.example", "123;Casa Três;", "11222333000181;Casa Aurora;eu@aqui.example",
         "11444777000161;Loja Rival;")
    )  # fmt: skip

    first = send(desk, sheet)
    second = send(desk, sheet)

    assert model.splitlines()[0] == "documento;nome;e-mail de quem administra;endereço"
    assert "Linhas novas: 1. Já conhecidas: 1. Recusadas: 2." in first
    assert re.search(r"Linha 3: Confira o documento", first)
    assert "Linha 4: Casa Aurora já tem quem administre" in first
    assert "Linhas novas: 0. Já conhecidas: 2. Recusadas: 2." in second
    assert link_on(first) == link_on(second)
    assert [line.after for line in AuditLine.objects.filter(what="data.imported").order_by("at", "id")] == [
        {"new": 1, "known": 1, "bad": 2}, {"new": 0, "known": 2, "bad": 2},
    ]  # fmt: skip


def send(desk: Client, sheet: str) -> str:
    return desk.post(f"{ROOM}import", {"sheet": SimpleUploadedFile("lojistas.csv", sheet.encode())}, follow=True).text


def test_no_sheet_at_all_is_said(cast: Cast, enter: Enter) -> None:
    assert "Escolha um arquivo." in enter(admin(cast)).post(f"{ROOM}import").text


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("aurora", ["Casa Aurora"]),
        ("rival loja", ["Loja Rival"]),
        ("11.444.777", ["Loja Rival"]),
        ("nada", []),
        ("%", []),
    ],
)
def test_a_seller_is_found_by_its_name_and_its_document(said: str, names: list[str], cast: Cast, enter: Enter) -> None:
    page = enter(admin(cast)).get(ROOM, {"q": said}).text

    assert [name for name in ("Casa Aurora", "Loja Rival") if f">{name}</a>" in page] == names
    assert names or "Nenhum lojista assim" in page


def test_sellers_of_one_name_are_paged_through_there_and_back_each_once(cast: Cast) -> None:
    for index in range(118):
        Seller.objects.create(marketplace=cast.marketplace, name="Casa Igual", document=f"{index:014}")
    every, pages, cursor = sellers.find(cast.marketplace, ""), [], None
    while True:
        pages.append(sellers.page(every, after=cursor))
        if (cursor := pages[-1].after) is None:
            break

    back = sellers.page(every, before=pages[2].before)
    first = sellers.page(every, before=back.before)

    assert [len(one.rows) for one in pages] == [50, 50, 20]
    assert len({row.pk for one in pages for row in one.rows}) == 120
    assert (back.rows, first.rows, first.before) == (pages[1].rows, pages[0].rows, None)


def test_a_suspension_is_told_with_where_it_is_decided(cast: Cast, enter: Enter) -> None:
    Seller.objects.filter(pk=cast.seller.pk).update(suspended_at=local("2026-11-20 10:00"))
    page = enter(admin(cast)).get(page_of(cast.seller)).text

    assert "Suspenso desde" in page
    assert "só é suspenso por uma sanção" in page and f'href="/sellers/{cast.seller.pk}/"' in page


def test_the_room_is_shown_to_who_may_enter_it(cast: Cast, enter: Enter) -> None:
    assert f'href="{ROOM}"' in enter(admin(cast)).get("/settings/people/").text
    assert f'href="{ROOM}"' not in enter(cast.chefe).get("/settings/people/").text


@pytest.mark.parametrize("count", [2, 40])
def test_the_list_asks_as_often_for_many_as_for_few(
    count: int, cast: Cast, enter: Enter, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for index in range(count):
        Seller.objects.create(marketplace=cast.marketplace, name=f"Casa {index}", document=f"{index:014}")
    desk = enter(admin(cast))

    with django_assert_max_num_queries(9):
        assert desk.get(ROOM).status_code == 200
