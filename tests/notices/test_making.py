"""Who is told of what: from the ledger alone, each person once, and nobody of what they did or read already."""

from collections.abc import Callable
from datetime import timedelta

from tests.cast import MONDAY, Cast, answerer, ask
from tests.notices.telling import run, told
from tratativa.accounts import actors
from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Membership, Person
from tratativa.batches import asking as batches
from tratativa.batches.models import What
from tratativa.batches.wanted import Wanted
from tratativa.cases import door, events, sweeping
from tratativa.cases.acting import actions, follow_ups, replying
from tratativa.cases.core import audience
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case, Deadline
from tratativa.cases.queues import child_reports
from tratativa.cases.reading import open_cases
from tratativa.notices import wording
from tratativa.notices.models import Notice
from tratativa.rulebook.terms.parties import Party

MINUTE = timedelta(minutes=1)
Open = Callable[..., Case]


def says(case: Case, by: Actor, minutes: int, *, to: str = "seller") -> None:
    replying.reply(case, Message("E agora?", to=to, customer_reads=True), by=by, at=MONDAY + minutes * MINUTE)


def owed(case: Case) -> Deadline:
    """The seller's answer to the customer."""
    return Deadline.objects.get(case=case, state="running", party="seller")


def taken(case: Case, by: Actor) -> Case:
    """The case, its maker responsible from now on and up to date."""
    Case.objects.filter(pk=case.pk).update(seller_assignee=by.person_id)
    case.refresh_from_db()
    return case


def test_a_new_case_is_told_to_everyone_of_the_sellers_who_may_answer_and_to_no_other(cast: Cast, case: Case) -> None:
    run(MONDAY)

    assert told(cast.ana) == told(cast.chefe) == [("opened", 1)]
    assert told(cast.rival) == told(cast.marta) == []


def test_a_new_case_of_a_seller_nobody_of_which_came_in_is_told_to_who_lets_people_in(cast: Cast, case: Case) -> None:
    Membership.objects.filter(seller=cast.seller).delete()
    Membership.objects.filter(person=cast.marta.person_id).update(role="admin")

    run(MONDAY)

    assert told(cast.marta) == [("opened", 1)]
    notice = Notice.objects.get(person=cast.marta.person_id)
    assert wording.tell(notice).happening == "Atendimento novo de um lojista em que ninguém entrou ainda"


def test_however_often_the_job_runs_each_is_told_once(cast: Cast, case: Case) -> None:
    says(case, cast.cliente, 60)

    run(MONDAY + 61 * MINUTE, times=2)

    assert told(cast.ana) == [("opened", 1), ("message", 1)]


def test_three_quick_messages_are_told_once_and_counted(cast: Cast, case: Case) -> None:
    for minutes in (60, 63, 66):
        says(case, cast.cliente, minutes)
        run(MONDAY + minutes * MINUTE)
    says(case, cast.cliente, 180)
    run(MONDAY + 180 * MINUTE)

    assert told(cast.ana) == [("opened", 1), ("message", 3), ("message", 1)]


def test_whoever_is_responsible_is_told_alone(cast: Cast, case: Case) -> None:
    run(MONDAY)
    says(taken(case, cast.chefe), cast.cliente, 60)

    run(MONDAY + 60 * MINUTE)

    assert told(cast.ana) == [("opened", 1)]
    assert told(cast.chefe) == [("opened", 1), ("message", 1)]


def test_nobody_is_told_of_their_own_words(cast: Cast, case: Case) -> None:
    run(MONDAY)
    says(case, cast.ana, 60, to="customer")

    run(MONDAY + 60 * MINUTE)

    assert told(cast.ana) == [("opened", 1)]


def test_what_was_read_before_it_could_be_told_is_not_told(cast: Cast, case: Case) -> None:
    says(case, cast.cliente, 60)
    case.refresh_from_db()
    open_cases.visit(case, by=cast.ana, at=MONDAY + 60 * MINUTE)

    run(MONDAY + 60 * MINUTE)

    assert told(cast.ana) == []
    assert told(cast.chefe) != []


def test_the_alarm_comes_before_the_deadline(cast: Cast, case: Case) -> None:
    clock = owed(case)
    assert clock.warn_at
    sweeping.sweep(at=clock.warn_at + MINUTE)

    run(clock.warn_at + 3 * MINUTE)

    assert ("deadline", 1) in told(cast.ana) and ("deadline", 1) not in told(cast.marta)


