"""What an agent reads of a run: what to say now, the answers with their keys, and the data beside them."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache as cached

from django.utils.translation import gettext as _

from tratativa.accounts.actors import Actor
from tratativa.cases.core import facts, rulebook_versions
from tratativa.cases.messages import wording
from tratativa.cases.models import Case
from tratativa.playbooks import silence as silences
from tratativa.playbooks import walks
from tratativa.playbooks.models import Run
from tratativa.rulebook.language.any_step import SILENCE, Link, Picture, Step
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.language.step_kinds import Ask, Finish, Guide, Tell, Wait
from tratativa.rulebook.procedures import walking
from tratativa.rulebook.procedures.walking import Choice, LostWay
from tratativa.rulebook.terms.facts import Facts

KEYS = "1234567890"


@dataclass(frozen=True)
class Figure:
    """A picture beside words: what it shows, and where its bytes are kept; no digest where the version has no file."""

    alt: str
    digest: str = ""
    width: int = 0
    height: int = 0


@dataclass(frozen=True)
class Said:
    """Words an agent says, or that were told for them to a party (`told`), with links and pictures."""

    text: str
    told: str = ""
    links: tuple[Link, ...] = ()
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True)
class Answer:
    """A choice with the key that gives it, empty after the tenth, what it would do that nobody can take back, and
    whether it finishes the case."""

    choice: Choice
    key: str
    for_good: tuple[str, ...] = ()
    finishes: bool = False


def step(case: Case, run: Run) -> Step:
    """The step the run stands at."""
    return walking.step_at(rulebook_versions.of(case), walks.position(run))


def said(case: Case, run: Run) -> list[Said]:
    """What the steps since the last stop say, oldest first, and then what the stop itself says."""
    book = rulebook_versions.of(case)
    found: list[Said] = []
    for playbook, name in run.shown:
        known = book.playbook(playbook)
        passed = known.steps.get(name) if known else None
        found.extend(_of(book, case, passed) if passed else [])
    here = step(case, run)
    if run.finished_at is not None:
        return found
    return [*found, *_aside(book, here), *_held(book, case, here)]


def answers(case: Case, run: Run) -> list[Answer]:
    """What the agent may answer now, each with one key; none once the run has finished."""
    here = step(case, run)
    goes_on = isinstance(here, Wait | Tell)  # the last stood still because its text had a hole
    offered = [Choice("next", _("Seguir"))] if goes_on else walking.choices(here, rulebook_versions.of(case).speaks)
    if run.finished_at is not None:
        return []
    return [Answer(one, KEYS[place : place + 1]) for place, one in enumerate(offered)]


def weighed(case: Case, run: Run, *, by: Actor, at: datetime) -> list[Answer]:
    """As `answers`, each with what it would do for good as things stand."""
    knowing = cached(lambda: {**facts.of_moment(case, by, at), **facts.of_customer(case, at)})
    return [_weigh(case, run, one, knowing) for one in answers(case, run)]


def silence(case: Case, run: Run, *, by: Actor, at: datetime) -> Answer | None:
    """That nobody answers, where the agent can tell by now, with what it would do for good; None where they cannot."""
    here = step(case, run)
    if run.finished_at is not None or not silences.may_be_said(case, run, here, at=at):
        return None
    on_the_line = isinstance(here, Ask) and here.on_the_line
    label = _("Desligou: seguir sem esperar") if on_the_line else _("Não respondeu mais: seguir")
    knowing = cached(lambda: {**facts.of_moment(case, by, at), **facts.of_customer(case, at)})
    return _weigh(case, run, Answer(Choice(SILENCE, label), ""), knowing)


def _weigh(case: Case, run: Run, one: Answer, knowing: Callable[[], Facts]) -> Answer:
    """A `do` that waits to be confirmed is named on the page already: its confirmation is the one question."""
    try:
        steps = walking.for_good(rulebook_versions.of(case), walks.position(run), one.choice.key, knowing)
    except LostWay:
        return one
    finishes = bool(steps) and isinstance(steps[-1], Finish)
    return replace(one, for_good=tuple(step.label() for step in steps), finishes=finishes)


def _held(book: Rulebook, case: Case, here: Step) -> list[Said]:
    """Why the run stands before a step that tells people something."""
    no = walks.first_unfilled(case, book, walks.tellings(here))
    return [Said(str(no))] if no else []


def _of(book: Rulebook, case: Case, passed: Step) -> list[Said]:
    if isinstance(passed, Guide):
        words = book.templates.get(passed.guide.template, "") if passed.guide.template else passed.guide.text
        links = (*passed.guide.links, *passed.links)
        return [Said(wording.of_case(case, words), links=links, figures=_figures(book, passed))]
    if isinstance(passed, Tell):
        texts = [(str(party), book.templates.get(name, "")) for party, name in passed.tell.items()]
        return [Said(wording.of_case(case, one), told=party) for party, one in texts if one]
    return _aside(book, passed)


def _aside(book: Rulebook, step: Step) -> list[Said]:
    """What a step that is no words itself says meanwhile."""
    if not (step.say or step.links or step.pictures):
        return []
    return [Said(step.say, links=step.links, figures=_figures(book, step))]


def _figures(book: Rulebook, step: Step) -> tuple[Figure, ...]:
    return tuple(_figure(book, one) for one in step.all_pictures())


def _figure(book: Rulebook, one: Picture) -> Figure:
    kept = book.pictures.get(one.file)
    return Figure(one.alt, kept.digest, kept.width, kept.height) if kept else Figure(one.alt)
