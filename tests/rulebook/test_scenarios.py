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


def test_every_acceptance_row_of_americanas_is_named_by_a_scenario() -> None:
    rows = {f"A-{number:02d}" for number in range(1, 39)}

    named = {row for scenario in SCENARIOS for row in scenario.rows if row.startswith("A-")}

    assert rows - named == set()
    assert named - rows == set()
