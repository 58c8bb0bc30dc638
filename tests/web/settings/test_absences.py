"""Ausências: noted by whoever leads the team or by oneself; who covers has the cases, and pages say so."""

from datetime import date

import pytest

from tests.cast import Cast, local
from tests.web.conftest import Enter
from tests.web.settings.test_people import admin
from tratativa.accounts import actors, moments
from tratativa.accounts.actors import Actor
from tratativa.accounts.audit.models import AuditLine
from tratativa.accounts.models import Membership, Person, Role
from tratativa.accounts.people import absences, hiring, leaving
from tratativa.accounts.people.models import Absence
from tratativa.accounts.people.team import Doer, Team
from tratativa.cases.core import protocols
from tratativa.cases.models import Case
from tratativa.cases.queues import assignment, presence
from tratativa.cases.queues.assignment import OWN
from tratativa.founding import unstaffed

ROOM = "/settings/absences/"


@pytest.fixture
def bia(cast: Cast) -> Person:
    person = Person.objects.create_user(email="bia@casa.example", password=None, name="Bia Reis")
    Membership.objects.create(person=person, marketplace=cast.marketplace, seller=cast.seller, role=Role.AGENT)
    return person


def _actor(cast: Cast, person: Person) -> Actor:
    return actors.of_membership(Membership.objects.get(person=person, seller=cast.seller))


def days(first: str, last: str, cover: Person | None = None, person: object = "") -> dict[str, str]:
    return {"person": str(person), "first": first, "last": last, "cover": str(cover.pk) if cover else ""}


def test_who_covers_finds_the_cases_among_their_own_and_pages_say_who_covers(
    cast: Cast, bia: Person, case: Case, enter: Enter
) -> None:
    Case.objects.filter(pk=case.pk).update(seller_assignee=cast.ana.person)

    noted = enter(cast.chefe).post(ROOM, days("2026-11-20", "2026-11-27", bia, cast.ana.person), follow=True)

    shown = protocols.show(case.protocol)
    covering = enter(_actor(cast, bia))
    assert "Ana Lima está ausente de 20/11/2026 a 27/11/2026" in noted.text
    assert shown in covering.get("/mine/").text
    assert "ausente até 27/11/2026; Bia Reis cobre" in covering.get("/cases/").text
    assert "ausente até 27/11/2026; Bia Reis cobre" in covering.get(f"/cases/{case.protocol}/").text
    assert AuditLine.objects.get(what="people.absence_planned").after["cover"] == "bia@casa.example"


def test_another_team_is_told_nothing_of_it(cast: Cast, bia: Person, case: Case, enter: Enter) -> None:
    Case.objects.filter(pk=case.pk).update(seller_assignee=cast.ana.person)
    enter(cast.chefe).post(ROOM, days("2026-11-20", "2026-11-27", bia, cast.ana.person))

    page = enter(cast.marta)
    assert protocols.show(case.protocol) not in page.get("/mine/").text
    assert "ausente" not in page.get(f"/cases/{case.protocol}/").text


def test_one_notes_one_s_own_and_calls_it_off(cast: Cast, bia: Person, enter: Enter) -> None:
    page = enter(cast.ana)

    page.post("/settings/account/absences", days("2026-12-01", "", bia))
    noted = Absence.objects.get()
    seen = page.get("/settings/account/").text
    page.post(f"/settings/account/absences/{noted.pk}/end")

    assert (noted.person_id, noted.first, noted.last) == (cast.ana.person, date(2026, 12, 1), date(2026, 12, 1))
    assert "01/12/2026" in seen
    assert "01/12/2026" not in page.get("/settings/account/").text


def test_nobody_ends_somebody_else_s_from_their_own_account(cast: Cast, bia: Person, enter: Enter) -> None:
    enter(cast.chefe).post(ROOM, days("2026-11-20", "2026-11-27", None, cast.ana.person))

    answer = enter(_actor(cast, bia)).post(f"/settings/account/absences/{Absence.objects.get().pk}/end")

    assert answer.status_code == 404


@pytest.mark.parametrize(
    ("first", "last", "cover", "says"),
    [
        ("", "2026-12-02", None, "Diga o primeiro dia"),
        ("2026-12-02", "2026-12-01", None, "O último dia vem antes do primeiro"),
        ("2026-11-01", "2026-11-22", None, "já passaram"),
        ("2026-12-01", "2029-12-02", None, "mais de dois anos"),
        ("amanhã", "2026-12-02", None, "Escreva o dia como no calendário"),
        ("2026-12-01", "2026-12-02", "ana", "não cobre a si mesmo"),
        ("2026-12-01", "2026-12-02", "rival", "alguém da equipe que atenda"),
        ("2026-12-01", "2026-12-02", "bia", "Bia Reis também estará ausente"),
        ("2026-12-20", "2026-12-22", None, "Já há uma ausência de 21/12/2026 a 30/12/2026"),
    ],
)
def test_what_is_wrong_is_said_by_its_field(
    first: str, last: str, cover: str | None, says: str, cast: Cast, bia: Person, enter: Enter
) -> None:
    page = enter(cast.chefe)
    page.post(ROOM, days("2026-12-02", "2026-12-05", None, bia.pk))
    page.post(ROOM, days("2026-12-21", "2026-12-30", None, cast.ana.person))
    people = {"ana": cast.ana.person, "rival": cast.rival.person, "bia": bia.pk}
    sent = days(first, last, None, cast.ana.person) | {"cover": str(people[cover]) if cover else ""}

    answer = page.post(ROOM, sent)

    assert answer.status_code == 422
    assert says in answer.text
    assert Absence.objects.count() == 2


