"""Equipe and Papéis: who is asked in, what a role opens, and who leaves with their cases handed on."""

import re

import pytest
from django.core import mail
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoAssertNumQueries, Settings

from tests.cast import Cast, local
from tests.web.conftest import Enter
from tratativa.accounts import actors
from tratativa.accounts import jobs as accounts_jobs
from tratativa.accounts.actors import Actor
from tratativa.accounts.audit.models import AuditLine
from tratativa.accounts.models import Membership, Person, Role
from tratativa.accounts.people.models import Invitation
from tratativa.cases import jobs
from tratativa.cases.models import Case
from tratativa.rulebook.terms.parties import Party

PASSWORD = "uma senha bem comprida 7"


@pytest.fixture(autouse=True)
def no_letters(settings: Settings) -> None:
    """No letter leaves here, and pages show the links; unless a test says otherwise."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"


def admin(cast: Cast, name: str = "Otávio Sá") -> Actor:
    """Somebody who administers the marketplace."""
    email = f"{name.split()[0].lower().replace('á', 'a')}@equipe.example"
    person = Person.objects.create_user(email=email, password=PASSWORD, name=name)
    return actors.of_membership(Membership.objects.create(person=person, marketplace=cast.marketplace, role=Role.ADMIN))


def place_of(actor: Actor) -> Membership:
    return Membership.objects.get(person=actor.person_id, marketplace=actor.marketplace_id, seller=actor.seller_id)


def link_on(page: str) -> str:
    found = re.search(r"http\S+(/invitation/[^\s<]+)", page)
    assert found
    return found[1]


def test_who_is_invited_joins_by_the_link_once_in_the_role_they_were_given(cast: Cast, enter: Enter) -> None:
    desk = enter(admin(cast))
    page = desk.post("/settings/people/", {"email": "Nova@equipe.example", "role": "analyst"}, follow=True)
    link = link_on(page.text)

    joined = Client().post(link, {"name": "Nova Pessoa", "password": PASSWORD})
    again = Client().get(link)

    member = Membership.objects.get(person__email="nova@equipe.example")
    assert (joined.status_code, member.role, member.person.name) == (302, "analyst", "Nova Pessoa")
    assert again.status_code == 410
    assert list(AuditLine.objects.order_by("at", "id").values_list("what", flat=True)) == [
        "people.invited", "people.joined",
    ]  # fmt: skip


def test_a_letter_carries_the_invitation_where_letters_leave(cast: Cast, enter: Enter, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    page = enter(admin(cast)).post("/settings/people/", {"email": "nova@equipe.example", "role": "agent"}, follow=True)
    accounts_jobs.send_invitation(**ProcrastinateJob.objects.get(task_name="accounts.send_invitation").args)

    (letter,) = mail.outbox
    assert letter.to == ["nova@equipe.example"]
    assert "/invitation/" in letter.body
    assert "/invitation/" not in page.text
    assert Invitation.objects.get().sent_at is not None


def test_a_withdrawn_invitation_and_one_of_eight_days_open_nothing(cast: Cast, enter: Enter, clock: object) -> None:
    desk = enter(admin(cast))
    links = [
        link_on(desk.post("/settings/people/", {"email": email, "role": "agent"}, follow=True).text)
        for email in ("uma@equipe.example",)
    ]
    asked = Invitation.objects.get()
    desk.post(f"/settings/invitations/{asked.pk}/withdraw")
    late = link_on(desk.post("/settings/people/", {"email": "dois@equipe.example", "role": "agent"}, follow=True).text)
    Invitation.objects.filter(withdrawn_at=None).update(expires_at=local("2026-11-23 09:00"))

    assert [Client().get(link).status_code for link in (*links, late)] == [410, 410]


def test_an_account_that_is_there_is_not_taken_over_by_a_link(cast: Cast, enter: Enter) -> None:
    page = enter(admin(cast)).post("/settings/people/", {"email": "ana@equipe.example", "role": "agent"}, follow=True)
    link = link_on(page.text)

    stranger = Client().post(link, {"name": "Outra", "password": PASSWORD})
    other = enter(cast.rival).post(link)
    own = enter(cast.ana).post(link)

    assert stranger.status_code == 410
    assert other.status_code == 422
    assert own.status_code == 302
    assert Membership.objects.filter(person__email="ana@equipe.example", seller=None).exists()
    assert Person.objects.get(email="ana@equipe.example").check_password("uma senha bem longa")


def test_who_belongs_to_a_team_without_a_password_is_nobody_s_to_become_by_a_link(cast: Cast, enter: Enter) -> None:
    boss = admin(cast)
    Person.objects.filter(pk=boss.person_id).update(password="!")
    page = enter(cast.chefe).post("/settings/people/", {"email": "otavio@equipe.example", "role": "agent"}, follow=True)
    link = link_on(page.text)

    taken = Client().post(link, {"name": "Otávio", "password": PASSWORD})

    assert taken.status_code == 410
    assert not Person.objects.get(pk=boss.person_id).has_usable_password()


def test_who_leaves_is_out_at_once_and_their_open_cases_are_a_colleague_s(cast: Cast, case: Case, enter: Enter) -> None:
    Case.objects.filter(pk=case.pk).update(assignee=cast.marta.person_id)
    boss, marta = admin(cast), enter(cast.marta)
    assert marta.get("/cases/").status_code == 200

    enter(boss).post(f"/settings/people/{place_of(cast.marta).pk}/leave", {"heir": str(place_of(boss).pk)})
    outside = marta.get("/cases/")
    jobs.inherit(**ProcrastinateJob.objects.get(task_name="cases.inherit").args)

    case.refresh_from_db()
    assert (outside.status_code, outside["Location"].split("?")[0]) == (302, "/accounts/login/")
    assert case.assignee_id == boss.person_id
    assert not Person.objects.get(pk=cast.marta.person_id).is_active
    line = AuditLine.objects.get(what="people.left")
    assert (line.about, line.after, str(line.who_id)) == (
        "marta@equipe.example", {"cases_to": "otavio@equipe.example"}, str(boss.person_id),
    )  # fmt: skip


def test_cases_of_who_left_are_nobody_s_where_the_heir_only_reads_by_now(cast: Cast, case: Case, enter: Enter) -> None:
    Case.objects.filter(pk=case.pk).update(assignee=cast.marta.person_id)
    boss, person = admin(cast), Person.objects.create_user(email="nina@equipe.example", password=None, name="Nina")
    heir = Membership.objects.create(person=person, marketplace=cast.marketplace, role=Role.AGENT)
    enter(boss).post(f"/settings/people/{place_of(cast.marta).pk}/leave", {"heir": str(heir.pk)})

    Membership.objects.filter(pk=heir.pk).update(role=Role.ANALYST)
    jobs.inherit(**ProcrastinateJob.objects.get(task_name="cases.inherit").args)

    case.refresh_from_db()
    assert case.assignee_id is None


def test_the_last_administrator_neither_leaves_nor_steps_down(cast: Cast, enter: Enter) -> None:
    boss = admin(cast)
    desk, own = enter(boss), place_of(boss)

    left = desk.post(f"/settings/people/{own.pk}/leave", follow=True)
    stepped = desk.post(f"/settings/people/{own.pk}/role", {"role": "agent"}, follow=True)

    assert "última pessoa da administração" in left.text
    assert "última pessoa da administração" in stepped.text
    assert place_of(boss).role == "admin"


def test_a_seller_s_administrator_sees_and_changes_its_own_people_alone(cast: Cast, enter: Enter) -> None:
    chefe = enter(cast.chefe)
    page = chefe.get("/settings/people/").text
    foreign = chefe.post(f"/settings/people/{place_of(cast.rival).pk}/leave")
    roles = chefe.post(f"/settings/people/{place_of(cast.ana).pk}/role", {"role": "finance"}, follow=True)

    assert "Ana Lima" in page and "Rui Rival" not in page and "Marta Mesa" not in page
    assert foreign.status_code == 404
    assert "não tem o papel" in roles.text
    assert place_of(cast.ana).role == "agent"


def test_the_account_of_somebody_of_two_teams_is_their_own_to_change(cast: Cast, enter: Enter) -> None:
    Membership.objects.create(person_id=cast.ana.person_id, marketplace=cast.marketplace, role=Role.ADMIN)
    own = Membership.objects.get(person=cast.ana.person_id, seller=cast.seller)

    page = enter(cast.chefe).post(f"/settings/people/{own.pk}/second-factor", follow=True)

    assert "também é de outra equipe" in page.text


def test_a_role_that_demands_a_second_factor_leads_to_where_one_is_made(cast: Cast, enter: Enter) -> None:
    boss = admin(cast)
    enter(boss).post("/settings/roles/", {"demanded": ["marketplace:mediator", "marketplace:king"]})

    marta, ana = enter(cast.marta).get("/cases/"), enter(cast.ana).get("/cases/")

    cast.marketplace.refresh_from_db()
    assert cast.marketplace.two_factor_roles == ["marketplace:mediator"]
    assert (marta.status_code, marta["Location"]) == (302, "/accounts/2fa/")
    assert ana.status_code == 200


def test_who_only_reads_sees_no_way_to_write_and_finds_none(cast: Cast, case: Case, enter: Enter) -> None:
    person = Person.objects.create_user(email="nina@equipe.example", password=None, name="Nina")
    reader = actors.of_membership(
        Membership.objects.create(person=person, marketplace=cast.marketplace, role=Role.ANALYST)
    )
    browser = enter(reader)

    page = browser.get(f"/cases/{case.protocol}/")
    reply = browser.post(f"/cases/{case.protocol}/reply", {"text": "oi", "to": "customer", "customer_reads": "yes"})

    assert page.status_code == 200
    assert 'name="text"' not in page.text
    assert reply.status_code == 403


def test_one_s_own_sessions_are_listed_and_ended(cast: Cast) -> None:
    first, second = Client(REMOTE_ADDR="192.0.2.7"), Client()
    for browser in (first, second):
        browser.post("/accounts/login/", {"login": "ana@equipe.example", "password": "uma senha bem longa"})
    assert first.get("/cases/").status_code == 200

    page = second.get("/settings/account/").text
    second.post("/settings/account/sessions/end")

    assert "esta" in page
    assert second.get("/cases/").status_code == 200
    assert first.get("/cases/").status_code == 302


@pytest.mark.parametrize("count", [2, 9])
def test_the_list_asks_as_often_for_many_as_for_few(
    count: int, cast: Cast, enter: Enter, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for index in range(count):
        person = Person.objects.create_user(email=f"p{index}@equipe.example", password=None, name=f"P {index}")
        Membership.objects.create(person=person, marketplace=cast.marketplace, role=Role.AGENT)
    desk = enter(admin(cast))

    with django_assert_max_num_queries(12):
        assert desk.get("/settings/people/").status_code == 200


def test_every_party_s_roles_are_drawn_from_the_table_the_gates_ask(cast: Cast, enter: Enter) -> None:
    boss, chefe = enter(admin(cast)).get("/settings/roles/").text, enter(cast.chefe).get("/settings/roles/").text

    assert "Decidir mediações" in boss and "Equipes dos lojistas" in boss
    assert "Decidir mediações" not in chefe
    assert Party.SELLER
