"""Every scenario of every shipped rulebook, played against the real engine."""

from pathlib import Path

import pytest

from tratativa.rulebook import shipped
from tratativa.scenarios import running, script_reading
from tratativa.scenarios.scripts import Scenario

FILES = sorted(shipped.FOLDER.glob("*/scenarios/*.yaml"))
SCENARIOS = [scenario for file in FILES for scenario in script_reading.read(file)]


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
# Rows a page proves: rupture lists and the panel of last orders.
_K = {
    1: 14, 2: 2, 3: 6, 4: 10, 5: 10, 6: 5, 7: 8, 8: 3, 9: 1, 10: 1, 11: 2, 12: 7, 13: 3, 14: 2, 15: 2, 16: 2, 17: 7,
    18: 1, 19: 6,
}  # fmt: skip
ROWS = {
    "A-": _rows("A", 1, 38),
    "M-": _rows("M", 1, 18) - {"M-16", "M-18"} | {f"M-R{number:02d}" for number in range(1, 22)},
    "C-": _rows("C", 1, 20) - {"C-04", "C-20"},
    "K": {row for flow, last in _K.items() for row in _rows(f"K{flow:02d}", 1, last)} - {"K04-10", "K05-10"},
    "T-": _rows("T", 1, 18) - {"T-05", "T-08", "T-09", "T-18"},
}


@pytest.mark.parametrize("prefix", ROWS)
def test_every_acceptance_row_is_named_by_a_scenario(prefix: str) -> None:
    named = {row for scenario in SCENARIOS for row in scenario.rows if row.startswith(prefix)}

    assert ROWS[prefix] - named == set()
    assert named - ROWS[prefix] == set()
