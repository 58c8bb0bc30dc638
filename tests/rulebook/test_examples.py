"""A new marketplace is a folder: the examples are checked and played like the shipped rulebooks."""

from pathlib import Path

import pytest

from tratativa.rulebook import reading
from tratativa.rulebook.lint import linting
from tratativa.scenarios import running, script_reading
from tratativa.scenarios.scripts import Scenario

EXAMPLES = Path(__file__).parents[2] / "examples"
SCENARIOS = [scenario for file in sorted(EXAMPLES.glob("*/scenarios/*.yaml")) for scenario in script_reading.read(file)]


@pytest.mark.parametrize(
    "folder", sorted(path.parent for path in EXAMPLES.glob("*/rulebook.yaml")), ids=lambda one: one.name
)
def test_an_example_has_no_problem(folder: Path) -> None:
    assert linting.lint(reading.load(folder)) == []


@pytest.mark.django_db
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one.name)
def test_an_examples_story_holds(scenario: Scenario) -> None:
    failures = running.play(scenario)

    assert not failures, "\n".join(str(failure) for failure in failures)
