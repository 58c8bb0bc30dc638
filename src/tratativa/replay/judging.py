"""Judging: one history under one version of the rules, by the code that judges cases live.

Clocks are planned by `cases.clocks.planning`, actions are asked of `rulebook.verdict`. What followed from a miss is
taken from the ledger where the miss is the same, and done anew where it is another.
"""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.dateparse import parse_datetime

from tratativa.cases import events
from tratativa.cases.clocks import judgement, planning
from tratativa.cases.models import Deadline
from tratativa.replay import aftermath
from tratativa.replay.apart import forms
from tratativa.replay.histories import Counted, Happened, History, Kept
from tratativa.replay.moments import Moment, Past
from tratativa.replay.past_case import PastCase
from tratativa.replay.rules import Rules
from tratativa.rulebook.language.actions import Action
from tratativa.rulebook.verdict import Available, Unavailable

_DOING = frozenset({events.ActionDone.name, events.Posted.name})


@dataclass(frozen=True, slots=True)
class Refused:
    """An action that was done and these rules refuse: by whom, when, and the rule's own sentence, where it has one.

    `gone` where the party has no such action, or not under the case's reason.
    """

    action: str
    party: str
    at: datetime
    number: int
    why: str
    gone: bool


@dataclass
class Judged:
    """What becomes of a history: its clocks, what is refused, what counts for the seller."""

    clocks: list[Kept]
    refused: list[Refused]
    marks: list[Counted]
    unknown: list[tuple[str, str]] = field(default_factory=list)  # fields nobody knows of: the action's id, the field's


@dataclass(frozen=True)
class Bench:
    """What a history is judged by: the rules, those it lived under, the roles people have, and the moment it ends."""

    rules: Rules
    own: Rules
    roles: Mapping[uuid.UUID, str]
    until: datetime
    same_misses: frozenset[str] = frozenset()
    same_actions: frozenset[str] = frozenset()
    same_forms: frozenset[str] = frozenset()
    same_conduct: bool = True

    @classmethod
    def of(cls, rules: Rules, own: Rules, roles: Mapping[uuid.UUID, str], until: datetime) -> "Bench":
        """Compares the two versions once, for all the histories that lived under one of them."""
        return cls(
            rules, own, roles, until, rules.misses_alike(own), rules.actions_alike(own), rules.forms_alike(own),
            rules.conduct_alike(own),
        )  # fmt: skip


def judge(history: History, past: Past, bench: Bench) -> Judged:
    """The history, cut into the changes it was written by, under the bench's rules until the bench's moment."""
    return _Hearing(PastCase.begun(history, bench.rules, bench.roles), bench, past).end()


