"""Playing a scenario inside a transaction that is rolled back at the end, whatever happened."""

from collections.abc import Iterator

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import translation
from pydantic import ValidationError

from tratativa.cases.core import rulebook_versions
from tratativa.cases.core.refusals import Invalid, NotAllowed, Outdated
from tratativa.cases.models import Case, Entry
from tratativa.cases.orders.returns import WrongOrder
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.reading import BadRulebook
from tratativa.rulebook.terms.yaml_source import Loc
from tratativa.rulebook.time.calendar import BadCalendar
from tratativa.scenarios import looking_away, stage
from tratativa.scenarios.cast import BadCast
from tratativa.scenarios.expecting import expecting
from tratativa.scenarios.failures import Failure
from tratativa.scenarios.folded_text import fold
from tratativa.scenarios.moments import BadMoment
from tratativa.scenarios.scripts import Scenario, Step
from tratativa.scenarios.stage import Stage, Unplayable
from tratativa.scenarios.steps import steps

_UNPLAYABLE = (Unplayable, BadCast, BadMoment)
_REFUSALS = (Invalid, NotAllowed, Outdated, WrongOrder)


def play(scenario: Scenario, before: Rulebook | None = None) -> list[Failure]:
    """Plays a scenario and returns what failed; nothing of it stays in the database or among the files.

    `before` are the rules whose deadlines the story was written for: where it looks at a case as one of them ends, and
    it ends at another moment now, that moment is told.
    """
    with transaction.atomic():
        try:
            return list(_play(scenario, before))
        finally:
            transaction.set_rollback(True)


def _play(scenario: Scenario, before: Rulebook | None = None) -> Iterator[Failure]:
    try:
        set_up = stage.build(scenario)
    except (*_UNPLAYABLE, BadCalendar, BadRulebook, ValidationError) as bad:
        yield Failure(scenario.file, scenario.line(), str(bad))
        return
    spoken = scenario.language or rulebook_versions.site_language(set_up.book.language)
    try:
        waited: Step | None = None
        for step in scenario.steps:
            waited = step if step.move in {"at", "after"} else waited
            with translation.override(spoken):
                failures = list(_step(scenario, set_up, step))
            if failures and before and waited and not any(one.gives for one in failures):
                yield from looking_away.look(scenario, set_up, waited, before, failures)
                return  # what follows looks at another moment than was meant
            yield from failures
            if failures and step.move != "expect":
                return  # what follows would only fail for the same reason
    finally:
        for path in set_up.files:
            default_storage.delete(path)


def _step(scenario: Scenario, on: Stage, step: Step) -> Iterator[Failure]:
    if step.move == "expect":
        try:
            for miss in expecting.check(on, step):
                loc: Loc = (*step.path, "expect", *miss.path)
                yield Failure(
                    scenario.file, scenario.line(loc), miss.what, miss.expected, miss.actual, (*scenario.path, *loc),
                    miss.gives,
                )  # fmt: skip
        except _UNPLAYABLE as bad:
            yield Failure(scenario.file, scenario.line(step.path), str(bad))
        return
    told = _told(scenario, on, step)
    if told:
        yield Failure(scenario.file, scenario.line(step.path), *told)


def _told(scenario: Scenario, on: Stage, step: Step) -> tuple[str, str, str] | None:
    """What went wrong with a step, or None."""
    before = _count(on)
    try:
        with transaction.atomic():
            steps.take(on, step)
    except _REFUSALS as refusal:
        if step.refused is None:
            return f"o passo `{step.move}` foi recusado", "que fosse feito", str(refusal) or type(refusal).__name__
        if step.refused is not True and fold(str(step.refused)) not in fold(str(refusal)):
            return f"o passo `{step.move}` foi recusado por outra razão", str(step.refused), str(refusal)
        if _count(on) != before:
            return f"o passo `{step.move}` foi recusado e mesmo assim mudou algo", "nada", "linhas novas"
        return None
    except _UNPLAYABLE as bad:
        return str(bad), "", ""
    if step.refused is not None:
        return f"o passo `{step.move}` foi aceito", f"recusa: {step.refused}", "nenhuma recusa"
    return None


def _count(on: Stage) -> tuple[int, int, int]:
    """What a refused step may not have moved: cases, entries, and the sum of their versions."""
    cases = list(Case.objects.filter(marketplace=on.marketplace).values_list("row_version", flat=True))
    return len(cases), Entry.objects.filter(case__marketplace=on.marketplace).count(), sum(cases)
