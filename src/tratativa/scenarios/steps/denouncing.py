"""Reports of messages, in a scenario: the customer denounces the seller's last word, and somebody decides."""

from typing import Any

from tratativa.accounts.actors import Actor
from tratativa.cases import events
from tratativa.cases.core import visibility
from tratativa.cases.models import Report
from tratativa.cases.score import reports
from tratativa.rulebook.terms.parties import Party
from tratativa.scenarios import filling
from tratativa.scenarios.scripts import Step
from tratativa.scenarios.stage import Stage, Unplayable


def report(stage: Stage, step: Step, by: Actor, says: Any) -> None:
    """`report: {reason, text?}`: the last message the seller wrote that this customer can read."""
    given = filling.mapping("report", says, ("reason", "text"))
    seen = visibility.visible_entries(stage.case(step.case), by)
    message = seen.filter(event=events.Posted.name, party=str(Party.SELLER)).last()
    if message is None:
        raise Unplayable("o vendedor ainda não escreveu ao cliente neste atendimento")
    reports.report(message, reason=str(given.get("reason", "")), words=str(given.get("text", "")), by=by, at=stage.at)


def confirm(stage: Stage, step: Step, by: Actor, says: Any) -> None:
    """`confirm: why`: the oldest report of the case is right."""
    reports.confirm(_oldest(stage, step), str(says), by=by, at=stage.at)


def dismiss(stage: Stage, step: Step, by: Actor, says: Any) -> None:
    """`dismiss: why`: it is not."""
    reports.dismiss(_oldest(stage, step), str(says), by=by, at=stage.at)


def _oldest(stage: Stage, step: Step) -> Report:
    waiting = Report.objects.filter(case=stage.case(step.case), decided_at=None)
    found = waiting.select_related("case", "message").order_by("at", "id").first()
    if found is None:
        raise Unplayable("nenhuma denúncia espera decisão neste atendimento")
    return found
