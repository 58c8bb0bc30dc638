"""Listing: what a row of the list says beside its case's own columns: the last message, and how much time is gone."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery

from tratativa.accounts.actors import Actor
from tratativa.cases import events
from tratativa.cases.core import visibility
from tratativa.cases.models import Case, Deadline, Text
from tratativa.cases.reading import open_cases, tags
from tratativa.orders.models import Line
from tratativa.rulebook.terms.parties import Party

_TENTH = 0.9  # of the clock: what is left after it is its last tenth


@dataclass(frozen=True)
class Said:
    """The last message this reader may read: its words, who wrote it, and whether the reader has not seen it yet."""

    words: str
    party: Party
    mine: bool
    unread: bool


@dataclass(frozen=True)
class Clock:
    """How much of the nearest clock is gone, from 0 to 1; `last` within its last tenth."""

    gone: float

    @property
    def last(self) -> bool:
        return self.gone >= _TENTH


@dataclass(frozen=True)
class Beside:
    """What is said beside the cases of a page, by their keys; goods by their order's."""

    said: Mapping[uuid.UUID, Said]
    clocks: Mapping[uuid.UUID, Clock]
    goods: Mapping[uuid.UUID, str]
    tags: Mapping[uuid.UUID, list[str]]


def beside(cases: Sequence[Case], actor: Actor, *, at: datetime) -> Beside:
    """The last words, clocks, goods and tags of these cases, which the actor may know of; five queries however many."""
    if not cases:
        return Beside({}, {}, {}, {})
    return Beside(_said(cases, actor), _clocks(cases, actor, at), _goods(cases, actor), tags.of_cases(cases, actor))


def _said(cases: Sequence[Case], actor: Actor) -> dict[uuid.UUID, Said]:
    """One walk back from each case's end to the last message: a long conversation costs what a short one does."""
    keys = [case.pk for case in cases]
    heard = visibility.visible_texts(actor)
    last = heard.filter(case=OuterRef("pk"), entry__event=events.Posted.name).order_by("-entry__number")
    latest = visibility.visible_cases(actor).filter(pk__in=keys).annotate(last=Subquery(last.values("pk")[:1]))
    texts = heard.filter(pk__in=latest.values("last")).select_related("entry").only(
        "case_id", "body", "entry__number", "entry__party", "entry__actor_id"
    )  # fmt: skip
    read = open_cases.read_of(keys, actor)
    return {text.case_id: _of_text(text, actor, read.get(text.case_id, 0)) for text in texts}


def _of_text(text: Text, actor: Actor, read: int) -> Said:
    mine = text.entry.party == actor.party
    return Said(text.body, Party(text.entry.party), mine, unread=not mine and text.entry.number > read)


def _goods(cases: Sequence[Case], actor: Actor) -> dict[uuid.UUID, str]:
    """What the orders of these cases are of: the first line's title."""
    orders = {case.order_id for case in cases if case.order_id}
    if not orders:
        return {}
    lines = Line.objects.filter(order__in=visibility.visible_orders(actor).filter(pk__in=orders))
    return dict(lines.order_by("order_id", "pk").distinct("order_id").values_list("order_id", "title"))


def _clocks(cases: Sequence[Case], actor: Actor, at: datetime) -> dict[uuid.UUID, Clock]:
    """Of each case the running clock that falls due when its row says, as far as this party's lists know of it."""
    due = {case.pk: case.due_for(actor.party) for case in cases if not case.overdue_for(actor.party)}
    wanted = [key for key, moment in due.items() if moment]
    running = Deadline.objects.filter(case__in=wanted, state="running").values_list("case_id", "started_at", "due_at")
    found = {}
    for key, started, ends in running if wanted else ():
        if ends == due[key] and ends > started:
            found[key] = Clock(min(1.0, max(0.0, (at - started) / (ends - started))))
    return found
