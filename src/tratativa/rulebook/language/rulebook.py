"""The rulebook's language: what each key of the YAML means, typed and closed."""

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from tratativa.rulebook.conduct.rules import ConductRule
from tratativa.rulebook.language.actions import Action
from tratativa.rulebook.language.deadlines import Deadline
from tratativa.rulebook.language.effects import EffectField
from tratativa.rulebook.language.playbooks import AskForm, Playbook, Queue
from tratativa.rulebook.language.scoring import Score
from tratativa.rulebook.language.steps import KINDS
from tratativa.rulebook.language.words import OwnWords
from tratativa.rulebook.terms import conditions, error_messages
from tratativa.rulebook.terms.ids import slug
from tratativa.rulebook.terms.parties import Party
from tratativa.rulebook.terms.types import Label, Model, Named, Names, Parties, Size, When, Within
from tratativa.rulebook.time import durations
from tratativa.rulebook.time.calendar import Calendar


class CalendarRules(Model):
    """Opening hours per weekday and the holidays that close them."""

    hours: dict[str, list[str]] = {"mon-fri": ["08:00-18:00"]}
    holidays: dict[str, Any] = {"country": "BR"}


# The ways a case can come in by; a rulebook that restricts them names these.
CHANNELS = ("page", "api", "phone", "whatsapp", "email", "in-person", "redes-sociais", "reclame-aqui")


class Channels(Model):
    """The only ways by which a party opens a case, and the sentence for who came by another."""

    only: tuple[str, ...] = Field(min_length=1)
    otherwise: str = Field(min_length=1)


class Kind(Named):
    """A kind of case: whether it needs an order, from which stage, and who opens it.

    `channels` says by which ways alone a party opens one; a party it leaves out uses any.
    `chat` makes it a conversation, live on both sides; `guidance` is read beside the field one writes in.
    """

    order: Literal["required", "optional", "none"] = "required"
    order_stage_from: str = "received"
    opened_by: Parties = (Party.CUSTOMER, Party.SELLER, Party.MARKETPLACE)
    channels: dict[Party, Channels] = {}
    when: When = conditions.ALWAYS
    otherwise: str = ""
    chat: bool = False
    guidance: tuple[str, ...] = ()


class Reason(Named):
    """Why a case is opened. `help` is the plain sentence a customer chooses by, `duty` what the seller owes.

    An action or a deadline that some reason names exists under those reasons only; one that none names, under all.
    `do` happens when a case is opened under the reason, after its first message. What others open about a customer
    under an `internal` reason neither writes to that customer nor stands on a page of theirs until an action reveals
    it; what the customer opened is theirs to see.
    """

    help: str = ""
    duty: str = ""
    critical: bool = False
    internal: bool = False
    kinds: Names = ()
    actions: Names = ()
    deadlines: Names = ()
    offered_to: Parties = (Party.CUSTOMER, Party.SELLER, Party.MARKETPLACE)
    do: tuple[EffectField, ...] = ()


class Status(Model):
    """A name for the state of a case: the first whose condition holds. `labels` renames it for a party."""

    label: Label
    when: When
    labels: dict[Party, str] = {}
    tone: Literal["neutral", "waiting", "urgent", "mediation", "done"] = "neutral"


class Reply(Model):
    """To whom a party may write, and whether the customer reads it: `ask` is a switch and a confirmation.

    `waits: ask` offers «Esperar resposta»: without it a message informs and the turn stays where it was.
    """

    to: Parties
    customer_reads: Literal["ask", "always", "never"] = "always"
    waits: Literal["ask", "always", "never"] = "always"


class Replies(Model):
    """The reply, which is an action like any other: its label and each party's reach."""

    label: Label = "Responder"
    closes_case: bool = False
    by: dict[Party, Reply]


class Attachments(Model):
    """What may be attached: bytes per file and files per message. Any format; none is ever executed."""

    max_size: Size = 2 * 1024**2
    max_files: Annotated[int, Field(ge=1, le=20)] = 10


class Reopening(Model):
    """Who may open a closed case again, and until when a customer's message does it by itself."""

    by: Parties = ()
    on_customer_message: bool = True
    within: Within = durations.parse("90 days")


class Refunds(Model):
    """How money goes back. `cancelled: by_itself` where the marketplace's own system refunds what it cancels, `by_hand`
    where a procedure does: then the desk asks for nothing as an order is cancelled.

    `terms` tell customers, by payment method, how and until when the money comes; `else` for every other method.
    """

    cancelled: Literal["asked", "by_itself", "by_hand"] = "asked"
    terms: dict[str, str] = {}

    def term(self, method: str) -> str:
        """What customers are told of money paid by this method; empty where the rulebook says nothing."""
        return self.terms.get(method) or self.terms.get("else", "")


class SurveyRules(Model):
    """When the customer is asked about the service: this long after closing, if the condition holds."""

    after: Within
    when: When = conditions.ALWAYS


class PictureFile(Model):
    """A file of `pictures/`, by the digest its bytes are kept under, with its media type and its size in pixels."""

    digest: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    type: Literal["image/png", "image/jpeg", "image/webp", "image/svg+xml"]
    width: int
    height: int


class Rulebook(Model):
    """One marketplace's rules, whole: everything the desk needs to know about it.

    Where `customers` are companies, agents have their registration beside the case.
    """

    rulebook: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
    title: Label
    includes: tuple[str, ...] = ()
    timezone: str = "America/Sao_Paulo"
    calendar: CalendarRules = CalendarRules()
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
