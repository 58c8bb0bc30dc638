"""Real connections at once: clicks, sweeps and openings that meet."""

from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import TypeVar

import pytest
from django.db import connection, connections, transaction

from tests.cast import MONDAY, Cast, gather, local
from tests.config.desks import PATIENCE, until
from tratativa.accounts import keys
from tratativa.accounts.people.team import Doer, Team
from tratativa.cases import sweeping
from tratativa.cases.acting import actions, opening, replying
from tratativa.cases.acting.joining import tying
from tratativa.cases.acting.opening import Opening
from tratativa.cases.core.refusals import NotAllowed, Outdated
from tratativa.cases.messages import drafts
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case, Draft, Entry, Mark, QueueAssignment, Tie
from tratativa.cases.queues import assignment, giving, workload
from tratativa.cases.queues.assignment import OWN, Chosen
from tratativa.cases.reading import open_cases
from tratativa.evidence import walking
from tratativa.orders.models import Command

pytestmark = pytest.mark.django_db(transaction=True)
Result = TypeVar("Result")


@pytest.fixture
def cast() -> Iterator[Cast]:
    yield gather()


def at_once(count: int, work: Callable[[int], Result]) -> list[Result]:
    """Runs `work` in as many threads, each on its own connection."""

    def one(index: int) -> Result:
        try:
            return work(index)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def opened(cast: Cast) -> Case:
    return opening.open_case(
        Opening(cast.order, reason="Devolução", message=Message("Quero devolver.")), by=cast.cliente, at=MONDAY
    )


def test_twenty_openings_at_once_get_twenty_numbers(cast: Cast) -> None:
    numbers = at_once(20, lambda _index: opened(cast).protocol)

    assert len(set(numbers)) == 20


def test_replies_at_once_all_land_in_one_whole_chain(cast: Cast) -> None:
    case = opened(cast)

    at_once(10, lambda index: replying.reply(case, Message(f"Nota {index}", to="marketplace"), by=cast.ana, at=MONDAY))

    case.refresh_from_db()
    assert Entry.objects.filter(case=case, event="message.posted", party="seller").count() == 10
    assert walking.walk(marketplace_id=case.marketplace_id).faults == ()


def test_of_two_answers_drawn_from_the_same_page_one_is_told_that_the_case_moved_on(cast: Cast) -> None:
    case = opened(cast)
    case.refresh_from_db()

    def answer(index: int) -> str:
        try:
            replying.reply(
                case, Message(f"Resposta {index}", to="marketplace"), by=cast.ana, at=MONDAY, seen=case.row_version
            )
        except Outdated:
            return "outdated"
        return "sent"

    assert sorted(at_once(2, answer)) == ["outdated", "sent"]


def test_two_sweeps_at_once_judge_each_case_once(cast: Cast) -> None:
    cases = [opened(cast) for _index in range(6)]

    at_once(4, lambda _index: sweeping.sweep(at=MONDAY + timedelta(days=2)))

    assert Mark.objects.filter(metric="resposta-perdida").count() == len(cases)


def test_an_answer_and_the_sweep_that_meet_at_the_due_moment_agree(cast: Cast) -> None:
    case = opened(cast)
    due = local("2026-11-24 09:00")

    def meet(index: int) -> None:
        if index:
            sweeping.sweep(at=due + timedelta(milliseconds=1))
        else:
            replying.reply(case, Message("Em tempo.", to="customer", customer_reads=True), by=cast.ana, at=due)

    at_once(2, meet)

    case.refresh_from_db()
    clock = case.deadlines.get(rule="responder-ao-cliente")
    assert (clock.state == "missed") == Mark.objects.filter(case=case).exists()
    assert clock.answered_at is not None
    assert walking.walk(marketplace_id=case.marketplace_id).faults == ()


def test_a_ruling_clicked_many_times_cancels_the_order_once(cast: Cast) -> None:
    case = opened(cast)
    sweeping.sweep(at=MONDAY + timedelta(days=2))
    actions.perform(case, "Falar com a Americanas", by=cast.cliente, at=MONDAY + timedelta(days=2))
    decision = {"a-favor-de": "customer", "cancelar-o-pedido": True, "decisao": "Cancele."}

    def rule(_index: int) -> bool:
        try:
            actions.perform(case, "Decidir mediação", by=cast.marta, at=MONDAY + timedelta(days=3), fields=decision)
        except NotAllowed:
            return False
        return True

    assert sum(at_once(8, rule)) == 1
    assert Command.objects.filter(verb="cancel_order").count() == 1


def test_a_form_sent_twice_is_one_message_and_said_again_later_it_is_two(cast: Cast) -> None:
    case = opened(cast)

    at_once(
        4, lambda _index: replying.reply(case, Message("E agora?"), by=cast.cliente, at=MONDAY + timedelta(hours=1))
    )
    replying.reply(case, Message("E agora?"), by=cast.cliente, at=MONDAY + timedelta(hours=2))

    assert Entry.objects.filter(case=case, event="message.posted", party="customer").count() == 3


