"""A past case in memory: its row as it stood, changing as the ledger says; clocks plan themselves on it as on a change.

It is a `cases.clocks.happenings.Clocked`: nothing of it is ever stored.
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tratativa.accounts.actors import Actor
from tratativa.cases import events
from tratativa.cases.clocks import judgement, planning
from tratativa.cases.core import facts
from tratativa.cases.models import Case, Deadline
from tratativa.playbooks import waking
from tratativa.replay import folding, order_then
from tratativa.replay.apart import waits
from tratativa.replay.histories import Happened, History, Kept, Wait
from tratativa.replay.order_then import OrderThen
from tratativa.replay.rules import Rules
from tratativa.rulebook import verdict as verdicts
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.facts import Facts, Value
from tratativa.rulebook.terms.parties import Party
from tratativa.rulebook.verdict import Available, Unavailable

# What brings a procedure to another step, and so begins its timer.
_MOVES = frozenset({events.RunStarted.name, events.StepAnswered.name, events.RunSteppedBack.name})


@dataclass
class PastCase:
    """`at` is the moment it has come to; `coming` what has happened since clocks were planned last."""

    history: History
    rules: Rules
    roles: Mapping[uuid.UUID, str]
    case: Case
    at: datetime
    order: OrderThen | None
    acted_at: datetime | None = None
    clocks: list[Deadline] = field(default_factory=list)
    coming: list[Happened] = field(default_factory=list)
    holds: dict[str, Happened] = field(default_factory=dict)
    actions_filled: dict[str, Value] = field(default_factory=dict)
    waiting: dict[uuid.UUID, Wait] = field(default_factory=dict)  # clocks no deadline describes, by their key
    begun_waits: list[Wait] = field(default_factory=list)

    @classmethod
    def begun(cls, history: History, rules: Rules, roles: Mapping[uuid.UUID, str]) -> "PastCase":
        """The case before anything happened to it."""
        case = folding.begin(history, rules.book)
        return cls(history, rules, roles, case, case.opened_at, order_then.of(history))

    @property
    def book(self) -> Rulebook:
        """The rules it is judged by."""
        return self.rules.book

    def known(self, at: datetime | None = None) -> Facts:
        """What was known of the case, whoever may know it."""
        return self.facts(None, at)

    def keep(self, clock: Deadline) -> None:
        """A clock in memory is kept by being there."""

    def news(self, _reader: str) -> Iterator[Happened]:
        """What has happened since clocks were planned last, each once."""
        while self.coming:
            yield self.coming.pop(0)

    def record(self, event: events.Event, *, to: int, at: datetime | None = None) -> None:
        """What clocks tell of themselves is told nobody here."""

    def happens(self, one: Happened) -> None:
        """Puts on the row what an entry says, and on hand what clocks and conditions ask of it."""
        folding.fold(self.case, self.book, one, files=one.number in self.history.with_files)
        self.coming.append(one)
        if self.order:
            self.order.hear(one)
        if one.event == events.ActionDone.name and self.book.form_facts:
            self.actions_filled.update(_plain(f"action.{one.data['action']}", one.data["fields"]))
        if one.event == events.HoldBegan.name:
            self.holds[one.data["held"]] = one
        elif one.event == events.HoldEnded.name and one.data["decision"] != "released":
            self.holds.pop(one.data["held"], None)  # what is released waits until it is done, a moment later

    def facts(self, by: Actor | None, at: datetime | None) -> dict[str, Value]:
        """The facts of this moment under these rules, by the function that gives them live."""
        moment = at or self.at
        if self.order:
            self.order.as_of(moment)
        known = facts.under(self.book, self.case, by, at)
        seller = self.case.order.seller if self.case.order else self.case.seller
        if seller is not None and seller.suspended_at is not None:
            known["seller.suspended"] = seller.suspended_at <= moment
        if self.book.form_facts:
            for answered_at, ask, answers in self.history.answers:
                if answered_at <= moment:
                    known.update(_plain(f"answer.{ask}", answers))
            known.update(self.actions_filled)
        return known

    def answer(self, action: str, one: Happened, *, let_go: bool = False) -> Available | Unavailable | None:
        """What these rules answer whoever did this action, at the moment they did; None where there is no such action.

        `let_go` where it had been held: that it waits forbids nothing then.
        """
        party = Party(one.party)
        found = self.rules.actions.get((party, action))
        if found is None:
            return None
        known = self.facts(self._actor(one), one.at)
        if let_go:
            known["history.held"] = frozenset()
        return verdicts.answer(self.book, known, judgement.clocks(self.clocks, self.book), party, found)

    def waits(self, clock: Deadline) -> bool:
        """Whether what would have answered this clock in time was asked for, and still waited to happen."""
        rule = self.book.deadline(clock.rule)
        return rule is not None and any(
            judgement.holds_back(self.book, rule, held.data["action"])
            for held in self.holds.values()
            if held.party == clock.party and held.at <= clock.due_at
        )

    def kept(self) -> list[Kept]:
        """The clocks as they stand now."""
        ours = self.rules.deadlines
        return [
            Kept(self._name(row), row.started_at, row.due_at, row.state, row.answered_at)
            for row in self.clocks
            if row.rule in ours or row.pk in self.waiting
        ]

    def _name(self, row: Deadline) -> str:
        return self.waiting[row.pk].kept.rule if row.pk in self.waiting else row.rule

    def begin_waits(self, happened: Sequence[Happened]) -> None:
        """Starts the timer or the queue's clock that began with this change, as long as these rules give."""
        moved = {one.event for one in happened} & _MOVES
        begun = {id(one) for one in self.begun_waits}
        for wait in self.history.waits:
            if wait.kept.started_at != self.at or id(wait) in begun or (wait.clock == planning.TIMER and not moved):
                continue
            self.begun_waits.append(wait)
            if within := waits.term(self.book, wait.asked):
                row = planning.start(self, wait.clock, Party(wait.party), wait.to, within)
                self.waiting[row.pk] = wait
            return  # a run stands at one step at a time

    def end_waits(self, one: Happened) -> None:
        """Ends the timers that ended with this entry then, and those whose answer it is under these rules."""
        for row in self.clocks:
            wait = self.waiting.get(row.pk)
            if wait is None or wait.clock != planning.TIMER or row.state != "running":
                continue
            if waking.is_word_of_asked(waits.step_of(self.book, wait.asked), one):
                planning.end(self, row, "met")
            elif wait.kept.answered_at == self.at and wait.kept.state in {"met", "released"}:
                planning.end(self, row, wait.kept.state)

    def _actor(self, one: Happened) -> Actor:
        party = Party(one.party)
        role = "customer" if party is Party.CUSTOMER else self.roles.get(one.actor_id, "agent") if one.actor_id else ""
        return Actor(party, self.case.marketplace_id, "", role or "clock", person_id=one.actor_id)


def _plain(family: str, filled: Mapping[str, Any]) -> dict[str, Value]:
    """As `form_facts` knows them: what was left empty is not known."""
    plain = {name: value for name, value in filled.items() if isinstance(value, str | int | bool) and value != ""}
    return {f"{family}.{name}": value for name, value in plain.items()}
