"""Walking a playbook: from a stop and its answer over what needs nobody, to the next stop. Pure; replays alike."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from tratativa.rulebook.language import effects
from tratativa.rulebook.language.any_step import ANSWERED, GIVEN_UP, NEXT, SILENCE, Step
from tratativa.rulebook.language.playbooks import Playbook
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.language.step_kinds import (
    ELSE,
    EXHAUSTED,
    FAIL,
    OK,
    REACHED,
    UNKNOWN,
    Check,
    Do,
    Finish,
    Goto,
    Question,
    Verify,
)
from tratativa.rulebook.sentences import Sentence
from tratativa.rulebook.terms import languages
from tratativa.rulebook.terms.facts import Facts
from tratativa.rulebook.terms.ids import slug

# Lint finds circles nobody stands in; a rulebook that was never linted must not hang the desk.
LONGEST = 200
# The outcomes nobody answers, in the words of whoever reads of them.
_OUTCOMES = {
    NEXT: Sentence("", ""),
    SILENCE: Sentence("sem resposta", "no answer"),
    ANSWERED: Sentence("respondido", "answered"),
    GIVEN_UP: Sentence("seguiu sem a resposta", "went on without the answer"),
    REACHED: Sentence("atendeu", "picked up"),
    EXHAUSTED: Sentence("não atendeu", "did not pick up"),
    OK: Sentence("tudo confere", "everything matches"),
    FAIL: Sentence("não confere", "does not match"),
    ELSE: Sentence("outro", "another"),
    UNKNOWN: Sentence("não se sabe", "not known"),
}
_CASES = {"true": Sentence("Sim", "Yes"), "false": Sentence("Não", "No"), ELSE: Sentence("Outro", "Another")}
_CONFIRM = Sentence("Confirmar", "Confirm")
_CONFIRMED = Sentence("confirmado", "confirmed")


class LostWay(LookupError):
    """The playbook names a step, a playbook or an outcome that does not exist."""


@dataclass(frozen=True)
class Position:
    """Where a run stands. `back` holds the steps it returns to after a jump: (playbook, step), innermost last."""

    playbook: str
    step: str
    back: tuple[tuple[str, str], ...] = ()
    finished: bool = False


@dataclass(frozen=True)
class Passed:
    """A step the run came to: at a stop it waits, at any other it goes on. `outcome` is how a check answered itself."""

    position: Position
    step: Step
    stops: bool
    outcome: str = ""


@dataclass(frozen=True)
class Choice:
    """An answer an agent may give: its key, and the label people read."""

    key: str
    label: str


def begin(book: Rulebook, playbook: Playbook, facts: Callable[[], Facts]) -> Iterator[Passed]:
    """The steps from the start to the first stop. The caller does each one's effects before asking for the next.

    Nobody has answered anything yet: a `do` on the way waits until somebody confirms it.
    """
    yield from _walk(book, Position(playbook.id, playbook.start), facts, confirmed=False)


def go_on(book: Rulebook, at: Position, outcome: str, facts: Callable[[], Facts]) -> Iterator[Passed]:
    """The steps from a stop, answered with this outcome, to the next stop. Raises LostWay."""
    yield from _walk(book, _follow(book, at, outcome), facts, confirmed=True)


def go_on_by_itself(book: Rulebook, at: Position, outcome: str, facts: Callable[[], Facts]) -> Iterator[Passed]:
    """As `go_on`, where a fact became known and nobody answered: a `do` on the way waits to be confirmed."""
    yield from _walk(book, _follow(book, at, outcome), facts, confirmed=False)


def for_good(book: Rulebook, at: Position, outcome: str, facts: Callable[[], Facts]) -> list[Step]:
    """What this answer would do that nobody can take back, in order; nothing of it is done. Raises LostWay."""
    return [passed.step for passed in go_on(book, at, outcome, facts) if _is_for_good(passed)]


def _is_for_good(passed: Passed) -> bool:
    if isinstance(passed.step, Do):
        return any(effect.name in effects.FOR_GOOD for effect in passed.step.do)
    return isinstance(passed.step, Finish) and passed.position.finished


def again(book: Rulebook, at: Position, facts: Callable[[], Facts]) -> Iterator[Passed]:
    """The steps from this one, which nobody passed yet, to the next stop. Raises LostWay."""
    yield from _walk(book, at, facts, confirmed=True)


def step_at(book: Rulebook, at: Position) -> Step:
    """The step at this position. Raises LostWay."""
    found = book.playbook(at.playbook)
    if found is None or at.step not in found.steps:
        raise LostWay(f"{at.playbook}/{at.step}")
    return found.steps[at.step]


def choices(step: Step, language: str = languages.OWN) -> list[Choice]:
    """What an agent may answer at this stop, in the playbook's order; nothing where the desk or a form answers.

    What the rulebook has no words for is said in `language`.
    """
    if isinstance(step, Question):
        return [Choice(key, step.labels.get(key, key)) for key in step.answers]
    if isinstance(step, Do):
        return [Choice(NEXT, _CONFIRM.say(language))]
    if isinstance(step, Check):
        return [Choice(key, _case_label(step, key, language)) for key in step.cases if key != UNKNOWN]
    return []


def chosen(step: Step, said: str) -> str | None:
    """The outcome an agent's words mean at this stop, by key or label, or None."""
    wanted = slug(said)
    offered = [one for language in ("pt", "en") for one in choices(step, language)]
    return next((one.key for one in offered if wanted in {slug(one.key), slug(one.label)}), None)


