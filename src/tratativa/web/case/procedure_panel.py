"""The panel of a procedure on its case: what to say, the answers with their keys, the data, and who was asked."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from tratativa.accounts.actors import Actor
from tratativa.cases.clocks import planning
from tratativa.cases.core import facts, protocols, rulebook_versions
from tratativa.cases.models import Case, Escalation
from tratativa.cases.queues import passing_on
from tratativa.cases.requests import answering_for, requests
from tratativa.playbooks import calling, reading, running, stepping
from tratativa.playbooks.models import Run
from tratativa.playbooks.reading import Answer, Said
from tratativa.rulebook import verdict as verdicts
from tratativa.rulebook.language.any_step import GIVEN_UP, Step
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.language.step_kinds import Ask, Call, Verify, Wait
from tratativa.rulebook.procedures import diagram
from tratativa.rulebook.terms.parties import Party
from tratativa.web.case import step_facts


@dataclass(frozen=True)
class Child:
    """A child case as its parent's page shows it."""

    shown: str
    queue: str
    status: str
    tone: str
    due: datetime | None
    url: str
    note: str


@dataclass(frozen=True)
class Asked:
    """The form the customer was asked and has not answered: to what address, whether the run goes on without it, and
    what they wrote since instead of filling it in: their newest words and when, else None."""

    label: str
    for_url: str
    again_url: str
    address: str
    gives_up: bool
    said: tuple[str, datetime] | None


@dataclass(frozen=True)
class Standing:
    """Where a run under way stands, ready to be drawn; a call counts at once (`counts`), or from `slot` on.

    `owed` is the queue whose answer came while the customer was told nothing since, and when; None otherwise.
    `silence` is the agent's way where nobody answers, None while that cannot be known.
    `stuck` says why the last answer cannot be taken back, empty where it can; `at_once` that no reason is asked yet.
    """

    label: str
    step: str
    question: str
    said: list[Said]
    answers: list[Answer]
    beside: list[step_facts.Fact]
    checks: tuple[str, ...]
    calls: int
    attempts: int
    counts: bool
    slot: datetime | None
    waits: bool
    silence: Answer | None
    asked: Asked | None
    due: datetime | None
    owed: tuple[str, datetime] | None
    stuck: str
    at_once: bool
    picture: SafeString


@dataclass(frozen=True)
class Panel:
    """The procedures of a case: the one under way, those that may be started, and its child cases."""

    url: str
    standing: Standing | None
    offered: list[tuple[str, str, bool]]
    children: list[Child]
    parent: tuple[str, str] | None
    note: str


def panel(case: Case, actor: Actor, *, at: datetime) -> Panel | None:
    """The panel for the marketplace's team, where the rulebook knows procedures; nobody else has one."""
    book = rulebook_versions.of(case)
    if actor.party is not Party.MARKETPLACE or not (book.playbooks or book.queues):
        return None
    run = None if case.queue else running.of(case)
    under_way = run is not None and run.finished_at is None
    queue = book.queue(case.queue) if case.queue else None
    may_start = case.is_open and not case.queue and not under_way
    asked = list(Escalation.objects.filter(parent=case).select_related("child").order_by("asked_at", "id")[:50])
    return Panel(
        url=reverse("run", args=[protocols.show(case.protocol)]),
        standing=_standing(case, run, book, actor, at) if run and under_way else None,
        offered=[
            (one.id, one.playbook, case.reason in one.reasons) for one in running.offered(book, case)
        ] if may_start else [],
        children=[_child(row, book) for row in asked],
        parent=_parent(case),
        note=queue.note if queue else "",
    )  # fmt: skip


def _standing(case: Case, run: Run, book: Rulebook, actor: Actor, at: datetime) -> Standing:
    step, playbook = reading.step(case, run), book.playbook(run.at_playbook)
    assert playbook is not None
    done = frozenset(name for where, name, _outcome in run.path if where == run.at_playbook)
    made = calling.made(run)
    waits = _waits(step, run)
    slot = calling.proposed(step.call, made, at, book.clock) if isinstance(step, Call) else None
    return Standing(
        label=playbook.playbook,
        step=run.step,
        question=step.label(),
        said=reading.said(case, run),
        answers=reading.weighed(case, run, by=actor, at=at),
        beside=step_facts.of(case, step.show, at=at),
        checks=step.verify if isinstance(step, Verify) else (),
        calls=len(made),
        attempts=step.call.attempts if isinstance(step, Call) else 0,
        counts=slot is not None and slot <= at,
        slot=slot,
        waits=waits,
        silence=reading.silence(case, run, by=actor, at=at),
        asked=_asked(case, run, step, actor),
        due=_due(case) if waits else None,
        owed=_owed(case, book, actor),
        stuck=stepping.why_not(case, run),
        at_once=stepping.at_once(run, at),
        # Our own drawing of the rulebook's words, each of them escaped where it is put in.
        picture=mark_safe(diagram.svg(playbook, current=run.step, done=done)),  # noqa: S308
    )


def _asked(case: Case, run: Run, step: Step, actor: Actor) -> Asked | None:
    request = run.request
    if not isinstance(step, Ask) or request is None or request.of != Party.CUSTOMER or request.answered_at:
        return None
    where = [protocols.show(case.protocol), request.pk]
    said = answering_for.said_since(request, actor)
    return Asked(
        label=requests.label(request),
        for_url=reverse("answer_for", args=where),
        again_url=reverse("ask_again", args=where),
        address=case.letters_to or (case.customer.email if case.customer else ""),
        gives_up=GIVEN_UP in step.then,
        said=(said[-1].said, said[-1].at) if said else None,
    )


def _due(case: Case) -> datetime | None:
    """Until when the step waits (K01-11: five minutes on the line)."""
    clock = case.deadlines.filter(rule=planning.TIMER, state="running").order_by("due_at").first()
    return clock.due_at if clock else None


def _waits(step: Step, run: Run) -> bool:
    return step.kind in {"ask", "escalate"} or isinstance(step, Wait)


def _owed(case: Case, book: Rulebook, actor: Actor) -> tuple[str, datetime] | None:
    """The answer nobody has passed on, by its queue's name, and when it came."""
    found = passing_on.owed(case, actor)
    return (book.queue_label(found.queue), found.at) if found else None


def _child(row: Escalation, book: Rulebook) -> Child:
    queue, shown = book.queue(row.queue), protocols.show(row.child.protocol)
    status, tone = verdicts.status_label(book, facts.of_columns(row.child), Party.MARKETPLACE)
    due = row.child.due_at if row.child.is_open else None
    label, note = (queue.label, queue.note) if queue else (row.queue, "")
    return Child(shown, label, status, tone, due, reverse("case", args=[shown]), note)


def _parent(case: Case) -> tuple[str, str] | None:
    if not case.queue or case.parent is None:
        return None
    shown = protocols.show(case.parent.protocol)
    return shown, reverse("case", args=[shown])
