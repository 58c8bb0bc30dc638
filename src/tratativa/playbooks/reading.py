"""What an agent reads of a run: what to say now, the answers with their keys, and the data beside them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache as cached

from tratativa.accounts.actors import Actor
from tratativa.cases import books, facts, wording
from tratativa.cases.models import Case
from tratativa.playbooks import walks
from tratativa.playbooks.models import Run
from tratativa.rulebook import walking
from tratativa.rulebook.facts import Facts
from tratativa.rulebook.language import Rulebook
from tratativa.rulebook.steps import Guide, Link, Picture, Step, Tell, Wait
from tratativa.rulebook.walking import Choice, LostWay

KEYS = "1234567890"


@dataclass(frozen=True)
class Said:
    """Words an agent says, or that were told for them (`told`), with links and pictures."""

    text: str
    told: bool = False
    links: tuple[Link, ...] = ()
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True)
class Answer:
    """A choice with the key that gives it, empty after the tenth, and what it would do that nobody can take back."""

    choice: Choice
    key: str
    for_good: tuple[str, ...] = ()


def step(case: Case, run: Run) -> Step:
    """The step the run stands at."""
    return walking.step_at(books.of(case), walks.position(run))


def said(case: Case, run: Run) -> list[Said]:
    """What the steps since the last stop say, oldest first, and then what the stop itself says."""
    book = books.of(case)
    found: list[Said] = []
    for playbook, name in run.shown:
        known = book.playbook(playbook)
        passed = known.steps.get(name) if known else None
        found.extend(_of(book, case, passed) if passed else [])
    here = step(case, run)
    if run.finished_at is not None:
        return found
    return [*found, *([Said(here.say)] if here.say else []), *_held(book, case, here)]


def answers(case: Case, run: Run) -> list[Answer]:
    """What the agent may answer now, each with one key; none once the run has finished."""
    here = step(case, run)
    goes_on = isinstance(here, Wait | Tell)  # the last stood still because its text had a hole
    offered = [Choice("next", "Seguir")] if goes_on else walking.choices(here)
    if run.finished_at is not None:
        return []
    return [Answer(one, KEYS[place : place + 1]) for place, one in enumerate(offered)]


def weighed(case: Case, run: Run, *, by: Actor, at: datetime) -> list[Answer]:
    """As `answers`, each with what it would do for good as things stand."""
    knowing = cached(lambda: {**facts.of_moment(case, by, at), **facts.of_customer(case, at)})
    return [replace(one, for_good=for_good(case, run, one.choice.key, knowing)) for one in answers(case, run)]


def for_good(case: Case, run: Run, outcome: str, knowing: Callable[[], Facts]) -> tuple[str, ...]:
    """The steps this answer leads through that nobody can take back, by their labels.

    A `do` that waits to be confirmed is named on the page already: its confirmation is the one question.
    """
    try:
        passed = walking.for_good(books.of(case), walks.position(run), outcome, knowing)
    except LostWay:
        return ()
    return tuple(one.label() for one in passed)


def _held(book: Rulebook, case: Case, here: Step) -> list[Said]:
    """Why the run stands before a step that tells people something."""
    no = walks.first_unfilled(case, book, walks.tellings(here))
    return [Said(str(no))] if no else []


def _of(book: Rulebook, case: Case, passed: Step) -> list[Said]:
    if isinstance(passed, Guide):
        words = book.templates.get(passed.guide.template, "") if passed.guide.template else passed.guide.text
        return [Said(wording.of_case(case, words), links=passed.guide.links, pictures=passed.guide.pictures)]
    if isinstance(passed, Tell):
        texts = [book.templates.get(name, "") for name in passed.tell.values()]
        return [Said(wording.of_case(case, one), told=True) for one in texts if one]
    return [Said(passed.say)] if passed.say else []
