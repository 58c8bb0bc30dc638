"""Owed: whom somebody who opens a case owes an answer, and until when; what the desk says by itself asks for none."""

from collections.abc import Sequence
from datetime import datetime

from tratativa.accounts import moments
from tratativa.accounts.actors import Actor
from tratativa.cases.clocks import planning
from tratativa.cases.models import Case, Deadline
from tratativa.rulebook.terms.parties import Party
from tratativa.web.timeline.lines import Drawn

# Words of a person; everything else with words was written by the desk, or asks for something else than an answer.
_SAID = {"message.posted", "request.answered"}
_NOT_ANSWERS = {planning.SURVEY, planning.TIMER, planning.ANSWER}


def to(case: Case, actor: Actor, told: Sequence[Drawn], known: Sequence[str]) -> str:
    """To whom an answer goes, among those who may be written to (`known`).

    Who asked without the customer reading it, and waits, before all: words sent without looking must not reach the
    customer. Then whom a clock of the actor's party says; else whoever was left without an answer, the latest of
    them; else whoever wrote last; else the first who may be written to.
    """
    clocks = [str(row.to) for row in running(case, actor.party)]
    unanswered = [line for line in reversed(told) if _waits(line, told, actor)]
    apart = [line.party for line in unanswered[:1] if actor.party is Party.MARKETPLACE and not line.customer_reads]
    waiting = [line.party for line in unanswered]
    wrote = [line.party for line in reversed(told) if _is_theirs(line)]
    return next((party for party in [*apart, *clocks, *waiting, *wrote, *known] if party in known), "")


def running(case: Case, party: Party) -> list[Deadline]:
    """The clocks this party still answers for, missed ones too, the most pressing first."""
    rows = case.deadlines.filter(party=party, answered_at=None, state__in=["running", "paused", "missed"])
    return list(rows.exclude(rule__in=_NOT_ANSWERS).order_by("due_at"))


def left(case: Case, party: Party, other: Party, *, at: datetime) -> str:
    """How long this party still has to answer the other one, «faltam 3 h 58»; empty where no clock says."""
    first = next((row for row in running(case, party) if row.to == other), None)
    return moments.left(first.due_at, at) if first else ""


def _is_theirs(line: Drawn) -> bool:
    return line.event in _SAID and not line.mine and not line.told


def _waits(line: Drawn, told: Sequence[Drawn], actor: Actor) -> bool:
    """Whether this was said to the actor's party, which wrote nothing since that its author reads."""
    if not _is_theirs(line) or line.to not in {"", actor.party}:
        return False
    after = (other for other in told if other.number > line.number and other.event in _SAID)
    return not any(other.party == actor.party and _answers(other, line) for other in after)


def _answers(answer: Drawn, line: Drawn) -> bool:
    """Whether the author of the line reads this answer: a note addressed to a customer with the switch off is none."""
    return answer.to == line.party and (line.party != Party.CUSTOMER or answer.customer_reads)
