"""Noticing, in a child case's own change, what its parent must hear; a job carries it, so no two cases are locked."""

from __future__ import annotations

from tratativa.cases import events
from tratativa.cases.clocks import planning
from tratativa.cases.core import work
from tratativa.cases.core.change import Change
from tratativa.cases.models import Escalation
from tratativa.rulebook.terms.parties import Party


def notice(change: Change) -> None:
    """Keeps that the queue answered or let its time pass, or that the parent closed, and writes the job."""
    closed = any(entry.event == events.Closed.name for entry in change.entries)
    if change.case.queue:
        if _of_child(change) or closed:
            work.ask("cases.report_child", child_id=change.case.pk)
    elif closed:  # noqa: SIM102 - asks only then
        if Escalation.objects.filter(parent=change.case, child__closed_at=None).exists():
            work.ask("cases.close_children", parent_id=change.case.pk)


def _of_child(change: Change) -> bool:
    answers = {events.Posted.name, events.Closed.name}
    answer = next(
        (one for one in reversed(change.entries) if one.event in answers and one.party == Party.PARTNER), None
    )
    missed = next(
        (
            one for one in change.entries
            if one.event == events.DeadlineMissed.name and one.data["rule"] == planning.ANSWER
        ),
        None,
    )  # fmt: skip
    row = Escalation.objects.filter(child=change.case)
    if answer:
        row.update(answered_at=answer.at, answer=answer.number)
    if missed:
        row.update(silent_at=missed.at)
    return bool(answer or missed)
