"""Asking for notices: which changes of a case may concern somebody, and the job that tells them after the commit."""

from tratativa.cases import events
from tratativa.cases.core import work
from tratativa.cases.core.change import Change

# What somebody may be told of (`notices.concerning` says who).
TOLD = frozenset(
    one.name
    for one in (
        events.Opened, events.Posted, events.Answered, events.Assigned, events.HandedOver, events.ChildAnswered,
        events.DeadlineWarned, events.FollowUpDue, events.Noted, events.CallLogged, events.Counted,
        events.NotSent, events.HoldEnded,
    )
)  # fmt: skip


def ask(change: Change) -> None:
    """Has whoever the new entries concern told, in a job: nothing of it is worked out behind the door."""
    numbers = [entry.number for entry in change.entries if entry.event in TOLD]
    if numbers:
        work.ask(
            "notices.make", lock=f"notices:{change.case.pk}", case_id=change.case.pk,
            first=str(min(numbers)), last=str(max(numbers)),
        )  # fmt: skip
