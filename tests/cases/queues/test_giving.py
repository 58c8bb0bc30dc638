"""A queue gives its cases to its people by itself; whoever answers first where nobody is responsible becomes so."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoAssertNumQueries

from tests.cast import MONDAY, Cast
from tratativa.accounts import actors
from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Membership, Person, Role
from tratativa.accounts.people import absences
from tratativa.accounts.people.refusals import Refused
from tratativa.accounts.people.team import Doer, Team
from tratativa.cases import events, jobs
from tratativa.cases.acting import replying
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case, QueueAssignment, QueueMember
from tratativa.cases.queues import assignment, giving
from tratativa.cases.queues.assignment import OWN, Chosen

Open = Callable[..., Case]
BY = Doer(command="prova")


def joined(cast: Cast, name: str, *, seller: bool = True, role: str = Role.AGENT) -> Actor:
    person = Person.objects.create_user(email=f"{name.lower()}@equipe.example", password=None, name=name)
    place = Membership.objects.create(
        person=person, marketplace=cast.marketplace, seller=cast.seller if seller else None, role=role
    )
    return actors.of_membership(place)


def team(cast: Cast) -> Team:
    return Team(cast.marketplace, cast.seller)


def give_to(cast: Cast, *people: Actor, way: str = "next", limit: int | None = None) -> QueueAssignment:
    return assignment.keep(team(cast), OWN, way, [Chosen(one.person, limit) for one in people], by=BY)


def given(case: Case) -> str:
    """Who has the case once its job has run."""
    jobs.give(case_id=str(case.pk))
    found = Case.objects.get(pk=case.pk).seller_assignee
    return found.name if found else ""


@pytest.fixture
def three(cast: Cast) -> list[Actor]:
    return [cast.ana, joined(cast, "Bia"), joined(cast, "Caio")]


def test_each_case_goes_to_whoever_has_gone_without_the_longest(
    cast: Cast, open_case: Open, three: list[Actor]
) -> None:
    give_to(cast, *three)

    assert [given(open_case()) for _case in range(4)] == ["Ana Lima", "Bia", "Caio", "Ana Lima"]


def test_with_fewest_the_one_with_the_fewest_open_cases_gets_the_next(
    cast: Cast, open_case: Open, three: list[Actor]
) -> None:
    ana, bia, caio = three
    for person, count in ((ana, 2), (bia, 1)):
        for _held in range(count):
            Case.objects.filter(pk=open_case().pk).update(seller_assignee=person.person)
    give_to(cast, *three, way="fewest")

    assert [given(open_case()) for _case in range(4)] == ["Caio", "Bia", "Caio", "Ana Lima"]
    assert caio.person


def test_who_has_as_many_as_their_limit_gets_no_more_and_the_rest_wait_until_one_is_closed(
    cast: Cast, open_case: Open, three: list[Actor]
) -> None:
    give_to(cast, *three[:2], limit=1)
    first, second, third = open_case(), open_case(), open_case()

    had = [given(one) for one in (first, second, third)]
    assert giving.give_waiting(at=MONDAY) == 0
    Case.objects.filter(pk=first.pk).update(closed_at=MONDAY, waiting_on="nobody")

    assert had == ["Ana Lima", "Bia", ""]
    assert giving.give_waiting(at=MONDAY) == 1
    assert Case.objects.get(pk=third.pk).seller_assignee_id == three[0].person


def test_who_is_away_gets_none_from_the_first_day_to_the_last(cast: Cast, open_case: Open, three: list[Actor]) -> None:
    give_to(cast, *three[:2])
    away = date(2026, 11, 20)
    person = Person.objects.get(pk=three[0].person)
    absences.plan(team(cast), person, away, date(2026, 11, 23), None, day=away, by=BY, at=MONDAY)
    one, other = open_case(), open_case()

    giving.give(one.pk, at=MONDAY)
    giving.give(other.pk, at=MONDAY + timedelta(days=1))

    assert Case.objects.get(pk=one.pk).seller_assignee_id == three[1].person
    assert Case.objects.get(pk=other.pk).seller_assignee_id == three[0].person


def test_somebody_with_skills_gets_what_they_know_and_others_the_rest(
    cast: Cast, open_case: Open, three: list[Actor]
) -> None:
    kept = give_to(cast, *three[:2])
    member = QueueMember.objects.get(assignment=kept, person=three[0].person)
    assignment.keep_skills(team(cast), member, {"reason": ["produto-com-defeito"], "kind": [], "seller": []}, by=BY)

    late = [given(open_case()) for _case in range(2)]
    broken = given(open_case(reason="Produto com defeito"))

    assert late == ["Bia", "Bia"]
    assert broken == "Ana Lima"


def test_what_nobody_there_knows_waits_and_does_not_stop_what_follows(
    cast: Cast, open_case: Open, three: list[Actor]
) -> None:
    kept = give_to(cast, three[0])
    assignment.keep_skills(team(cast), QueueMember.objects.get(assignment=kept), {"reason": ["outros"]}, by=BY)
    late = open_case()
    Case.objects.filter(pk=(other := open_case(at=MONDAY + timedelta(hours=1))).pk).update(reason="outros")

    assert giving.give_waiting(at=MONDAY + timedelta(hours=2)) == 1
    assert Case.objects.get(pk=late.pk).seller_assignee is None
    assert Case.objects.get(pk=other.pk).seller_assignee_id == three[0].person


def test_a_case_somebody_has_or_that_waits_for_others_is_left_alone(
    cast: Cast, open_case: Open, three: list[Actor]
) -> None:
    taken, answered, closed = open_case(), open_case(), open_case()
    Case.objects.filter(pk=taken.pk).update(seller_assignee=three[2].person)
    Case.objects.filter(pk=answered.pk).update(waiting_on="customer")
    Case.objects.filter(pk=closed.pk).update(closed_at=MONDAY, waiting_on="nobody")
    give_to(cast, *three[:2])

    assert (given(taken), given(answered), given(closed)) == ("Caio", "", "")
    assert giving.give_waiting(at=MONDAY) == 0


def test_who_left_the_team_or_only_reads_by_now_gets_none(cast: Cast, open_case: Open, three: list[Actor]) -> None:
    give_to(cast, *three)
    Membership.objects.filter(person=three[0].person).delete()
    Membership.objects.filter(person=three[1].person).update(role=Role.ANALYST)

    assert given(open_case()) == "Caio"


def test_a_queue_nobody_said_anything_about_asks_no_job(cast: Cast, open_case: Open) -> None:
    open_case()

    assert not ProcrastinateJob.objects.filter(task_name="cases.give").exists()


def test_what_comes_while_the_queue_is_given_out_asks_its_job_in_the_same_transaction(
    cast: Cast, open_case: Open, three: list[Actor]
) -> None:
    give_to(cast, *three)

    case = open_case()

    asked = ProcrastinateJob.objects.filter(task_name="cases.give").values_list("args", flat=True)
    assert list(asked) == [{"case_id": str(case.pk)}]


def test_the_marketplace_s_team_is_given_what_comes_to_wait_for_it(cast: Cast, open_case: Open) -> None:
    marketplace = Team(cast.marketplace)
    assignment.keep(marketplace, OWN, "next", [Chosen(cast.marta.person, None)], by=BY)
    case = open_case()
    Case.objects.filter(pk=case.pk).update(waiting_on="marketplace")

    jobs.give(case_id=str(case.pk))

    found = Case.objects.get(pk=case.pk)
    assert (found.assignee_id, found.seller_assignee_id) == (cast.marta.person, None)
    entry = found.entries.get(event=events.Assigned.name)
    assert entry.data == {"person": str(cast.marta.person)}
    assert entry.actor_id is None


def test_given_twice_at_once_it_is_given_once(cast: Cast, open_case: Open, three: list[Actor]) -> None:
    give_to(cast, *three)
    case = open_case()

    assert giving.give(case.pk, at=MONDAY) == 1
    assert giving.give(case.pk, at=MONDAY) == 0
    assert Case.objects.get(pk=case.pk).entries.filter(event=events.Assigned.name).count() == 1


def test_a_limit_is_said_as_a_number_and_who_is_chosen_answers_cases(cast: Cast, three: list[Actor]) -> None:
    reader = joined(cast, "Nina", role=Role.ANALYST)

    for wrong in ("0", "-1", "x", "1.5", "10001", "٣"):
        with pytest.raises(Refused):
            assignment.limit_of(wrong)
    with pytest.raises(Refused):
        give_to(cast, reader)
    with pytest.raises(Refused):
        give_to(cast)
    assert (assignment.limit_of(" 7 "), assignment.limit_of("")) == (7, None)


def test_who_answers_first_becomes_responsible_and_who_answers_next_does_not(cast: Cast, open_case: Open) -> None:
    case = open_case()
    bia = joined(cast, "Bia")

    replying.reply(case, Message("Já vejo.", to="customer", customer_reads=True), by=cast.ana, at=MONDAY)
    replying.reply(case, Message("Chegou.", to="customer", customer_reads=True), by=bia, at=MONDAY)

    found = Case.objects.get(pk=case.pk)
    assert found.seller_assignee_id == cast.ana.person
    assert found.assignee_id is None
    assert found.entries.filter(event=events.Assigned.name).count() == 1


def test_words_of_the_customer_make_nobody_responsible(cast: Cast, open_case: Open) -> None:
    case = open_case()

    replying.reply(case, Message("Alguém aí?"), by=cast.cliente, at=MONDAY)

    found = Case.objects.get(pk=case.pk)
    assert (found.assignee_id, found.seller_assignee_id) == (None, None)


def test_the_next_in_a_long_queue_is_found_with_as_many_questions_as_in_a_short_one(
    cast: Cast, open_case: Open, three: list[Actor], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    give_to(cast, *three, *(joined(cast, f"Pessoa{number}") for number in range(20)))
    for _case in range(5):
        open_case()
    wanted = QueueAssignment.objects.select_related("marketplace", "seller").get()

    with django_assert_num_queries(3):
        assert len(giving._free(wanted, at=MONDAY)) == 23


def test_urgent_cases_nobody_present_knows_do_not_keep_the_others_waiting(
    cast: Cast, open_case: Open, three: list[Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(giving, "BATCH", 2)
    kept = give_to(cast, *three[:2])
    knows = QueueMember.objects.get(assignment=kept, person=three[1].person)
    assignment.keep_skills(team(cast), knows, {"reason": ["produto-com-defeito"]}, by=BY)
    away, person = date(2026, 11, 20), Person.objects.get(pk=three[0].person)
    absences.plan(team(cast), person, away, date(2026, 11, 30), None, day=away, by=BY, at=MONDAY)
    for _case in range(5):
        open_case()
    broken = open_case(reason="Produto com defeito", at=MONDAY + timedelta(hours=1))

    assert giving.give_waiting(at=MONDAY + timedelta(hours=2)) == 1
    assert Case.objects.get(pk=broken.pk).seller_assignee_id == three[1].person


def test_a_case_that_cannot_be_given_keeps_no_other_waiting(
    cast: Cast, open_case: Open, three: list[Actor], monkeypatch: pytest.MonkeyPatch
) -> None:
    give_to(cast, three[0])
    bad, good = open_case(), open_case(at=MONDAY + timedelta(hours=1))
    door_of = giving.door.judging

    def judging(case_id: object, **given: object) -> object:
        if case_id == bad.pk:
            raise ValueError("a rule nobody can read")
        return door_of(case_id, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(giving.door, "judging", judging)

    assert giving.give_waiting(at=MONDAY + timedelta(hours=2)) == 1
    assert Case.objects.get(pk=good.pk).seller_assignee_id == three[0].person
