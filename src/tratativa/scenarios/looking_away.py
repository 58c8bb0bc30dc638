"""Looking away: a story that waits until a deadline ends, under rules that end it at another moment."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from tratativa.cases.models import Deadline
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.yaml_source import Loc
from tratativa.scenarios import moments
from tratativa.scenarios.failures import Failure
from tratativa.scenarios.scripts import Scenario, Step
from tratativa.scenarios.stage import Stage

NEAR = timedelta(hours=1)  # before or after the end of a deadline, that a story means this very end


def look(
    scenario: Scenario, stage: Stage, waited: Step, before: Rulebook, failures: Sequence[Failure]
) -> Iterator[Failure]:
    """That the story looks at the former end of a deadline, and at which moment it would see the present one; where
    nothing of the kind is to be seen, the failures as they are."""
    zone = stage.book.clock.zone
    for row in Deadline.objects.filter(case__marketplace=stage.marketplace).order_by("-started_at", "-id"):
        rule = before.deadline(row.rule)
        if rule is None or row.pauses or row.exception is not None:
            continue
        former = before.clock.due(row.started_at, rule.within)
        if former == row.due_at or abs(stage.at - former) > NEAR:
            continue
        now = (row.due_at + (stage.at - former)).astimezone(zone)
        loc: Loc = (*waited.path, waited.move)
        what = f"a história espera «{rule.label}» acabar em {moments.show(former.astimezone(zone))}"
        yield Failure(
            scenario.file, scenario.line(loc), what, moments.show(stage.at.astimezone(zone)), moments.show(now),
            (*scenario.path, *loc), _written(waited, stage.at, now),
        )  # fmt: skip
        return
    yield from failures


def _written(waited: Step, at: datetime, now: datetime) -> str:
    """As the step would say it: a moment, or how much longer or shorter it waits."""
    if waited.move == "at":
        return moments.show(now)
    return moments.longer(str(waited.says), now - at)
