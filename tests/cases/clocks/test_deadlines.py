"""Clocks: the due moment itself, nudges, downtime, the marketplace's own clock and the survey."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.cast import MONDAY, Cast, local
from tratativa.cases import sweeping
from tratativa.cases.acting import actions, replying
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case, Entry, Mark, Survey

Opened = Callable[..., Case]
DUE = local("2026-11-24 09:00")


def state(case: Case, rule: str = "responder-ao-cliente") -> str:
    return case.deadlines.filter(rule=rule).latest("started_at").state


def test_an_answer_at_the_due_moment_is_in_time_and_a_second_later_is_not(open_case: Opened, cast: Cast) -> None:
    prompt, late = open_case(), open_case()

    replying.reply(prompt, Message("Aqui.", to="customer", customer_reads=True), by=cast.ana, at=DUE)
    replying.reply(
        late, Message("Aqui.", to="customer", customer_reads=True), by=cast.ana, at=DUE + timedelta(seconds=1)
    )

    assert state(prompt) == "met"
    assert state(late) == "missed"


def test_a_sweep_after_days_of_downtime_dates_the_miss_when_it_fell_due(open_case: Opened) -> None:
    case = open_case()

    sweeping.sweep(at=MONDAY + timedelta(days=4))

    missed = Entry.objects.get(case=case, event="deadline.missed", data__rule="responder-ao-cliente")
    assert missed.at == DUE
    assert Mark.objects.get(case=case, metric="resposta-perdida").at == DUE


def test_sweeping_twice_counts_a_miss_once(open_case: Opened) -> None:
    case = open_case()

    sweeping.sweep(at=DUE + timedelta(minutes=1))
    sweeping.sweep(at=DUE + timedelta(minutes=2))

    assert Mark.objects.filter(case=case).count() == 1


def test_a_second_message_starts_no_second_clock(open_case: Opened, cast: Cast) -> None:
    case = open_case()

    replying.reply(case, Message("Alguém aí?"), by=cast.cliente, at=MONDAY + timedelta(hours=5))

    case.refresh_from_db()
    assert case.due_at == DUE
    assert case.deadlines.filter(rule="responder-ao-cliente").count() == 1


def test_the_marketplaces_unanswered_question_closes_the_case_and_says_why(open_case: Opened, cast: Cast) -> None:
    friday = local("2026-11-27 15:00")
    case = open_case(by=cast.marta, at=friday, to="seller", words="Conseguem reemitir a nota?")

    sweeping.sweep(at=local("2026-11-30 18:00") + timedelta(seconds=1))

    case.refresh_from_db()
    assert case.closed_at == local("2026-11-30 18:00")
    closed = Entry.objects.get(case=case, event="case.closed")
    assert closed.data["because"] == "deadline:responder-ao-marketplace"


def test_the_survey_goes_out_five_days_after_closing_unless_the_customer_writes(open_case: Opened, cast: Cast) -> None:
    quiet, spoken = open_case(), open_case()
    for case in (quiet, spoken):
        replying.reply(
            case, Message("Já saiu.", to="customer", customer_reads=True), by=cast.ana, at=MONDAY + timedelta(hours=1)
        )
        actions.perform(case, "Encerrar atendimento", by=cast.ana, at=MONDAY + timedelta(hours=2))

    replying.reply(spoken, Message("E agora?"), by=cast.cliente, at=MONDAY + timedelta(days=3))
    sweeping.sweep(at=MONDAY + timedelta(days=4, hours=23))
    assert not Survey.objects.exists()
    sweeping.sweep(at=MONDAY + timedelta(days=5, hours=3))

    assert list(Survey.objects.values_list("case", flat=True)) == [quiet.pk]


def test_a_warning_is_recorded_once_before_the_due_moment(open_case: Opened) -> None:
    case = open_case()

    sweeping.sweep(at=MONDAY + timedelta(hours=19))
    sweeping.sweep(at=MONDAY + timedelta(hours=20))

    warned = Entry.objects.get(case=case, event="deadline.warned", data__rule="responder-ao-cliente")
    assert warned.at == MONDAY + timedelta(hours=18)


@pytest.mark.parametrize(("days", "same"), [(89, True), (91, False)])
def test_a_customers_message_reopens_within_ninety_days_and_continues_in_a_new_case_after(
    open_case: Opened, cast: Cast, days: int, same: bool
) -> None:
    case = open_case()
    actions.perform(case, "Encerrar atendimento", by=cast.marta, at=MONDAY)

    landed = replying.reply(case, Message("Voltou o problema."), by=cast.cliente, at=MONDAY + timedelta(days=days))

    case.refresh_from_db()
    assert (landed.pk == case.pk) is same
    assert case.is_open is same
    assert landed.is_open