def test_a_form_of_opening_sent_many_times_opens_one_case(cast: Cast) -> None:
    once = keys.new()

    def send(_index: int) -> str:
        new = Opening(cast.order, reason="Devolução", message=Message("Quero devolver."), once=once)
        return opening.open_case(new, by=cast.cliente, at=MONDAY).protocol

    assert len(set(at_once(6, send))) == 1
    assert Case.objects.count() == 1


def test_two_agents_who_take_the_next_case_at_once_get_two_cases(cast: Cast) -> None:
    cases = {
        replying.reply(opened(cast), Message("Ajudem.", to="marketplace"), by=cast.ana, at=MONDAY).pk
        for _one in range(4)
    }

    taken = at_once(4, lambda _index: workload.take_next(cast.marta, workload.OWN, at=MONDAY))

    assert {case.pk for case in taken if case} == cases


def test_cases_given_out_at_once_fill_nobody_beyond_their_limit(cast: Cast) -> None:
    people = [Chosen(one.person, 2) for one in (cast.ana, cast.chefe)]
    cases = [opened(cast).pk for _one in range(8)]
    assignment.keep(Team(cast.marketplace, cast.seller), OWN, "fewest", people, by=Doer(command="prova"))

    given = at_once(8, lambda index: giving.give(cases[index], at=MONDAY))

    assert sum(given) == 4
    held = Case.objects.exclude(seller_assignee=None).values_list("seller_assignee", flat=True)
    assert sorted(held) == sorted([cast.ana.person, cast.ana.person, cast.chefe.person, cast.chefe.person])


def test_who_gives_from_a_queue_waits_for_whoever_gives_from_it(cast: Cast) -> None:
    first, second = opened(cast), opened(cast)
    assignment.keep(
        Team(cast.marketplace, cast.seller), OWN, "fewest", [Chosen(cast.ana.person, 1)], by=Doer(command="prova")
    )

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            QueueAssignment.objects.select_for_update().get()
            Case.objects.filter(pk=first.pk).update(seller_assignee=cast.ana.person)
            giving_too = pool.submit(at_once, 1, lambda _index: giving.give(second.pk, at=MONDAY))
            until(lambda: giving_too.done() or _somebody_waits_for_a_row(), "the other to wait, or to be done")
        assert giving_too.result(PATIENCE) == [0]


def _somebody_waits_for_a_row() -> bool:
    """In this database: a row's lock names none, another lock of whoever waits for it does."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select exists (select from pg_locks waits join pg_locks held using (pid) join pg_database on"
            " pg_database.oid = held.database where not waits.granted and datname = current_database())"
        )
        (waits,) = cursor.fetchone()
    return bool(waits)


def test_a_draft_kept_while_its_twin_is_sent_is_no_fault(cast: Cast) -> None:
    case = opened(cast)

    def click(index: int) -> None:
        for _round in range(100):
            drafts.keep_over(case, None, by=cast.ana, at=MONDAY, words="Já vai.")
            drafts.sent(case, "Já vai.", by=cast.ana)
            drafts.own(case, by=cast.ana, at=MONDAY)
            drafts.own(case, by=cast.ana, at=MONDAY)
            drafts.drop(case, by=cast.ana)

    at_once(4, click)

    assert not Draft.objects.exists()


def test_a_file_put_up_beside_what_is_being_written_leaves_the_words(cast: Cast) -> None:
    case = opened(cast)
    drafts.keep(case, by=cast.ana, at=MONDAY, words="Já vai.")

    draft = drafts.own(case, by=cast.ana, at=MONDAY)

    assert draft.body == "Já vai."


def test_a_case_opened_and_put_away_many_times_at_once_is_no_fault(cast: Cast) -> None:
    case = opened(cast)

    def click(index: int) -> None:
        for _round in range(100):
            open_cases.visit(case, by=cast.ana, at=MONDAY)
            open_cases.close(case.pk, by=cast.ana)

    at_once(4, click)

    assert open_cases.of(cast.ana) == []


def test_colleagues_who_tie_two_cases_crosswise_wait_for_each_other(cast: Cast) -> None:
    one, other = opened(cast), opened(cast)

    def cross(index: int) -> None:
        pair = (one, other) if index % 2 else (other, one)
        if not tying.tie(*pair, by=cast.ana, at=MONDAY):
            tying.untie(*pair, by=cast.marta, at=MONDAY)

    at_once(8, cross)  # whoever were sent away as the victim of a deadlock would raise here

    for case in (one, other):
        said = Counter(Entry.objects.filter(case=case, event__startswith="case.").values_list("event", flat=True))
        assert said["case.tied"] - said["case.untied"] == Tie.objects.count()
        assert said["case.tied"] >= 1
    assert walking.walk(marketplace_id=cast.marketplace.pk).faults == ()
