"""What is held, in a scenario: whoever may decides on the oldest, and who asked takes it back."""

from typing import Any

from tratativa.accounts.actors import Actor
from tratativa.cases.acting import approvals, pending
from tratativa.cases.models import Held
from tratativa.scenarios.scripts import Step
from tratativa.scenarios.stage import Stage, Unplayable


def release(stage: Stage, step: Step, by: Actor, _says: Any) -> None:
    """`release: true`: the oldest thing held on the case happens."""
    approvals.release(_oldest(stage, step, by), by=by, at=stage.at)


def refuse(stage: Stage, step: Step, by: Actor, says: Any) -> None:
    """`refuse: why`: it does not."""
    approvals.refuse(_oldest(stage, step, by), str(says), by=by, at=stage.at)


def undo(stage: Stage, step: Step, by: Actor, _says: Any) -> None:
    """`undo: true`: its author takes it back."""
    approvals.undo(_oldest(stage, step, by), by=by, at=stage.at)


def let_go(stage: Stage) -> None:
    """What a worker does once an undo window is over."""
    due = Held.objects.filter(case__marketplace=stage.marketplace, decided_at=None, due_at__lte=stage.at)
    for held in due.order_by("due_at"):
        approvals.release_due(held.pk, at=stage.at)


def _oldest(stage: Stage, step: Step, by: Actor) -> Held:
    found = next(iter(pending.waiting(stage.case(step.case), by)), None)
    if found is None:
        raise Unplayable("nada está retido neste atendimento")
    return found
