"""The sections of a rulebook: calendar, kinds, reasons, statuses, replies, attachments and the like."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, model_validator

from tratativa.rulebook.language.effects import EffectField
from tratativa.rulebook.terms import conditions, languages
from tratativa.rulebook.terms.facts import StageName
from tratativa.rulebook.terms.ids import slug
from tratativa.rulebook.terms.naming import ActionNames, DeadlineNames, GroupName, KindNames
from tratativa.rulebook.terms.parties import Party
from tratativa.rulebook.terms.types import Model, Named, Parties, Size, Text, When, Within, listed
from tratativa.rulebook.time import durations

Stages = Annotated[
    tuple[StageName, ...],
    BeforeValidator(listed, json_schema_input_type=StageName | tuple[StageName, ...]),
]


class CalendarRules(Model):
    """Opening hours per weekday and the holidays that close them."""

    hours: dict[str, list[str]] = {"mon-fri": ["08:00-18:00"]}
    holidays: dict[str, Any] = {"country": "BR"}


# The ways a case can come in by; a rulebook that restricts them names these.
CHANNELS = ("page", "api", "phone", "whatsapp", "email", "in-person", "redes-sociais", "reclame-aqui")


class Channels(Model):
    """The only ways by which a party opens a case, and the sentence for who came by another."""

    only: tuple[str, ...] = Field(min_length=1)
    otherwise: Annotated[Text, Field(min_length=1)]


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
    otherwise: Text = ""
    chat: bool = False
    guidance: tuple[Text, ...] = ()


class ReasonGroup(Named):
    """Plain words under which customers look for their reason. `said_as` are words they use instead, for all of it."""

    help: Text = ""
    said_as: tuple[Text, ...] = ()


class Reason(Named):
    """Why a case is opened. `help` is the plain sentence a customer chooses by, `duty` what the seller owes.

    Customers find it under its `group`, or by their own words for it, `said_as`. About an order in another stage than
    its `order_stages` it stands aside for them, and may still be chosen: a marketplace hears late of a delivery.

    An action or a deadline that some reason names exists under those reasons only; one that none names, under all.
    `do` happens when a case is opened under the reason, after its first message. What others open about a customer
    under an `internal` reason neither writes to that customer nor stands on a page of theirs until an action reveals
    it; what the customer opened is theirs to see.
    """

    help: Text = ""
    duty: Text = ""
    group: GroupName = ""
    said_as: tuple[Text, ...] = ()
    order_stages: Stages = ()
    critical: bool = False
    internal: bool = False
    kinds: KindNames = ()
    actions: ActionNames = ()
    deadlines: DeadlineNames = ()
    offered_to: Parties = (Party.CUSTOMER, Party.SELLER, Party.MARKETPLACE)
    do: tuple[EffectField, ...] = ()


class Status(Named):
    """A name for the state of a case: the first whose condition holds. `labels` renames it for a party."""

    when: When
    labels: dict[Party, Text] = {}
    tone: Literal["neutral", "waiting", "urgent", "mediation", "done"] = "neutral"


class Reply(Model):
    """To whom a party may write, and whether the customer reads it: `ask` is a switch and a confirmation.

    `waits: ask` offers «Esperar resposta»: without it a message informs and the turn stays where it was.
    """

    to: Parties
    customer_reads: Literal["ask", "always", "never"] = "always"
    waits: Literal["ask", "always", "never"] = "always"


class Replies(Named):
    """The reply, which is an action like any other: its label and each party's reach."""

    model_config = ConfigDict(json_schema_extra=lambda schema: schema["required"].remove("label"))

    closes_case: bool = False
    by: dict[Party, Reply]

    @model_validator(mode="before")
    @classmethod
    def _called_by_itself(cls, data: Any) -> Any:
        if not isinstance(data, Mapping) or data.get("label"):
            return data
        now = languages.speech()
        own, said = (languages.built_in(languages.REPLY, language) for language in (now.own, now.wanted))
        return {"id": slug(own), "label": said, **data}

    def recipients(self, party: Party) -> Sequence[Party]:
        """Whom this party may write to; nobody where it has no reply."""
        rules = self.by.get(party)
        return rules.to if rules else ()

    def asks(self, party: Party) -> bool:
        """Whether this party's messages to the customer have the switch «O Cliente pode ler?» (A-10)."""
        rules = self.by.get(party)
        return rules is not None and rules.customer_reads == "ask"


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
    terms: dict[str, Text] = {}

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
