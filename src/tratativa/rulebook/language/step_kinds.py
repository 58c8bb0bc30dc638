"""The steps of guided procedures: what each kind may say, where it waits, and which ways lead on."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag

from tratativa.rulebook.language import any_step
from tratativa.rulebook.language.any_step import Passing, Picture, Step, Words
from tratativa.rulebook.language.effects import EffectField
from tratativa.rulebook.terms.facts import VOCABULARY
from tratativa.rulebook.terms.naming import SharedNames
from tratativa.rulebook.terms.parties import Party
from tratativa.rulebook.terms.types import Label, Model, Text, Within

# Outcomes of calls and checks.
REACHED, EXHAUSTED, OK, FAIL = "reached", "exhausted", "ok", "fail"
ELSE, UNKNOWN = "else", "unknown"


class Question(Step):
    """The agent answers: one label, one way on. `labels` says an answer in other words, or languages."""

    kind = "question"
    stops = True
    question: Label
    answers: Annotated[dict[str, str], Field(min_length=1, max_length=20)]
    labels: dict[str, Text] = {}

    def ways(self) -> Mapping[str, str]:
        return self.answers

    def label(self) -> str:
        return self.question


def _case_names(value: Any) -> Any:
    if not isinstance(value, Mapping):
        return value
    return {str(key).lower() if isinstance(key, bool) else str(key): to for key, to in value.items()}


class Check(Step):
    """The desk answers from a fact; where it is not known, the agent does, unless `unknown` says the way.

    `labels` names the cases for people.
    """

    kind = "check"
    stops = True
    check: str
    cases: Annotated[dict[str, str], BeforeValidator(_case_names), Field(min_length=1)]
    labels: Annotated[dict[str, Text], BeforeValidator(_case_names)] = {}

    def ways(self) -> Mapping[str, str]:
        return self.cases

    def label(self) -> str:
        fact = VOCABULARY.get(self.check)
        plain = self.check.replace(".", " ").replace("_", " ").capitalize()
        return self._said(fact.meaning.capitalize() if fact else plain, plain)


class Verify(Step):
    """Checks the agent records, each ok or fail: all ok is one way on, any failure another."""

    kind = "verify"
    stops = True
    verify: Annotated[tuple[Label, ...], Field(min_length=1, max_length=12)]
    then: dict[Literal["ok", "fail"], str]

    def ways(self) -> Mapping[str, str]:
        return {str(outcome): to for outcome, to in self.then.items()}

    def label(self) -> str:
        return self.title or ", ".join(self.verify)


class Guide(Passing):
    """What the agent says or does, with links and pictures; the run goes on by itself."""

    kind = "guide"
    guide: Annotated[Words, BeforeValidator(any_step.worded, json_schema_input_type=Text | Words)]

    def all_pictures(self) -> tuple[Picture, ...]:
        return (*self.guide.pictures, *self.pictures)

    def label(self) -> str:
        return self.title or self.guide.text or self.guide.template


class Tell(Passing):
    """A text of `templates/` told to a party, on the page and by e-mail."""

    kind = "tell"
    tell: dict[Literal[Party.CUSTOMER, Party.SELLER, Party.PARTNER], str]

    def label(self) -> str:
        return self.title or ", ".join(self.tell.values())


class Ask(Step):
    """A form asked of a party; its first choice, or `answered`, is the way on, `silence` after `within`.

    `given_up` is the way where the agent waits no longer. `on_the_line` says that who is asked waits on the telephone:
    the agent hears them hang up, and need not wait for the clock to go the way of `silence` (K01-11).
    """

    kind = "ask"
    stops = True
    ask: Annotated[dict[Literal[Party.CUSTOMER, Party.SELLER], str], Field(min_length=1, max_length=1)]
    within: Within | None = None
    on_the_line: bool = False
    then: Annotated[dict[str, str], Field(min_length=1)]

    def ways(self) -> Mapping[str, str]:
        return self.then

    def asked(self) -> tuple[Party, str]:
        """Of whom, and which form."""
        party, form = next(iter(self.ask.items()))
        return party, form

    def label(self) -> str:
        return self.title or self.asked()[1]


class Attempts(Model):
    """How often to call, and what of two attempts must differ: the day, the time of day (an hour apart)."""

    attempts: Annotated[int, Field(ge=1, le=9)] = 3
    different: tuple[Literal["day", "time"], ...] = ("day", "time")


class Call(Step):
    """Telephone calls, until one is answered or all were made."""

    kind = "call"
    stops = True
    call: Attempts
    then: dict[Literal["reached", "exhausted"], str]

    def ways(self) -> Mapping[str, str]:
        return {str(outcome): to for outcome, to in self.then.items()}

    def label(self) -> str:
        count = self.call.attempts
        return self._said(f"Ligar até {count} vezes", f"Call up to {count} times")


class To(Model):
    """A queue, what of the case it is shown, within what it answers, warned of at its `target`, and the request."""

    to: str
    share: SharedNames = ()
    within: Within | None = None
    target: Within | None = None
    text: Text = ""


class Escalate(Step):
    """A child case for a queue; the way on once it `answered`, or at its `silence`."""

    kind = "escalate"
    stops = True
    escalate: To
    then: dict[Literal["answered", "silence"], str]

    def ways(self) -> Mapping[str, str]:
        return {str(outcome): to for outcome, to in self.then.items()}

    def label(self) -> str:
        return self._said(f"Escalar para {self.escalate.to}", f"Escalate to {self.escalate.to}")


class Do(Passing):
    """Effects, as an action has them; where nobody answered anything on the way here, they wait to be confirmed."""

    kind = "do"
    do: Annotated[tuple[EffectField, ...], Field(min_length=1)]

    def label(self) -> str:
        return self.title or ", ".join(effect.name for effect in self.do)


class Wait(Passing):
    """A visible timer; it ends by itself, or earlier when the agent goes on."""

    kind = "wait"
    stops = True
    wait: Within

    def label(self) -> str:
        return self._said(f"Esperar {self.wait}", f"Wait {self.wait}")


class Goto(Step):
    """Another playbook; where `next` says so, the run comes back there once that one has finished."""

    kind = "goto"
    goto: str
    next: str = ""

    def ways(self) -> Mapping[str, str]:
        return {any_step.NEXT: self.next} if self.next else {}

    def label(self) -> str:
        return self._said(f"Seguir por {self.goto}", f"Go on with {self.goto}")


class Finish(Step):
    """The end: of the case, or of a playbook another one jumped to."""

    kind = "finish"
    finish: Label

    def label(self) -> str:
        return self.finish


KINDS: tuple[type[Step], ...] = (
    Question, Check, Verify, Guide, Tell, Ask, Call, Escalate, Do, Wait, Goto, Finish,
)  # fmt: skip


_NAMES = tuple(kind.kind for kind in KINDS)


def _kind_of(value: Any) -> str | None:
    if isinstance(value, Step):
        return value.kind
    return next((name for name in _NAMES if isinstance(value, Mapping) and name in value), None)


AnyStep = Annotated[
    Annotated[Question, Tag("question")]
    | Annotated[Check, Tag("check")]
    | Annotated[Verify, Tag("verify")]
    | Annotated[Guide, Tag("guide")]
    | Annotated[Tell, Tag("tell")]
    | Annotated[Ask, Tag("ask")]
    | Annotated[Call, Tag("call")]
    | Annotated[Escalate, Tag("escalate")]
    | Annotated[Do, Tag("do")]
    | Annotated[Wait, Tag("wait")]
    | Annotated[Goto, Tag("goto")]
    | Annotated[Finish, Tag("finish")],
    Discriminator(
        _kind_of,
        custom_error_type="no_such_step",
        custom_error_message=f"um passo é um destes: {', '.join(_NAMES)}",
    ),
]
