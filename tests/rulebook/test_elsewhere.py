"""A rulebook of another country needs no Python: two that were written from the docs alone are checked and played."""

from pathlib import Path

import pytest

from tratativa.rulebook import reading
from tratativa.rulebook.lint import linting
from tratativa.scenarios import running, script_reading
from tratativa.scenarios.scripts import Scenario

ELSEWHERE = Path(__file__).parent / "elsewhere"
FOLDERS = sorted(path.parent for path in ELSEWHERE.glob("*/rulebook.yaml"))
STORIES = [story for file in sorted(ELSEWHERE.glob("*/scenarios/*.yaml")) for story in script_reading.read(file)]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda one: one.name)
def test_it_has_no_problem(folder: Path) -> None:
    loaded = reading.load(folder)

    assert linting.lint(loaded) == []
    assert linting.warn(loaded) == []


@pytest.mark.django_db
@pytest.mark.parametrize("story", STORIES, ids=lambda one: one.name)
def test_its_story_holds(story: Scenario) -> None:
    failures = running.play(story)

    assert not failures, "\n".join(str(failure) for failure in failures)
