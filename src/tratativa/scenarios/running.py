"""Playing a scenario inside a transaction that is rolled back at the end, whatever happened."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import translation
from pydantic import ValidationError

from tratativa.cases.core import rulebook_versions
from tratativa.cases.core.refusals import Invalid, NotAllowed, Outdated
from tratativa.cases.models import Case, Entry
from tratativa.cases.orders.returns import WrongOrder
from tratativa.rulebook.reading import BadRulebook
from tratativa.rulebook.time.calendar import BadCalendar
from tratativa.scenarios import stage
from tratativa.scenarios.cast import BadCast
from tratativa.scenarios.expecting import expecting
from tratativa.scenarios.folded_text import fold
from tratativa.scenarios.moments import BadMoment
from tratativa.scenarios.scripts import Scenario, Step
from tratativa.scenarios.stage import Stage, Unplayable
from tratativa.scenarios.steps import steps

_UNPLAYABLE = (Unplayable, BadCast, BadMoment)
_REFUSALS = (Invalid, NotAllowed, Outdated, WrongOrder)


@dataclass(frozen=True)
class Failure:
    """What went otherwise than the scenario says: where it stands, what it wanted and what came."""

    file: str
    line: int
    what: str
    expected: str = ""
    actual: str = ""

    def __str__(self) -> str:
        told = f"{self.file}:{self.line}: {self.what}"
        if self.expected or self.actual:
            told += f"\n    esperado: {self.expected}\n    veio:     {self.actual}"
        return told


def play(scenario: Scenario) -> list[Failure]:
    """Plays a scenario and returns what failed; nothing of it stays in the database or among the files."""
    with transaction.atomic():
        try:
            return list(_play(scenario))
        finally:
            transaction.set_rollback(True)


def _play(scenario: Scenario) -> Iterator[Failure]:
    try:
        set_up = stage.build(scenario)
    except (*_UNPLAYABLE, BadCalendar, BadRulebook, ValidationError) as bad:
        yield Failure(scenario.file, scenario.line(), str(bad))
        return
    spoken = scenario.language or rulebook_versions.site_language(set_up.book.language)
    try:
        for step in scenario.steps:
            with translation.override(spoken):
                failures = list(_step(scenario, set_up, step))
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
                line = scenario.line((*step.path, "expect", *miss.path))
                yield Failure(scenario.file, line, miss.what, miss.expected, miss.actual)
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
