"""The one question: who may do what, and until when? Answered from rulebook, facts, clocks and the moment."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tratativa.rulebook import guards, sentences
from tratativa.rulebook.language.actions import Action
from tratativa.rulebook.language.deadlines import Deadline
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.language.sections import Status
from tratativa.rulebook.terms.facts import Facts
from tratativa.rulebook.terms.parties import Party

_OWN = frozenset({"note", "assign"})


@dataclass(frozen=True)
class Clock:
    """A running deadline as the verdict needs it: who owes it, until when, and the ids of actions that stop it.

    A `duty` is the label of one that only the actions its rulebook names can meet.
    """

    party: Party
    due_at: datetime
    stopped_by: frozenset[str] = frozenset()
    duty: str = ""


@dataclass(frozen=True)
class Available:
    """An action that may be done now; `due_at` is set and `mandatory` true when it stops a running clock."""

    action: Action
    due_at: datetime | None = None
    mandatory: bool = False


@dataclass(frozen=True)
class Unavailable:
    """An action of the party that may not be done now, and the sentence why."""

    action: Action
    why: str


@dataclass(frozen=True)
class Verdict:
    """What one party may do (and must), and what it may not, with the reason."""

    party: Party
    available: tuple[Available, ...]
    unavailable: tuple[Unavailable, ...]

    def find(self, name: str) -> Available | Unavailable | None:
        """The answer about one action, by id or label; None when it is not the party's at all."""
        answers: Iterable[Available | Unavailable] = (*self.available, *self.unavailable)
        by_id = (answer for answer in answers if answer.action.id == name)
        return next(by_id, None) or next((answer for answer in answers if answer.action.is_called(name)), None)


def verdict(book: Rulebook, facts: Facts, clocks: Sequence[Clock], party: Party) -> Verdict:
    """Every action of the party, in the rulebook's order, each available or with the reason it is not.

    `facts` speak of one moment; `clocks` are the deadlines running at it.
    """
    answers = [answer(book, facts, clocks, party, action) for action in actions_of(book, party)]
    available = tuple(one for one in answers if isinstance(one, Available))
    return Verdict(party, available, tuple(one for one in answers if isinstance(one, Unavailable)))


def answer(
    book: Rulebook, facts: Facts, clocks: Sequence[Clock], party: Party, action: Action
) -> Available | Unavailable | None:
    """The answer about one of the party's actions, as `verdict` gives it; None where the case's reason opens no such
    action."""
    reason = str(facts.get("case.reason"))
    if not book.holds_under("actions", action.id, reason):
        return None
    action = action.under(reason)
    why = _hindrance(book, {**facts, "actor.party": str(party)}, clocks, party, action)
    return _available(action, clocks, party) if why is None else Unavailable(action, why)


def _hindrance(book: Rulebook, mine: Facts, clocks: Sequence[Clock], party: Party, action: Action) -> str | None:
    held = mine.get("history.held")
    # A second message may always follow the first; an action asked for is not asked for again.
    waiting = held - {book.replies.id} if isinstance(held, frozenset) else frozenset()
    why = sentences.HELD.say(book.speaks) if action.id in waiting else why_not(action, mine)
    if why is None and action.place not in _OWN and is_suspended(mine, clocks, party):
        return sentences.SUSPENDED.say(book.speaks)
    if why is not None:
        return why
    owed = [clock.duty for clock in clocks if clock.party == party and action.id not in clock.stopped_by]
    return guards.why_not(book, action, mine, party, [duty for duty in owed if duty])


def is_suspended(facts: Facts, clocks: Sequence[Clock], party: Party) -> bool:
    """Whether this is a seller whose sales are suspended and who owes nothing here: neither a word nor a deadline."""
    if party is not Party.SELLER or not facts.get("seller.suspended"):
        return False
    return facts.get("case.waiting_on") != party and not any(clock.party == party for clock in clocks)


def why_not(action: Action, facts: Facts) -> str | None:
    """The sentence why these facts do not allow the action, empty where the rulebook gives none; None if they do."""
    hindrance = next((one for one in action.unless if one.when.holds(facts)), None)
    if hindrance:
        return hindrance.why
    return None if action.when.holds(facts) else action.otherwise


def actions_of(book: Rulebook, party: Party) -> list[Action]:
    """The party's actions: its reply first, then the rulebook's own in their order."""
    reply = reply_action(book, party)
    own = [action for action in book.actions if party in action.by]
    return [reply, *own] if reply else own


def reply_action(book: Rulebook, party: Party) -> Action | None:
    """The reply as an action of this party, or None when the party may not write at all."""
    if party not in book.replies.by:
        return None
    alone = book.replies.by[party].to == (Party.CUSTOMER,)
    return _reply(book, party, reopens(book, party), to_customer=alone)


def reopens(book: Rulebook, party: Party) -> bool:
    """Whether a message of this party opens a closed case again."""
    return party is Party.CUSTOMER and book.reopen.on_customer_message


def _reply(book: Rulebook, party: Party, when_closed: bool, *, to_customer: bool) -> Action:
    when: Mapping[str, Any] = {} if when_closed else {"case.status": "open"}
    if party is Party.PARTNER:  # what closed with the case that asked may be answered all the same: late is not never
        when = {"any": [when, {"case.parent": "closed"}]}
    return Action.model_validate(
        {
            "id": book.replies.id,
            "label": book.replies.label,
            "by": [party],
            "when": dict(when),
            "otherwise": sentences.CLOSED.say(book.speaks),
            "unless": [{"when": {"case.internal": True}, "why": sentences.INTERNAL.say(book.speaks)}]
            if to_customer
            else [],
            "do": [],
        }
    )


def stoppers(book: Rulebook, rule: Deadline) -> frozenset[str]:
    """The ids of the actions with which the owing party stops a clock of this rule."""
    if isinstance(rule.stopped_by, tuple):
        return frozenset(rule.stopped_by)
    if rule.stopped_by == "action":
        mine = [action for action in book.actions if rule.party in action.by and action.place in {"list", "help"}]
        return frozenset(action.id for action in mine)
    return frozenset({book.replies.id}) if rule.stopped_by in {"reply", "public_reply"} else frozenset()


def _available(action: Action, clocks: Sequence[Clock], party: Party) -> Available:
    stops = [clock.due_at for clock in clocks if clock.party == party and action.id in clock.stopped_by]
    due_at = min(stops, default=None)
    return Available(action, due_at, mandatory=due_at is not None)


def status(book: Rulebook, facts: Facts) -> Status | None:
    """The first status whose condition holds, or None where the rulebook names no such case."""
    return next((one for one in book.statuses if one.when.holds(facts)), None)


def status_label(book: Rulebook, facts: Facts, party: Party) -> tuple[str, str]:
    """The case's status as this party reads it, and its tone; an empty text where the rulebook names none."""
    found = status(book, facts)
    return (found.labels.get(party, found.label), found.tone) if found else ("", "neutral")
