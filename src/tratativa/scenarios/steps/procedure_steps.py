"""Guided procedures in a scenario: started, answered, verified, called; and what queues answer."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tratativa.accounts.actors import Actor
from tratativa.cases.acting import follow_ups
from tratativa.cases.queues import children, reporting_in
from tratativa.playbooks import running, stepping
from tratativa.rulebook.terms.ids import slug
from tratativa.scenarios import filling
from tratativa.scenarios.scripts import Step, nearest
from tratativa.scenarios.stage import Stage, Unplayable

_RESULTS = {"ok": True, "fail": False, "true": True, "false": False}


def playbook(stage: Stage, step: Step, by: Actor, says: Any) -> None:
    """`playbook: label`."""
    if stage.book.playbook(str(says)) is None:
        labels = [one.playbook for one in stage.book.playbooks]
        raise Unplayable(f"não existe o roteiro `{says}`{nearest(says, labels)}")
    running.start(stage.case(step.case), str(says), by=by, at=stage.at)


def choose(stage: Stage, step: Step, by: Actor, says: Any) -> None:
    """`choose: an answer's label`."""
    said = {True: "true", False: "false"}.get(says, str(says)) if isinstance(says, bool) else str(says)
    running.choose(stage.case(step.case), said, by=by, at=stage.at)


def call(stage: Stage, step: Step, by: Actor, says: Any) -> None:
    """`call: {reached: true | false}`."""
    given = filling.mapping("call", says, ("reached",))
    running.call(stage.case(step.case), reached=given.get("reached") is True, by=by, at=stage.at)


def report_in(stage: Stage, _step: Step, by: Actor, says: Any) -> None:
    """A partner's `report_in: {reason, text, order?, document?, as?}`: the case it opens becomes the story's."""
    given = filling.mapping("report_in", says, ("reason", "text", "order", "document", "as"))
    topic = stage.book.reason(str(given.get("reason", "")))
    child = reporting_in.report(
        topic.id if topic else "", str(given.get("text", "")), by=by, at=stage.at, number=str(given.get("order", "")),
        document=str(given.get("document", "")),
    )  # fmt: skip
    assert child.parent
    stage.remember(child.parent, str(given.get("as", "")))


def back(stage: Stage, step: Step, by: Actor, says: Any) -> None:
    """`back: why`: the last answer is taken back."""
    stepping.back(stage.case(step.case), by=by, at=stage.at, why="" if says is True else str(says))


def abandon(stage: Stage, step: Step, by: Actor, says: Any) -> None:
    """`abandon: why`: the procedure ends where it stands."""
    stepping.abandon(stage.case(step.case), str(says), by=by, at=stage.at)


def restart(stage: Stage, step: Step, by: Actor, says: Any) -> None:
    """`restart: why`: it begins anew."""
    stepping.restart(stage.case(step.case), str(says), by=by, at=stage.at)


def verify(stage: Stage, step: Step, by: Actor, says: Mapping[str, Any]) -> None:
    """The marketplace's `answer: {check: ok | fail}`."""
    results = {}
    for label, result in says.items():
        said = str(result).casefold()
        if said not in _RESULTS:
            raise Unplayable(f"uma conferência é `ok` ou `fail`, não `{result}`")
        results[str(label)] = _RESULTS[said]
    running.verify(stage.case(step.case), results, by=by, at=stage.at)


def of_queue(stage: Stage, step: Step) -> tuple[Step, Actor] | None:
    """For a step whose move is a queue's name (or `partner`): the step on the child case, and who acts."""
    if step.move == "partner":
        found = stage.asked(name=step.case)
    elif stage.book.queue(step.move):
        if isinstance(step.says, Mapping) and "report_in" in step.says:
            return step, stage.partner_of(slug(step.move))
        found = stage.asked(slug(step.move), step.case)
    else:
        return None
    if found is None:
        raise Unplayable(f"nada foi perguntado a `{step.move}`")
    return replace(step, case=found[0]), found[1]


def settle(stage: Stage) -> bool:
    """What a worker does within seconds: children and parents hear of each other, people of their tasks."""
    news = children.catch_up(stage.marketplace.pk, at=stage.at)
    follow_ups.remind(at=stage.at)
    return news
