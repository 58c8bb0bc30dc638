"""Rehearsing files one after the other and telling what failed."""

from collections.abc import Callable, Iterable
from pathlib import Path

from tqdm import tqdm

from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.scenarios import running, script_files, script_reading
from tratativa.scenarios.failures import Failure
from tratativa.scenarios.scripts import BadScenario, Scenario


def rehearse(
    paths: Iterable[Path],
    tell: Callable[[str], None],
    *,
    hear: Callable[[Scenario, Failure], None] = lambda _scenario, _failure: None,
    before: Rulebook | None = None,
) -> tuple[int, int]:
    """Plays every scenario under these paths; tells each failure; returns how many passed and how many failed.

    A file that cannot be read counts as one that failed. `hear` gets each failure as it is, `before` as `running.play`.
    """
    scenarios, failed = _read(paths, tell)
    passed = 0
    for scenario in tqdm(scenarios, unit="cenário", disable=None, leave=False):
        failures = running.play(scenario, before)
        if failures:
            failed += 1
            tell(f"✗ {scenario.name}")
            for failure in failures:
                tell(f"  {failure}".replace("\n", "\n  "))
                hear(scenario, failure)
        else:
            passed += 1
    return passed, failed


def _read(paths: Iterable[Path], tell: Callable[[str], None]) -> tuple[list[Scenario], int]:
    scenarios: list[Scenario] = []
    failed = 0
    try:
        files = script_files.files(paths)
    except BadScenario as bad:
        tell(str(bad))
        return [], 1
    if not files:
        tell("Não há cenários aqui: nada foi provado.")
    for file in files:
        try:
            scenarios.extend(script_reading.read(file))
        except BadScenario as bad:
            failed += 1
            tell(str(bad))
    return scenarios, failed