def test_the_marketplace_s_team_notes_its_own_people_only(cast: Cast, bia: Person, enter: Enter) -> None:
    answer = enter(admin(cast)).post(ROOM, days("2026-12-01", "2026-12-02", None, bia.pk))

    assert answer.status_code == 422
    assert not Absence.objects.exists()


def test_who_leaves_covers_nobody_and_is_away_no_more(cast: Cast, bia: Person, enter: Enter) -> None:
    page = enter(cast.chefe)
    page.post(ROOM, days("2026-12-01", "2026-12-02", bia, cast.ana.person))
    page.post(ROOM, days("2026-12-10", "2026-12-12", None, bia.pk))
    place = Membership.objects.select_related("person", "marketplace", "seller", "partner").get(person=bia)

    leaving.leave(place, by=Doer(command="prova"), at=cast.order.ordered_at)

    kept = absences.of(Team(cast.marketplace, cast.seller)).get()
    assert (kept.person_id, kept.cover) == (cast.ana.person, None)


def test_who_covers_and_falls_ill_is_not_said_to_cover(cast: Cast, bia: Person, case: Case, enter: Enter) -> None:
    Case.objects.filter(pk=case.pk).update(seller_assignee=cast.ana.person)
    page = enter(cast.chefe)
    page.post(ROOM, days("2026-11-20", "2026-11-27", bia, cast.ana.person))

    noted = page.post(ROOM, days("2026-11-20", "2026-11-24", None, bia.pk), follow=True)

    assert "Bia Reis cobriria Ana Lima, ausente desde 20/11/2026" in noted.text
    assert "Bia Reis cobriria, mas também está ausente" in page.get(f"/cases/{case.protocol}/").text


def test_who_answers_no_more_covers_nobody(cast: Cast, bia: Person, enter: Enter) -> None:
    enter(cast.chefe).post(ROOM, days("2026-11-20", "2026-11-27", bia, cast.ana.person))
    place = Membership.objects.select_related("person", "marketplace", "seller", "partner").get(person=bia)

    hiring.change_role(place, Role.ANALYST, by=Doer(command="prova"))

    assert Absence.objects.get().cover is None


def test_a_queue_left_with_nobody_is_said_when_the_absence_is_noted_and_where_it_is_given_out(
    cast: Cast, bia: Person, enter: Enter
) -> None:
    page = enter(cast.chefe)
    both = [str(cast.ana.person), str(bia.pk)]
    page.post(f"/settings/queues/{OWN}/", {"way": "next", "person": both})

    first = page.post(ROOM, days("2026-11-20", "2026-11-27", None, bia.pk), follow=True)
    second = page.post(ROOM, days("2026-11-19", "2026-11-27", None, cast.ana.person), follow=True)

    assert "ninguém da fila" not in first.text
    assert "De 20/11/2026 a 27/11/2026 ninguém da fila" in second.text
    assert "notice--warning" in second.text and "M12 9v4" in second.text.split("ninguém da fila")[0]  # the triangle
    assert "ninguém presente hoje" in page.get("/settings/queues/").text
    assert "Ninguém desta fila está presente hoje" in page.get(f"/settings/queues/{OWN}/").text


def test_a_queue_of_those_who_left_has_nobody(cast: Cast, bia: Person, enter: Enter) -> None:
    page = enter(cast.chefe)
    page.post(f"/settings/queues/{OWN}/", {"way": "next", "person": [str(bia.pk)]})
    assert "ninguém presente hoje" not in page.get("/settings/queues/").text

    place = Membership.objects.select_related("person", "marketplace", "seller", "partner").get(person=bia)
    leaving.leave(place, by=Doer(command="prova"), at=cast.order.ordered_at)

    assert "ninguém presente hoje" in page.get("/settings/queues/").text


def test_days_on_which_a_queue_has_nobody_are_all_named_and_health_says_them(cast: Cast, db: None) -> None:
    team, at = Team(cast.marketplace), local("2026-11-19 09:00")
    marta = Person.objects.get(pk=cast.marta.person)
    assignment.keep(team, OWN, "next", [assignment.Chosen(marta.pk, None)], by=Doer(command="prova"))
    for first, last in ((20, 20), (23, 25)):
        away = (date(2026, 11, first), date(2026, 11, last))
        absences.plan(team, marta, *away, None, day=date(2026, 11, 19), by=Doer(command="prova"), at=at)

    found = presence.alone_between(team, date(2026, 11, 19), date(2026, 12, 19))

    assert found[OWN] == [(date(2026, 11, 20),) * 2, (date(2026, 11, 23), date(2026, 11, 25))]
    assert moments.spans(found[OWN]) == "em 20/11/2026 e de 23/11/2026 a 25/11/2026"
    assert [(queue, spans) for queue, _label, spans in unstaffed.alone(cast.marketplace, at)] == [(OWN, found[OWN])]
