"""A history judged again under the very rules it lived under comes out as it was: the replay is no second engine."""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from django.db.models import Max

from tratativa.cases import events
from tratativa.cases.clocks import planning
from tratativa.cases.core import rulebook_versions
from tratativa.cases.models import Case, Deadline, Entry
from tratativa.replay import histories, outcomes
from tratativa.replay.apart import waits, words
from tratativa.replay.histories import History, Kept
from tratativa.replay.judging import Bench, Judged
from tratativa.replay.rules import Rules
from tratativa.rulebook import shipped
from tratativa.rulebook.language.rulebook import Rulebook
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
    # Every form is read, although it is the same.
    return outcomes.judged(history, replace(bench, same_forms=frozenset()))


def unlike_the_record(history: History, book: Rulebook, roles: Mapping[uuid.UUID, str]) -> list[str]:
    """The messages of which conduct says something else now than it did when they were written."""
    quiet = book.model_copy(update={"conduct": ()})
    loud = {one.said.number for one in words.judged(history, book, quiet, roles)[0]}
    known = {events.ConductWarned.name}
    warned = [one for one in history.happened if one.event in known]
    held = [one for one in history.happened if one.event == events.HoldBegan.name and one.data["why"] == "conduct"]
    return [f"{len(loud)} of {len(warned) + len(held)}"] if len(loud) != len(warned) + len(held) else []


def read(batch: list[uuid.UUID]) -> list[History]:
    """The histories of these cases, with what they waited for and what was said."""
    found = histories.read(batch, answers=True)
    waits.read(found, lambda version: Rules.of(rulebook_versions.of_version(version)).book)
    words.read(found)
    return found


def clocks(history: History, rules: frozenset[str]) -> list[Kept]:
    return sorted((one for one in history.clocks if one.rule in rules), key=_order)


def _order(clock: Kept) -> tuple[object, ...]:
    return clock.started_at, clock.rule, clock.due_at


def differences(history: History) -> list[str]:
    """What comes out otherwise."""
    again = judged_again(history)
    rules = frozenset(rule.id for rule in rulebook_versions.of(history.case).deadlines)
    was = clocks(history, rules) + [wait.kept for one in (history, *history.children) for wait in one.waits]
    was, now = sorted(was, key=_order), sorted(again.clocks, key=_order)
    found = [f"clock was {one}" for one in was if one not in now] + [f"clock is {one}" for one in now if one not in was]
    found += [f"refused: {one}" for one in again.refused] + [f"unknown: {one}" for one in again.unknown]
    book = rulebook_versions.of(history.case)
    roles = histories.roles(history.case.marketplace_id)
    found += [f"said: {one}" for one in words.judged(history, book, book, roles)[0]]
    found += [f"conduct: {one}" for one in unlike_the_record(history, book, roles)]
    marks = sorted((mark.metric, mark.at) for mark in history.marks if not mark.voided)
    counted = sorted((mark.metric, mark.at) for mark in again.marks)
    return found + ([f"marks were {marks}, are {counted}"] if marks != counted else [])


@pytest.mark.django_db
@pytest.mark.parametrize("scenario", SCENARIOS, ids=_name)
def test_a_story_judged_again_under_its_own_rules_is_the_same(scenario: Scenario) -> None:
    with transaction.atomic():
        list(running._play(scenario))

        batch = list(Case.objects.filter(queue="").values_list("id", flat=True))
        found = [line for one in read(batch) for line in differences(one)]
        undone = unresolved(batch)

        transaction.set_rollback(True)
    assert not found, "\n".join(found)
    assert not undone, undone


def unresolved(batch: list[uuid.UUID]) -> list[str]:
    """The timers and queues' clocks nobody knows the time of any more; none, but where a step was taken back."""
    known = {wait.kept.started_at for one in read(batch) for each in (one, *one.children) for wait in each.waits}
    rows = Deadline.objects.filter(rule__in=[planning.TIMER, planning.ANSWER])
    back = Entry.objects.filter(event=events.RunSteppedBack.name).exists()
    return (
        []
        if back
        else [
            f"{row.rule} of {row.started_at}"
            for row in rows
            if row.started_at not in known and row.answered_at != row.started_at
        ]
    )
