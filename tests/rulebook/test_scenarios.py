"""Every scenario of every shipped rulebook, played against the real engine."""

from pathlib import Path

import pytest

from tratativa.rehearsal import running, scripts
from tratativa.rehearsal.scripts import Scenario
from tratativa.rulebook import shipped

FILES = sorted(shipped.FOLDER.glob("*/scenarios/*.yaml"))
SCENARIOS = [scenario for file in FILES for scenario in scripts.read(file)]


def _name(scenario: Scenario) -> str:
    return f"{Path(scenario.file).parts[0]}: {scenario.name}"


@pytest.mark.django_db
@pytest.mark.parametrize("scenario", SCENARIOS, ids=_name)
def test_the_scenario_holds(scenario: Scenario) -> None:
    failures = running.play(scenario)

    assert not failures, "\n".join(str(failure) for failure in failures)


def _rows(prefix: str, first: int, last: int) -> set[str]:
    return {f"{prefix}-{number:02d}" for number in range(first, last + 1)}


# Rows a scenario cannot tell yet: conduct and chat manners, articles, folded letters and rich text.
ROWS = {
    "A-": _rows("A", 1, 38),
    "M-": _rows("M", 1, 18) - {"M-16", "M-18"} | {f"M-R{number:02d}" for number in range(1, 22)},
    "C-": _rows("C", 1, 20) - {"C-04", "C-20"},
    "T-": _rows("T", 1, 18) - {"T-05", "T-06", "T-07", "T-08", "T-09", "T-18"},
}


@pytest.mark.parametrize("prefix", ROWS)
def test_every_acceptance_row_is_named_by_a_scenario(prefix: str) -> None:
    named = {row for scenario in SCENARIOS for row in scenario.rows if row.startswith(prefix)}

    assert ROWS[prefix] - named == set()
    assert named - ROWS[prefix] == set()