def said(step: Step, outcome: str, language: str = languages.OWN) -> str:
    """An outcome as people read it; empty for the one way on of a step that has no other."""
    built_in = _OUTCOMES[outcome].say(language) if outcome in _OUTCOMES else outcome
    if isinstance(step, Check | Question):
        labels = {choice.key: choice.label for choice in choices(step, language)}
        return labels.get(outcome, built_in)
    return _CONFIRMED.say(language) if isinstance(step, Do) else built_in


def known(step: Check, facts: Facts) -> str | None:
    """How a check answers itself from these facts, or None where an agent must."""
    value = facts.get(step.check)
    if value is None:
        return UNKNOWN if UNKNOWN in step.cases else None
    name = str(value).lower() if isinstance(value, bool) else str(value)
    if name in step.cases:
        return name
    return ELSE if ELSE in step.cases else None


def checked(step: Verify, results: dict[str, bool]) -> str:
    """`ok` when every check passed, else `fail`. `results` has one entry for each check of the step."""
    return "ok" if all(results[label] for label in step.verify) else "fail"


def _walk(book: Rulebook, position: Position, facts: Callable[[], Facts], *, confirmed: bool) -> Iterator[Passed]:
    for _count in range(LONGEST):
        step = step_at(book, position)
        outcome = known(step, facts()) if isinstance(step, Check) else None
        if isinstance(step, Finish) and not position.back:
            yield Passed(replace(position, finished=True), step, stops=True)
            return
        waits = step.stops or (isinstance(step, Do) and not confirmed)
        if waits and outcome is None:
            yield Passed(position, step, stops=True)
            return
        yield Passed(position, step, stops=False, outcome=outcome or "")
        position = _follow(book, position, outcome or NEXT)
    raise LostWay(f"{position.playbook}: mais de {LONGEST} passos sem parar")


def _follow(book: Rulebook, at: Position, outcome: str) -> Position:
    step = step_at(book, at)
    if isinstance(step, Finish):
        if not at.back:
            return replace(at, finished=True)
        (playbook, name), back = at.back[-1], at.back[:-1]
        return Position(playbook, name, back)
    if isinstance(step, Goto):
        other = book.playbook(step.goto)
        if other is None:
            raise LostWay(step.goto)
        back = (*at.back, (at.playbook, step.next)) if step.next else at.back
        return Position(other.id, other.start, back)
    to = step.ways().get(outcome)
    if to is None:
        raise LostWay(f"{at.playbook}/{at.step}: {outcome}")
    return replace(at, step=to)


def _case_label(step: Check, key: str, language: str) -> str:
    if key in step.labels:
        return step.labels[key]
    return _CASES[key].say(language) if key in _CASES else key.replace("_", " ").capitalize()