def test_no_alarm_comes_after_the_deadline(cast: Cast, case: Case) -> None:
    clock = owed(case)
    assert clock.warn_at
    sweeping.sweep(at=clock.warn_at + MINUTE)

    run(clock.due_at + MINUTE)

    assert told(cast.ana) == [("opened", 1)]


def test_an_answered_deadline_raises_no_alarm(cast: Cast, case: Case) -> None:
    clock = owed(case)
    assert clock.warn_at
    sweeping.sweep(at=clock.warn_at + MINUTE)
    replying.reply(
        case, Message("Chega.", to="customer", customer_reads=True), by=cast.chefe, at=clock.warn_at + 2 * MINUTE
    )

    run(clock.warn_at + 3 * MINUTE)

    assert ("deadline", 1) not in told(cast.ana)


def test_a_batch_that_gives_somebody_many_cases_is_one_notice(cast: Cast, open_case: Open) -> None:
    Membership.objects.filter(person=cast.chefe.person_id).update(role="admin")
    cases = [open_case(), open_case(), open_case()]
    chosen = [(one.pk, Case.objects.get(pk=one.pk).row_version) for one in cases]

    batch = batches.ask(cast.chefe, Wanted(What.ASSIGN, person=str(cast.ana.person_id)), chosen, at=MONDAY)
    batches.perform(batch.pk)
    run(MONDAY + MINUTE, times=2)

    batch.refresh_from_db()
    assert batch.done == 3
    given = Notice.objects.filter(person=cast.ana.person_id, kind="assigned")
    assert [one.batch_id for one in given] == [batch.pk]


def test_one_case_given_by_hand_is_told_and_one_taken_by_oneself_is_not(cast: Cast, case: Case) -> None:
    label = "Atribuir responsável"
    actions.perform(case, label, by=cast.chefe, at=MONDAY, fields={"responsavel": str(cast.ana.person_id)})
    run(MONDAY)
    case.refresh_from_db()
    actions.perform(case, label, by=cast.chefe, at=MONDAY, fields={"responsavel": str(cast.chefe.person_id)})
    run(MONDAY)

    assert ("assigned", 1) in told(cast.ana)
    assert ("assigned", 1) not in told(cast.chefe)


def test_a_queues_answer_is_told_to_whoever_is_responsible_for_the_case_that_asked(cast: Cast, case: Case) -> None:
    sonia = answerer(cast.marketplace, "ka", "Sônia Sócia")
    run(MONDAY)
    Case.objects.filter(pk=case.pk).update(assignee=cast.marta.person_id)
    child = ask(case, "ka", cast.marta)
    replying.reply(child, Message("Sim."), by=sonia, at=MONDAY + MINUTE)
    child_reports.report(child.pk)
    run(MONDAY + 2 * MINUTE)

    assert told(sonia) == [("opened", 1)]
    assert told(cast.marta) == [("answer", 1)]


def test_a_task_is_told_to_whose_it_is(cast: Cast, case: Case) -> None:
    with door.judging(case.pk, by=cast.marta, at=MONDAY) as change:
        follow_ups.leave(change, "Ligar", MONDAY + 30 * MINUTE)
    follow_ups.remind(at=MONDAY + 31 * MINUTE)

    run(MONDAY + 31 * MINUTE)

    assert told(cast.marta) == [("task", 1)]


def test_whoever_left_the_team_is_told_nothing(cast: Cast, case: Case) -> None:
    Membership.objects.filter(person=cast.ana.person_id).delete()
    Person.objects.filter(pk=cast.chefe.person_id).update(is_active=False)

    run(MONDAY)

    assert Notice.objects.count() == 0


def test_that_ones_own_words_were_not_sent_is_told_by_itself(cast: Cast, case: Case) -> None:
    says(case, cast.cliente, 60)
    run(MONDAY + 60 * MINUTE)
    with door.judging(case.pk, by=actors.clock(cast.marketplace), at=MONDAY + 61 * MINUTE) as change:
        failed = events.NotSent(person=str(cast.ana.person_id))
        change.record(failed, to=audience.of(Party.SELLER), words="O atendimento foi encerrado.")
    run(MONDAY + 61 * MINUTE)
    says(case, cast.cliente, 62)
    run(MONDAY + 62 * MINUTE)

    kinds = [(one.entry.event, one.count) for one in Notice.objects.filter(person=cast.ana.person_id, kind="message")]

    assert sorted(kinds) == [("message.not_sent", 1), ("message.posted", 2)]
