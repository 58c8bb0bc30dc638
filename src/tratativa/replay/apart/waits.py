"""Waits: a procedure's timers and queues' clocks, found again on past cases with where the rules say how long.

Which step a timer belongs to stands in the track its run left. What the case's own rules do not give as it was is left
out: nobody knows then whose time it is.
"""

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.dateparse import parse_datetime

from tratativa.cases import events
from tratativa.cases.clocks import planning
from tratativa.cases.models import Deadline, Escalation
from tratativa.cases.queues import children
from tratativa.playbooks.models import Run
from tratativa.replay import histories
from tratativa.replay.histories import Asked, History, Kept, Wait
from tratativa.rulebook.language.any_step import Step
from tratativa.rulebook.language.arguments import EscalateTo
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.language.step_kinds import Ask, Escalate
from tratativa.rulebook.language.step_kinds import Wait as WaitStep
from tratativa.rulebook.procedures import walking
from tratativa.rulebook.procedures.walking import LostWay, Position
from tratativa.rulebook.time.durations import Duration

# How tallies and reports call what a wait waits for: a step somebody answers, one that only lets time pass, a queue.
STEP, PAUSE, QUEUE = "step", "pause", "queue"
_CLOCKS = (planning.TIMER, planning.ANSWER)


@dataclass(frozen=True)
class _Stop:
    """Where a run stood, from when until when, and the child case it asked there."""

    begun: datetime
    left: datetime | None
    playbook: str
    step: str
    child: str


def read(found: Sequence[History], own: Callable[[uuid.UUID], Rulebook]) -> None:
    """Puts its waits and its children on each history; a fixed number of queries. `own` gives a version's rules."""
    asked = Escalation.objects.filter(parent__in=[one.case.pk for one in found])
    rows = list(asked.values_list("child_id", "parent_id", "queue"))
    children_ = histories.read([child for child, _parent, _queue in rows], answers=False) if rows else []
    clocks = _clocks([*found, *children_])
    if not clocks:
        return
    stops = _stops([one.case.pk for one in found])
    by_key = {one.case.pk: one for one in children_}
    parents = {one.case.pk: one for one in found}
    for one in found:
        for clock in clocks.get(one.case.pk, ()):
            if wait := _timer(own(one.case.version_id), clock, stops.get(one.case.pk, ())):
                one.waits.append(wait)
    for child, parent, queue in rows:
        history, above = by_key[child], parents[parent]
        for clock in clocks.get(child, ()):
            told = _asked(above, stops.get(parent, ()), str(child), queue)
            if wait := _queue(own(history.case.version_id), clock, told):
                history.waits.append(wait)
                above.children.append(history)


def is_pause(name: str) -> bool:
    """Whether this is the time of a step that only lets time pass."""
    return name.startswith(f"{PAUSE}:")


def term(book: Rulebook, asked: Asked) -> Duration | None:
    """How long these rules give; None where they say nothing of it any more."""
    if asked.playbook:
        step = step_of(book, asked)
        if isinstance(step, Ask):
            return step.within
        if isinstance(step, WaitStep):
            return step.wait
        if isinstance(step, Escalate) and asked.queue and book.queue(step.escalate.to) == book.queue(asked.queue):
            return _of_queue(book, asked.queue, step.escalate.within)
        return None
    if asked.action:
        action = book.action(asked.action)
        asking = (one.argument for one in action.do if isinstance(one.argument, EscalateTo)) if action else iter(())
        found = next(asking, None)
        return _of_queue(book, asked.queue, found.within) if found else None
    return _of_queue(book, asked.queue, None)


def step_of(book: Rulebook, asked: Asked) -> Step | None:
    """The step, or None where these rules have none there."""
    try:
        return walking.step_at(book, Position(asked.playbook, asked.step))
    except LostWay:
        return None


def _of_queue(book: Rulebook, name: str, within: Duration | None) -> Duration | None:
    queue = book.queue(name)
    return children.term(queue, within) if queue else None


def _timer(book: Rulebook, clock: Deadline, stops: Iterable[_Stop]) -> Wait | None:
    """The timer of the step that gives it its time: of two stops of one moment, the later one that does."""
    standing = [
        one for one in stops if one.begun <= clock.started_at and (not one.left or clock.started_at <= one.left)
    ]
    for stop in reversed(standing):
        asked = Asked(playbook=stop.playbook, step=stop.step)
        kind = PAUSE if isinstance(step_of(book, asked), WaitStep) else STEP
        if wait := _wait(book, clock, asked, f"{kind}:{stop.playbook}/{stop.step}"):
            return wait
    return None


def _queue(book: Rulebook, clock: Deadline, asked: Asked) -> Wait | None:
    return _wait(book, clock, asked, f"{QUEUE}:{asked.queue}")


def _wait(book: Rulebook, clock: Deadline, asked: Asked, name: str) -> Wait | None:
    within = term(book, asked)
    if clock.answered_at == clock.started_at:
        return None  # over as it began: no rule could have made another thing of it
    if within is None or book.clock.due(clock.started_at, within) != clock.due_at:
        return None
    kept = Kept(name, clock.started_at, clock.due_at, clock.state, clock.answered_at)
    return Wait(clock.rule, clock.party, clock.to, asked, kept)


def _asked(parent: History, stops: Iterable[_Stop], child: str, queue: str) -> Asked:
    """Who put the question to the queue: the step the procedure stood at, the action that did it, or the desk."""
    if stop := next((one for one in stops if one.child == child), None):
        return Asked(queue, stop.playbook, stop.step)
    opened = (one for one in parent.happened if one.event == events.ChildOpened.name)
    entry = next((one for one in opened if one.data["child"] == child), None)
    doing = [
        one for one in parent.happened
        if entry and one.event == events.ActionDone.name and (one.at, one.actor_id) == (entry.at, entry.actor_id)
        and one.number < entry.number
    ]  # fmt: skip
    return Asked(queue, action=doing[-1].data["action"] if doing else "")


def _clocks(found: Sequence[History]) -> Mapping[uuid.UUID, list[Deadline]]:
    rows = Deadline.objects.filter(case__in=[one.case.pk for one in found], rule__in=_CLOCKS)
    clocks: dict[uuid.UUID, list[Deadline]] = defaultdict(list)
    for one in rows.order_by("started_at", "id"):
        clocks[one.case_id].append(one)
    return clocks


def _stops(cases: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, list[_Stop]]:
    stops: dict[uuid.UUID, list[_Stop]] = defaultdict(list)
    for run in Run.objects.filter(case__in=cases).order_by("started_at", "id"):
        stops[run.case_id].extend(_of_run(run))
    return stops


def _of_run(run: Run) -> Iterator[_Stop]:
    begun = run.started_at
    for track in run.trail:
        left = parse_datetime(track["at"])
        assert left is not None
        yield _Stop(begun, left, track["playbook"], track["step"], track["child"])
        begun = left
    yield _Stop(begun, None, run.at_playbook, run.step, str(run.child_id or ""))
