"""A rulebook: what each key of the YAML means, typed and closed."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Field, ModelWrapValidatorHandler, PrivateAttr, model_validator

from tratativa.rulebook.conduct.rules import ConductRule
from tratativa.rulebook.language.actions import Action
from tratativa.rulebook.language.arguments import Ask
from tratativa.rulebook.language.case_fields import CaseField
from tratativa.rulebook.language.deadlines import Deadline
from tratativa.rulebook.language.effects import within
from tratativa.rulebook.language.lands import Land
from tratativa.rulebook.language.money_rules import MoneyRules
from tratativa.rulebook.language.own_words import OwnWords
from tratativa.rulebook.language.playbooks import AskForm, Playbook, Queue
from tratativa.rulebook.language.scoring import Score
from tratativa.rulebook.language.sections import (
    Attachments,
    CalendarRules,
    Kind,
    PictureFile,
    Reason,
    ReasonGroup,
    Refunds,
    Reopening,
    Replies,
    Reply,
    Status,
    SurveyRules,
)
from tratativa.rulebook.language.step_kinds import KINDS, Do
from tratativa.rulebook.language.withdrawing import Withdrawal
from tratativa.rulebook.terms import error_messages, form_facts, languages, naming
from tratativa.rulebook.terms.ids import slug
from tratativa.rulebook.terms.parties import Party
from tratativa.rulebook.terms.types import Label, Model, Named, Text, When, Within
from tratativa.rulebook.time import durations
from tratativa.rulebook.time.calendar import Calendar


def _language(code: str) -> str:
    if unknown := languages.wrong(code):
        raise ValueError(unknown)
    return code


class Rulebook(Model):
    """One marketplace's rules, whole: everything the desk needs to know about it.

    Where `customers` are companies, agents have their registration beside the case. `called` is what people call the
    marketplace, where that is neither its title nor its party's name.
    """

    rulebook: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    title: Label
    language: Annotated[str, AfterValidator(_language)] = languages.OWN
    called: tuple[Label, ...] = ()
    includes: tuple[str, ...] = ()
    timezone: str = "America/Sao_Paulo"
    calendar: CalendarRules = CalendarRules()
    money: MoneyRules = MoneyRules()
    land: Land = Land()
    parties: dict[Party, Text]
    words: OwnWords = OwnWords()
    customers: Literal["people", "companies"] = "people"
    kinds: dict[str, Kind]
    critical: When | None = None
    statuses: tuple[Status, ...]
    replies: Replies
    attachments: Attachments = Attachments()
    reopen: Reopening = Reopening()
    survey: SurveyRules | None = None
    refunds: Refunds = Refunds()
    withdrawal: Withdrawal | None = None
    conduct: tuple[ConductRule, ...] = ()
    score: Score | None = None
    visible_after_close: Within = durations.parse("90 days")
    retention: Annotated[str, Field(pattern=r"^\d+ years$")] = "5 years"
    groups: tuple[ReasonGroup, ...] = ()
    reasons: tuple[Reason, ...] = ()
    actions: tuple[Action, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    asks: tuple[AskForm, ...] = ()
    case_fields: tuple[CaseField, ...] = ()
    playbooks: tuple[Playbook, ...] = ()
    queues: tuple[Queue, ...] = ()
    denial_reasons: Literal["told", "withheld"] = "told"
    templates: dict[str, Text] = {}
    pictures: dict[str, PictureFile] = {}
    _form_facts: frozenset[str] = PrivateAttr(default=frozenset())
    _speech: languages.Speech = PrivateAttr(default_factory=languages.Speech)

    @model_validator(mode="wrap")
    @classmethod
    def _speaks(cls, data: Any, read: ModelWrapValidatorHandler["Rulebook"]) -> "Rulebook":
        if not isinstance(data, Mapping):
            return read(data)
        own = str(data.get("language") or languages.OWN)
        with (
            languages.speaking(own) as speech,
            naming.among(data),
            form_facts.of(data, naming.spelt_out(data)) as forms,
        ):
            book = read(data)
        book._speech, book._form_facts = speech, frozenset(forms.asked)
        return book

    @model_validator(mode="before")
    @classmethod
    def _kinds_carry_their_key(cls, data: Any) -> Any:
        if isinstance(data, Mapping) and isinstance(data.get("kinds"), Mapping):
            kinds = {
                key: {"id": key, **kind} if isinstance(kind, Mapping) else kind for key, kind in data["kinds"].items()
            }
            return {**data, "kinds": kinds}
        return data

    @property
    def form_facts(self) -> frozenset[str]:
        """The facts of its forms that some condition asks: what was answered, or an action was filled in with."""
        return self._form_facts

    @property
    def languages(self) -> frozenset[str]:
        """The languages its words are written in."""
        return frozenset({self.language, *self._speech.met})

    @property
    def speaks(self) -> str:
        """The language its words are read in here, as far as it has them."""
        return self._speech.wanted or self.language

    def heard_in(self, language: str) -> "Rulebook":
        """The same rules, read by somebody of this language, in which they say nothing that is not their own."""
        book = self.model_copy()
        book._speech = replace(self._speech, wanted=language)
        return book

    def say(self, words: str) -> str:
        """What was kept in the rulebook's own language, as it is said in the one it is read in here."""
        return self._speech.said.get(words, words)

    def name_of(self, part: str, name: str) -> str:
        """The id of what is called so among `actions`, `reasons`, …; the name's slug where nothing is."""
        if part == "actions" and self.replies.is_called(name):
            return self.replies.id
        found = self._named(part, name)
        return found.id if found else slug(name)

    @cached_property
    def clock(self) -> Calendar:
        """The calendar every business hour of this rulebook is counted in."""
        return Calendar.build(self.timezone, self.calendar.hours, self.calendar.holidays)

    @property
    def names(self) -> tuple[str, ...]:
        """What people call this marketplace: its title and what it is `called`, or else its party's name."""
        return (self.title, *(self.called or (self.parties.get(Party.MARKETPLACE, ""),)))

    def asks_out(self, name: str) -> tuple[Ask | None, Action | None]:
        """The `ask` of this id that some effect spells out, and the action whose it is, where it is one's."""
        return self._asked_out.get(name, (None, None))

    @cached_property
    def _asked_out(self) -> dict[str, tuple[Ask, Action | None]]:
        lists: list[tuple[Action | None, Any]] = [(action, action.do) for action in self.actions]
        lists += [(None, reason.do) for reason in self.reasons]
        lists += [(None, deadline.missed) for deadline in self.deadlines]
        lists += [(None, step.do) for one in self.playbooks for step in one.steps.values() if isinstance(step, Do)]
        asks: dict[str, tuple[Ask, Action | None]] = {}
        while lists:
            action, done = lists.pop(0)
            for effect in done:
                if isinstance(effect.argument, Ask):
                    asks.setdefault(effect.argument.id, (effect.argument, action))
                    lists += [(action, then) for then in effect.argument.then.values()]
        return asks

    def does(self, *effects: str) -> bool:
        """Whether some action, or the opening under some reason, has one of these effects."""
        lists = [*(action.do for action in self.actions), *(reason.do for reason in self.reasons)]
        return any(effect.name in effects for done in lists for effect in within(done))

    def action(self, name: str) -> Action | None:
        """The action with this id or label."""
        found: Action | None = self._named("actions", name)
        return found

    def reason(self, name: str) -> Reason | None:
        """The reason with this id or label."""
        found: Reason | None = self._named("reasons", name)
        return found

    def deadline(self, name: str) -> Deadline | None:
        """The deadline with this id or label."""
        found: Deadline | None = self._named("deadlines", name)
        return found

    def kind(self, name: str = "") -> Kind | None:
        """The kind with this id or label; without a name, the first."""
        if not name:
            return next(iter(self.kinds.values()))
        return self.kinds.get(slug(name)) or next((kind for kind in self.kinds.values() if kind.is_called(name)), None)

    def ask(self, name: str) -> AskForm | None:
        """The form of a playbook with this id or label."""
        found: AskForm | None = self._named("asks", name)
        return found

    def case_field(self, name: str) -> CaseField | None:
        """The case's own field with this id or label."""
        found: CaseField | None = self._named("case_fields", name)
        return found

    def playbook(self, name: str) -> Playbook | None:
        """The guided procedure with this id or label."""
        found: Playbook | None = self._named("playbooks", name)
        return found

    def queue(self, name: str) -> Queue | None:
        """The queue with this id or label."""
        found: Queue | None = self._named("queues", name)
        return found

    def queue_label(self, name: str) -> str:
        """What readers call the queue with this id; the id itself where a later version dropped it."""
        queue = self.queue(name)
        return queue.label if queue else name

    @cached_property
    def child_kind(self) -> Kind | None:
        """The kind of child cases: the first that nobody opens by a form."""
        return next((kind for kind in self.kinds.values() if not kind.opened_by), None)

    @cached_property
    def aside(self) -> "Rulebook":
        """The rules inside a child case: marketplace and partner talk to each other, and nobody else does."""
        between = {
            Party.PARTNER: Reply(to=(Party.MARKETPLACE,)),
            Party.MARKETPLACE: Reply(to=(Party.PARTNER,)),
        }
        return self.model_copy(update={"replies": self.replies.model_copy(update={"by": between})})

    def holds_under(self, part: Literal["actions", "deadlines"], name: str, reason: str) -> bool:
        """Whether this action or deadline exists in a case opened for this reason."""
        reasons = self._scopes[part].get(name)
        return reasons is None or reason in reasons

    @cached_property
    def _scopes(self) -> dict[str, dict[str, set[str]]]:
        scopes: dict[str, dict[str, set[str]]] = {"actions": {}, "deadlines": {}}
        for reason in self.reasons:
            for part, names in (("actions", reason.actions), ("deadlines", reason.deadlines)):
                for name in names:
                    scopes[part].setdefault(name, set()).add(reason.id)
        return scopes

    def _named(self, part: str, name: str) -> Any:
        return self._index[part].get(slug(name)) or next(
            (one for one in self._index[part].values() if one.is_called(name)), None
        )

    @cached_property
    def _index(self) -> dict[str, dict[str, Any]]:
        return {part: {one.id: one for one in getattr(self, part)} for part in _NAMED}


_NAMED = ("reasons", "actions", "deadlines", "asks", "playbooks", "queues", "groups", "case_fields")

error_messages.KEYS.update(
    field.alias or name
    for kind in (*Model.__subclasses__(), *Named.__subclasses__(), *KINDS)
    for name, field in kind.model_fields.items()
)