@dataclass
class _Hearing:
    """One history being judged."""

    past: PastCase
    bench: Bench
    cut: Past
    refused: list[Refused] = field(default_factory=list)
    missed: list[tuple[str, datetime]] = field(default_factory=list)
    marks: list[Counted] = field(default_factory=list)
    unknown: list[tuple[str, str]] = field(default_factory=list)
    released: dict[str, str] = field(default_factory=dict)  # what was let go and is done next, by action

    @property
    def _by_reply(self) -> str:
        return f"action:{self.bench.own.book.replies.id}"

    def end(self) -> Judged:
        for moment, later in zip(self.cut.moments, self.cut.later, strict=True):
            self._judge_clocks(moment.at, later)
            self._live(moment, later)
        self._judge_clocks(self.bench.until, None)
        return Judged(self.past.kept(), self.refused, self._all_marks(), self.unknown)

    def _live(self, moment: Moment, later: datetime | None) -> None:
        """One change: who acts is asked first, what happened is folded, clocks are planned."""
        past = self.past
        past.at, past.acted_at = moment.at, None
        asked: set[int] = set()
        for index, one in enumerate(moment.happened):
            if (
                one.event == events.Reopened.name and one.data["because"] == self._by_reply
            ):  # a reply opened the case again: it was asked for while closed
                asked |= self._ask_ahead(moment.happened[index + 1 :])
            held = self.released.pop(str(one.data.get("action")), "") if one.event in _DOING else ""
            began = past.holds.pop(held, None)
            past.acted_at = began.at if began else _sent(one) or past.acted_at
            if one.number not in asked:
                self._ask(one, let_go=bool(held))
            if one.event == events.HoldEnded.name and one.data["decision"] == "released":
                self.released[one.data["action"]] = one.data["held"]
            past.happens(one)
            past.end_waits(one)
            if one.event == events.ActionDone.name and one.data["action"] not in self.bench.same_actions:
                self.marks += aftermath.counted_by_action(past, one)
        past.begin_waits(moment.happened)
        planning.replan(past)
        self._judge_clocks(moment.at, later)

    def _ask_ahead(self, coming: Sequence[Happened]) -> set[int]:
        reply = self.past.book.replies.id
        words = next((one for one in coming if one.event == events.Posted.name), None)
        if words is None or words.data.get("action") != reply:
            return set()
        self._ask(words, let_go=False)
        return {words.number}

    def _ask(self, one: Happened, *, let_go: bool) -> None:
        """Asks the rules about what somebody did, where it is an action."""
        name = self._action(one)
        if not name or one.actor_id is None or self.past.case.queue:  # what a queue's people do is asked of the parent
            return
        said = self.past.answer(name, one, let_go=let_go)
        if not isinstance(said, Available):
            why = said.why if isinstance(said, Unavailable) else ""
            self.refused.append(Refused(name, one.party, one.at, one.number, why, said is None))
        elif one.event == events.ActionDone.name and name not in self.bench.same_forms:
            self._read_form(one, said.action)

    def _read_form(self, one: Happened, action: Action) -> None:
        """Asks whether the action, which may be done, was filled in as these rules demand."""
        own = self.bench.own.book.action(action.id)
        filled = forms.Filled(own.under(self.past.case.reason) if own else None, one.data)
        on = one.at.astimezone(self.past.book.clock.zone).date()
        why, unknown = forms.lacking(self.past.book, action, filled, on)
        self.unknown += [(action.id, name) for name in unknown]
        if why:
            self.refused.append(Refused(action.id, one.party, one.at, one.number, why, gone=False))

    def _action(self, one: Happened) -> str:
        """The action an entry tells of; the reply has no entry of its own but its message."""
        name = str(one.data.get("action", ""))
        if name == self.bench.own.book.replies.id:
            spoken = one.event in {events.HoldBegan.name, events.Posted.name} and not one.data.get("channel")
            return self.past.book.replies.id if spoken else ""
        return name if one.event in {events.ActionDone.name, events.HoldBegan.name} else ""

    def _judge_clocks(self, at: datetime, later: datetime | None) -> None:
        """Misses what ran out before this moment, unless a letter that came in time is recorded only `later`."""
        past = self.past
        for clock in judgement.run_out(past.clocks, at=at):
            if past.waits(clock) or (later is not None and later <= clock.due_at):
                continue
            self._miss(clock)

    def _miss(self, clock: Deadline) -> None:
        past = self.past
        judgement.mark_missed(clock)
        was = past.at
        past.at = clock.due_at
        self.missed.append((clock.rule, clock.due_at))
        for one in self._following(clock):
            past.happens(one)
        planning.replan(past)
        past.at = was

    def _following(self, clock: Deadline) -> Iterator[Happened]:
        """What follows from a miss: what followed then, or what these rules say."""
        followed = self.cut.followed.get((clock.rule, clock.due_at))
        if followed is not None and clock.rule in self.bench.same_misses:
            yield from followed
        else:
            yield from aftermath.of_miss(self.past, clock, self.marks)

    def _all_marks(self) -> list[Counted]:
        """What counts: marks of misses that still are, and of everything these rules leave as it was."""
        score = self.bench.rules.book.score
        metrics = {metric.id for metric in score.metrics} if score else set()
        marks = self.past.history.marks
        voided = {(one.metric, one.at) for one in marks if one.voided}
        anew = [one for one in self.marks if (one.metric, one.at) not in voided] if self.past.case.seller_id else []
        kept = [one for one in marks if not one.voided and self._stays(one)]
        return [one for one in (*kept, *anew) if one.metric in metrics]

    def _stays(self, mark: Counted) -> bool:
        kind, _colon, name = mark.source.rpartition("@")[0].partition(":")
        if kind == "deadline":
            return name in self.bench.same_misses and (name, mark.at) in self.missed
        return kind != "action" or name in self.bench.same_actions


def _sent(one: Happened) -> datetime | None:
    """When a message was sent that waited to be said."""
    pressed = one.data.get("pressed_at")
    return parse_datetime(str(pressed)) if pressed else None
