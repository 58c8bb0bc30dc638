"""Command outcomes: what the marketplace's order system made of a command, on the timeline of the case that asked."""

import uuid
from datetime import datetime

from tratativa.accounts import actors
from tratativa.cases import door, events
from tratativa.cases.acting import closing
from tratativa.cases.core import audience, work
from tratativa.cases.models import Case
from tratativa.orders import commands
from tratativa.orders.models import Command


def deliver(command_id: uuid.UUID, *, at: datetime) -> None:
    """Carries a command to the order system, or asks again what became of it. Raises what its connector raises."""
    record(commands.deliver(command_id, at=at), at=at)


def settle(marketplace_id: uuid.UUID, key: str, outcome: str, *, at: datetime) -> None:
    """Takes in a fact that came back by itself: `confirmed` or `refused: why`. Raises Command.DoesNotExist."""
    record(commands.settle(marketplace_id, key, outcome, at=at), at=at)


def record(command: Command, *, at: datetime) -> None:
    """Tells the case what the order system answered; telling it twice tells it once.

    A refusal is the marketplace's to deal with, in a closed case too: the customer was told that it would happen.
    What waited for this answer goes out with it, or is refused with it.
    """
    if command.answered_at is None:
        return
    case = Case.objects.select_related("marketplace").get(pk=command.case_id)
    with door.judging(case.pk, by=actors.clock(case.marketplace), at=at) as change:
        told = change.case.entries.filter(event=events.CommandAnswered.name, data__command=str(command.pk))
        if told.exists():
            return
        refused = command.state == "refused"
        change.because = f"command:{command.verb}"
        change.record(
            events.CommandAnswered(
                command=str(command.pk),
                verb=command.verb,
                state=command.state,
                amount_cents=int(command.data.get("amount_cents", 0)),
                own=commands.is_own(command),
            ),
            to=audience.TEAM_AND_SELLER if refused or command.verb == commands.ISSUER else change.everyone,
            words=command.answer if refused else None,
        )
        if refused and command.verb != commands.ISSUER:  # the withdrawal holds all the same
            closing.bring_back(change)
        for follower in command.following.filter(answered_at=None):
            work.ask("cases.deliver_command", command_id=follower.pk)
