"""What an agent reads of a run: what to say now, the answers with their keys, and the data beside them."""

from dataclasses import dataclass

from tratativa.cases import books, wording
from tratativa.cases.models import Case
from tratativa.playbooks import walks
from tratativa.playbooks.models import Run
from tratativa.rulebook import walking
from tratativa.rulebook.language import Rulebook
from tratativa.rulebook.steps import Do, Guide, Link, Picture, Step, Tell, Wait
from tratativa.rulebook.walking import Choice

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
    """A choice with the key that gives it; empty after the tenth."""

    choice: Choice
    key: str


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
    goes_on = isinstance(here, Wait | Tell | Do)  # the last two stood still because their text had a hole
    offered = [Choice("next", "Seguir")] if goes_on else walking.choices(here)
    if run.finished_at is not None:
        return []
    return [Answer(one, KEYS[place : place + 1]) for place, one in enumerate(offered)]


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
