"""A rulebook: what each key of the YAML means, typed and closed."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from tratativa.rulebook.conduct.rules import ConductRule
from tratativa.rulebook.language.actions import Action
from tratativa.rulebook.language.deadlines import Deadline
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
    Refunds,
    Reopening,
    Replies,
    Reply,
    Status,
    SurveyRules,
)
from tratativa.rulebook.language.step_kinds import KINDS
from tratativa.rulebook.terms import error_messages
from tratativa.rulebook.terms.ids import slug
from tratativa.rulebook.terms.parties import Party
from tratativa.rulebook.terms.types import Label, Model, Named, When, Within
from tratativa.rulebook.time import durations
from tratativa.rulebook.time.calendar import Calendar


class Rulebook(Model):
    """One marketplace's rules, whole: everything the desk needs to know about it.

    Where `customers` are companies, agents have their registration beside the case. `called` is what people call the
    marketplace, where that is neither its title nor its party's name.
    """

    rulebook: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    title: Label
    called: tuple[Label, ...] = ()
    includes: tuple[str, ...] = ()
    timezone: str = "America/Sao_Paulo"
    calendar: CalendarRules = CalendarRules()
    money: MoneyRules = MoneyRules()
    parties: dict[Party, str]
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
    conduct: tuple[ConductRule, ...] = ()
    score: Score | None = None
    visible_after_close: Within = durations.parse("90 days")
    retention: Annotated[str, Field(pattern=r"^\d+ years$")] = "5 years"
    reasons: tuple[Reason, ...] = ()
    actions: tuple[Action, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    asks: tuple[AskForm, ...] = ()
    playbooks: tuple[Playbook, ...] = ()
    queues: tuple[Queue, ...] = ()
    denial_reasons: Literal["told", "withheld"] = "told"
    templates: dict[str, str] = {}
    pictures: dict[str, PictureFile] = {}

    @model_validator(mode="before")
    @classmethod
    def _kinds_carry_their_key(cls, data: Any) -> Any:
        if isinstance(data, Mapping) and isinstance(data.get("kinds"), Mapping):
            kinds = {
                key: {"id": key, **kind} if isinstance(kind, Mapping) else kind for key, kind in data["kinds"].items()
            }
            return {**data, "kinds": kinds}
        return data

    @cached_property
    def clock(self) -> Calendar:
        """The calendar every business hour of this rulebook is counted in."""
        return Calendar.build(self.timezone, self.calendar.hours, self.calendar.holidays)

    @property
    def names(self) -> tuple[str, ...]:
        """What people call this marketplace: its title and what it is `called`, or else its party's name."""
        return (self.title, *(self.called or (self.parties.get(Party.MARKETPLACE, ""),)))

    def does(self, *effects: str) -> bool:
        """Whether some action, or the opening under some reason, has one of these effects."""
        lists = [*(action.do for action in self.actions), *(reason.do for reason in self.reasons)]
        return any(effect.name in effects for done in lists for effect in done)

    def action(self, name: str) -> Action | None:
        """The action with this id or label."""
        return self._by_id("actions").get(slug(name))

    def reason(self, name: str) -> Reason | None:
        """The reason with this id or label."""
        return self._by_id("reasons").get(slug(name))

    def deadline(self, name: str) -> Deadline | None:
        """The deadline with this id or label."""
        return self._by_id("deadlines").get(slug(name))

    def kind(self, name: str = "") -> Kind | None:
        """The kind with this id or label; without a name, the first."""
        if not name:
            return next(iter(self.kinds.values()))
        return self.kinds.get(slug(name)) or next((k for k in self.kinds.values() if k.id == slug(name)), None)

    def ask(self, name: str) -> AskForm | None:
        """The form of a playbook with this id or label."""
        return self._by_id("asks").get(slug(name))

    def playbook(self, name: str) -> Playbook | None:
        """The guided procedure with this id or label."""
        return self._by_id("playbooks").get(slug(name))

    def queue(self, name: str) -> Queue | None:
        """The queue with this id or label."""
        return self._by_id("queues").get(slug(name))

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
        return self.model_copy(update={"replies": Replies(label=self.replies.label, by=between)})

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

    def _by_id(self, part: str) -> dict[str, Any]:
        return self._index[part]

    @cached_property
    def _index(self) -> dict[str, dict[str, Any]]:
        return {part: {one.id: one for one in getattr(self, part)} for part in _NAMED}


_NAMED = ("reasons", "actions", "deadlines", "asks", "playbooks", "queues")

error_messages.KEYS.update(
    name for kind in (*Model.__subclasses__(), *Named.__subclasses__(), *KINDS) for name in kind.model_fields
)
