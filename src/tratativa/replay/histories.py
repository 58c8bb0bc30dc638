"""Histories: what the ledger, the clocks and the marks say of past cases, read a batch at a time.

A batch is all that is ever in memory; cases are found by key, never by offset.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db.models import F, FloatField, Func, Value

from tratativa.accounts.models import Membership, Seller
from tratativa.cases import events
from tratativa.cases.models import Attachment, Case, Deadline, Entry, Mark, Request
from tratativa.orders.models import Milestone

BATCH = 250  # cases


@dataclass(slots=True)
class Happened:
    """One entry of the ledger, as clocks and rules look at it."""

    number: int
    event: str
    data: Mapping[str, Any]
    party: str
    actor_id: uuid.UUID | None
    audience: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a clock: when it began, was due and was answered, and its state."""

    rule: str
    started_at: datetime
    due_at: datetime
    state: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class Counted:
    """A mark: what counted for the seller, when, and from what; a voided one counts no more."""

    metric: str
    at: datetime
    source: str
    voided: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """Where it is said how long something may take that no deadline describes: a queue's own time, a step of a
    procedure, or an action that asks a queue."""

    queue: str = ""
    playbook: str = ""
    step: str = ""
    action: str = ""


@dataclass(frozen=True, slots=True)
class Wait:
    """A procedure's timer, or a queue's clock on its child case: what became of it, whose it was, where its time is
    said. `clock` is the rule of its row; `kept` calls it by what it waits for."""

    clock: str
    party: str
    to: str
    asked: Asked
    kept: Kept


@dataclass(slots=True)
class History:
    """A case and all that happened to it. `case` is as it stands today, with its order and their seller at hand.

    `children` are the histories of the questions it put to queues. `words` are those of its entries, where they were
    asked for and are still there.
    """

    case: Case
    happened: list[Happened] = field(default_factory=list)
    clocks: list[Kept] = field(default_factory=list)
    marks: list[Counted] = field(default_factory=list)
    milestones: list[tuple[datetime, str]] = field(default_factory=list)
    answers: list[tuple[datetime, str, Mapping[str, Any]]] = field(default_factory=list)
    with_files: frozenset[int] = frozenset()
    waits: list[Wait] = field(default_factory=list)
    children: "list[History]" = field(default_factory=list)
    words: Mapping[int, str] = field(default_factory=dict)


def keys(marketplace_id: uuid.UUID, *, since: datetime, until: datetime) -> Iterator[list[uuid.UUID]]:
    """The keys of the cases opened from `since` and before `until`, a batch at a time, by a cursor of the server's.

    Child cases are no histories of their own: a queue's clock is counted by the step that asked it.
    """
    opened = Case.objects.filter(marketplace_id=marketplace_id, opened_at__gte=since, opened_at__lt=until, queue="")
    batch: list[uuid.UUID] = []
    for key in opened.order_by("id").values_list("id", flat=True).iterator(chunk_size=5_000):
        batch.append(key)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def count(marketplace_id: uuid.UUID, *, since: datetime, until: datetime) -> int:
    """How many histories there are to read."""
    opened = Case.objects.filter(marketplace_id=marketplace_id, opened_at__gte=since, opened_at__lt=until, queue="")
    return opened.count()


def roles(marketplace_id: uuid.UUID) -> Mapping[uuid.UUID, str]:
    """The role each person of a team has today: the ledger does not keep which one they had."""
    members = Membership.objects.filter(marketplace_id=marketplace_id)
    return dict(members.values_list("person_id", "role"))


def read(batch: list[uuid.UUID], *, answers: bool) -> list[History]:
    """The histories of these cases; a fixed number of queries. `answers` where some rule asks for those of forms."""
    rows = Case.objects.filter(pk__in=batch).select_related("order")
    found = {case.pk: History(case) for case in rows.order_by("id")}
    _read_sellers(found)
    _read_ledger(found)
    kept = Deadline.objects.filter(case__in=batch).order_by("started_at", "id")
    columns = ("case_id", "rule", "state", _seconds("started_at"), _seconds("due_at"), _seconds("answered_at"))
    for case_id, rule, state, began, due, answered in kept.values_list(*columns):
        answered_at = None if answered is None else datetime.fromtimestamp(answered, UTC)
        clock = Kept(rule, datetime.fromtimestamp(began, UTC), datetime.fromtimestamp(due, UTC), state, answered_at)
        found[case_id].clocks.append(clock)
    marks = Mark.objects.filter(case__in=batch).order_by("at", "id")
    for case_id, metric, at, source, voided in marks.values_list("case_id", "metric", "at", "source", "voided"):
        found[case_id].marks.append(Counted(metric, at, source, voided))
    _read_milestones(found)
    if answers:
        _read_answers(found)
    return list(found.values())


def _read_sellers(found: Mapping[uuid.UUID, History]) -> None:
    """One row of each seller, whichever cases and orders are theirs."""
    cases = [one.case for one in found.values()]
    keys = {case.seller_id for case in cases} | {case.order.seller_id for case in cases if case.order}
    sellers = Seller.objects.in_bulk([key for key in keys if key])
    for case in cases:
        if case.seller_id:
            case.seller = sellers[case.seller_id]
        if case.order:
            case.order.seller = sellers[case.order.seller_id]


def _seconds(column: str) -> Func:
    """A moment as seconds: a double holds microseconds until the year 2255, and is read ten times as fast as a text."""
    return Func(Value("epoch"), F(column), function="date_part", output_field=FloatField())


def _read_ledger(found: Mapping[uuid.UUID, History]) -> None:
    said = Entry.objects.filter(case__in=list(found)).order_by("case_id", "number")
    columns = ("case_id", "number", "event", "data", "party", "actor_id", "audience", _seconds("at"))
    answered: dict[uuid.UUID, list[int]] = defaultdict(list)
    for case_id, number, event, data, party, actor, readers, at in said.values_list(*columns).iterator(5_000):
        one = Happened(number, event, data, party, actor, readers, datetime.fromtimestamp(at, UTC))
        found[case_id].happened.append(one)
        if one.event == events.Answered.name:
            answered[case_id].append(one.number)
    if answered:
        _mark_files(found, answered)


def _mark_files(found: Mapping[uuid.UUID, History], answered: Mapping[uuid.UUID, Iterable[int]]) -> None:
    """Which answers came with files."""
    files = Attachment.objects.filter(case__in=list(answered), entry__event=events.Answered.name)
    numbers: dict[uuid.UUID, set[int]] = defaultdict(set)
    for case_id, number in files.values_list("case_id", "entry__number"):
        numbers[case_id].add(number)
    for case_id, those in numbers.items():
        found[case_id].with_files = frozenset(those)


def _read_milestones(found: Mapping[uuid.UUID, History]) -> None:
    by_order: dict[uuid.UUID, list[History]] = defaultdict(list)
    for one in found.values():
        if one.case.order_id:
            by_order[one.case.order_id].append(one)
    reached = Milestone.objects.filter(order__in=list(by_order)).order_by("at")
    for order_id, at, stage in reached.values_list("order_id", "at", "stage"):
        for one in by_order[order_id]:
            one.milestones.append((at, stage))


def _read_answers(found: Mapping[uuid.UUID, History]) -> None:
    answered = Request.objects.filter(case__in=list(found), answered_at__isnull=False).order_by("answered_at")
    for case_id, at, ask, answers in answered.values_list("case_id", "answered_at", "ask", "answers"):
        if at is not None:
            found[case_id].answers.append((at, ask, answers))
