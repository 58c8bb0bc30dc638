"""A guided procedure as the case page draws it: what to say, the data beside it, and one key per answer."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from tratativa.accounts.actors import Actor
from tratativa.cases import books, protocols
from tratativa.cases.models import Case, Escalation
from tratativa.playbooks import calling, reading, running
from tratativa.playbooks.models import Run
from tratativa.playbooks.reading import Answer, Said
from tratativa.rulebook.parties import Party
from tratativa.rulebook.steps import Ask, Call, Escalate, Verify, Wait


@dataclass(frozen=True)
class Panel:
    """Where the procedure stands. `kind` says what its step waits for: `answer`, `verify`, `call`, or `others`."""

    title: str
    step: str
    step_id: str
    kind: str
    said: list[Said]
    beside: list[tuple[str, str]]
    answers: list[Answer]
    checks: tuple[str, ...]
    attempt: int
    attempts: int
    next_call: datetime | None
    until: datetime | None
    finished: bool
    diagram_url: str


@dataclass(frozen=True)
class Guide:
    """What the page offers: the panel of a run, and the procedures that can begin where none is under way."""

    panel: Panel | None
    offered: list[tuple[str, str]]
    url: str


@dataclass(frozen=True)
class Child:
    """A child case: its number, the queue, what became of it."""

    shown: str
    url: str
    queue: str
    state: str


def of_case(case: Case, actor: Actor, *, at: datetime) -> Guide | None:
    """The procedures of a case, for the marketplace's agents; None where its rulebook has none."""
    book = books.of(case)
    if actor.party is not Party.MARKETPLACE or not book.playbooks or case.queue:
        return None
    run = running.of(case)
    under_way = run is not None and run.finished_at is None
    free = case.is_open and not under_way
    offered = [(one.id, one.playbook) for one in running.offered(book, case)] if free else []
    shown = protocols.show(case.protocol)
    return Guide(_panel(case, run, at) if run else None, offered, reverse("run", args=[shown]))


def children(case: Case, actor: Actor) -> list[Child]:
    """The case's child cases, oldest first; one query."""
    if actor.party is not Party.MARKETPLACE or case.queue or not books.of(case).queues:
        return []
    rows = Escalation.objects.filter(parent=case).select_related("child").order_by("asked_at")
    return [_child(row, case) for row in rows]


def _panel(case: Case, run: Run, at: datetime) -> Panel:
    book, step = books.of(case), reading.step(case, run)
    at_playbook = book.playbook(run.at_playbook)
    rules = step.call if isinstance(step, Call) else None
    attempts = calling.made(run)
    return Panel(
        title=at_playbook.playbook if at_playbook else run.at_playbook,
        step=step.label(),
        step_id=run.step,
        kind=_kind(step),
        said=reading.said(case, run),
        beside=reading.beside(case, run),
        answers=reading.answers(case, run),
        checks=step.verify if isinstance(step, Verify) else (),
        attempt=len(attempts) + 1,
        attempts=rules.attempts if rules else 0,
        next_call=calling.proposed(rules, attempts, at, book.clock) if rules else None,
        until=book.clock.due(run.moved_at, step.wait) if isinstance(step, Wait) else None,
        finished=run.finished_at is not None,
        diagram_url=reverse("playbook", args=[run.at_playbook]) + f"?case={protocols.show(case.protocol)}",
    )


def _kind(step: object) -> str:
    if isinstance(step, Verify):
        return "verify"
    if isinstance(step, Call):
        return "call"
    return "others" if isinstance(step, Ask | Escalate) else "answer"


def _child(row: Escalation, parent: Case) -> Child:
    queue = books.of(parent).queue(row.queue)
    shown = protocols.show(row.child.protocol)
    state = "answered" if row.answered_at else "silent" if row.silent_at else "waiting"
    return Child(shown, reverse("case", args=[shown]), queue.label if queue else row.queue, state)
