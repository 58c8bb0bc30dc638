"""A history judged again under the very rules it lived under comes out as it was: the replay is no second engine."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.db.models import Max

from tratativa.cases.core import rulebook_versions
from tratativa.cases.models import Case, Entry
from tratativa.replay import histories, judging, moments
from tratativa.replay.histories import History, Kept
from tratativa.replay.judging import Bench, Judged
from tratativa.replay.rules import Rules
from tratativa.rulebook import shipped
from tratativa.scenarios import running, script_reading
from tratativa.scenarios.scripts import Scenario

FILES = sorted(shipped.FOLDER.glob("*/scenarios/*.yaml"))
SCENARIOS = [scenario for file in FILES for scenario in script_reading.read(file)]


def _name(scenario: Scenario) -> str:
    return f"{Path(scenario.file).parts[0]}: {scenario.name}"


def judged_again(history: History, at: object = None) -> Judged:
    """The history under its own rules, as of the last thing that happened anywhere."""
    rules = Rules.of(rulebook_versions.of(history.case))
    last = Entry.objects.filter(case__marketplace=history.case.marketplace).aggregate(at=Max("at"))["at"]
    roles = histories.roles(history.case.marketplace_id)
    bench = Bench.of(rules, rules, roles, last + timedelta(microseconds=1))
    return judging.judge(history, moments.cut(history.happened), bench)


def clocks(history: History, rules: frozenset[str]) -> list[Kept]:
    return sorted((one for one in history.clocks if one.rule in rules), key=_order)


def _order(clock: Kept) -> tuple[object, ...]:
    return clock.started_at, clock.rule, clock.due_at


def differences(history: History) -> list[str]:
    """What comes out otherwise."""
    again = judged_again(history)
    rules = frozenset(rule.id for rule in rulebook_versions.of(history.case).deadlines)
    was, now = clocks(history, rules), sorted(again.clocks, key=_order)
    found = [f"clock was {one}" for one in was if one not in now] + [f"clock is {one}" for one in now if one not in was]
    found += [f"refused: {one}" for one in again.refused]
    marks = sorted((mark.metric, mark.at) for mark in history.marks if not mark.voided)
    counted = sorted((mark.metric, mark.at) for mark in again.marks)
    return found + ([f"marks were {marks}, are {counted}"] if marks != counted else [])


@pytest.mark.django_db
@pytest.mark.parametrize("scenario", SCENARIOS, ids=_name)
def test_a_story_judged_again_under_its_own_rules_is_the_same(scenario: Scenario) -> None:
    with transaction.atomic():
        list(running._play(scenario))

        batch = list(Case.objects.filter(queue="").values_list("id", flat=True))
        found = [line for one in histories.read(batch, answers=True) for line in differences(one)]

        transaction.set_rollback(True)
    assert not found, "\n".join(found)
