"""The closed set of effects: what an action or a missed deadline may do, each with its typed argument.

The engine only reads and checks them here; `tratativa.cases.effects` holds one function per name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    PlainSerializer,
    PlainValidator,
    ValidationError,
    WithJsonSchema,
    model_validator,
)

from tratativa.rulebook import complaints, conditions, durations
from tratativa.rulebook.conditions import ALWAYS, BadCondition, Condition
from tratativa.rulebook.forms import FormField
from tratativa.rulebook.ids import slug
from tratativa.rulebook.parties import Party
from tratativa.rulebook.pieces import Within


class Argument(BaseModel):
    """An effect's argument; a bare value is taken for its first field."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Close(Argument):
    """Closes the case. `why` is the sentence the timeline shows to everyone who sees the closing."""

    why: str = ""


class Reopen(Argument):
    """Opens a closed case again: same number, history and responsible person."""


class WaitFor(Argument):
    """Passes the turn to a party, or to nobody."""

    party: Party | Literal["nobody"]


class MarkCritical(Argument):
    """Marks the case critical; its deadlines are planned anew."""


class Assign(Argument):
    """Makes a person of the acting party responsible: the one named in the field, or whoever acts."""

    field: str = "responsavel"


class Write(Argument):
    """Posts the text of a field (and its files) as a message to a party, when the field was filled."""

    field: str
    to: Party


class Note(Argument):
    """Keeps the text of a field where only the acting party reads it. Stops no clock, passes no turn."""

    field: str


class Mediate(Argument):
    """Asks the marketplace to decide between the parties; the turn passes to the marketplace."""


class Rule(Argument):
    """Records the mediator's ruling (fields `a-favor-de` and `decisao`) and ends the mediation.

    `clause` is the contract's clause, cited in the record when the ruling cancels the order.
    """

    clause: str = ""


class Ask(Argument):
    """Asks a party to answer a form; the turn passes to it, and comes back with the answer.

    `id` is the label's slug unless given: what `history.asked` and `history.answered` hold.
    """

    of: Party
    label: str
    text: str = ""
    fields: tuple[FormField, ...]
    id: str = ""

    @model_validator(mode="after")
    def _id_from_label(self) -> "Ask":
        return self if self.id else self.model_copy(update={"id": slug(self.label)})


class LogCall(Argument):
    """Records a telephone call: what was filled in is kept for seller and marketplace, never for the customer."""


class CancelOrder(Argument):
    """Asks the marketplace's order system to cancel the order. With `if_field`, only when that box was ticked."""

    asked_by: Party = Party.MARKETPLACE
    if_field: str = ""


class Refund(Argument):
    """Asks for money to be given back: all that was paid, or the amount in a field. Never more than was paid."""

    amount: Literal["full", ""] = ""
    field: str = ""


class HoldDelivery(Argument):
    """Asks for the delivery to be suspended."""


class RescheduleDelivery(Argument):
    """Asks for a new delivery date, from a field; the order's promised date follows when it is confirmed."""

    field: str


class Dispatch(Argument):
    """Says that the goods are on their way, with the tracking from a field where there is one."""

    field: str = ""


class ReplacePart(Argument):
    """Says that a part is on its way, with its tracking from a field."""

    field: str


class GivePostingCode(Argument):
    """Gives the code to post the goods back with; begins the return. Valid this long from now."""

    field: str
    valid: Within = durations.parse("10 days")


class ScheduleCollection(Argument):
    """Sets the day the goods are fetched; begins the return."""

    field: str


class ConfirmReturn(Argument):
    """Confirms that the goods came back."""


class Count(Argument):
    """Counts one event of this metric for the seller, linked to the case."""

    metric: str


class Offer(Argument):
    """Offers an action that was not available before, such as calling the marketplace."""

    action: str


class Tell(Argument):
    """Tells parties a text of `templates/`, on the page and by e-mail."""

    customer: str = ""
    seller: str = ""


class Survey(Argument):
    """Asks the customer how the service was: once per case, on the page and by e-mail."""


ARGUMENTS: Mapping[str, type[Argument]] = {
    "close": Close,
    "reopen": Reopen,
    "wait_for": WaitFor,
    "mark_critical": MarkCritical,
    "assign": Assign,
    "write": Write,
    "note": Note,
    "mediate": Mediate,
    "rule": Rule,
    "ask": Ask,
    "log_call": LogCall,
    "cancel_order": CancelOrder,
    "refund": Refund,
    "hold_delivery": HoldDelivery,
    "reschedule_delivery": RescheduleDelivery,
    "dispatch": Dispatch,
    "replace_part": ReplacePart,
    "give_posting_code": GivePostingCode,
    "schedule_collection": ScheduleCollection,
    "confirm_return": ConfirmReturn,
    "count": Count,
    "offer": Offer,
    "tell": Tell,
    "survey": Survey,
}


class BadEffect(ValueError):
    """An effect that does not exist, or an argument it does not take."""


@dataclass(frozen=True)
class Effect:
    """One effect as a rulebook names it, its argument checked; it acts only where `when` holds."""

    name: str
    argument: Argument
    when: Condition = ALWAYS


def parse(value: Any) -> Effect:
    """`{close: …}`, `{close: …, when: {…}}` or a bare `reopen` as an Effect. Raises BadEffect."""
    if isinstance(value, Effect):
        return value
    if isinstance(value, str):
        value = {value: {}}
    named = {key: given for key, given in value.items() if key != "when"} if isinstance(value, Mapping) else {}
    if len(named) != 1:
        raise BadEffect("um efeito é um nome com seu argumento, como `close: Encerrado`")
    name, given = next(iter(named.items()))
    kind = ARGUMENTS.get(str(name))
    if kind is None:
        raise BadEffect(f"não existe o efeito `{name}`; existem: {', '.join(sorted(ARGUMENTS))}")
    return Effect(str(name), _argument(kind, str(name), given), _when(str(name), value))


def _when(name: str, value: Mapping[str, Any]) -> Condition:
    try:
        return conditions.parse(value.get("when") or {})
    except BadCondition as bad:
        raise BadEffect(f"no `when` do efeito `{name}`: {bad}") from None


def _argument(kind: type[Argument], name: str, given: Any) -> Argument:
    if not isinstance(given, Mapping):
        first = next(iter(kind.model_fields), None)
        given = {first: given} if first and given is not None else {}
    try:
        return kind.model_validate(given)
    except ValidationError as bad:
        # A misspelt key is also a missing one; the misspelling is the better news.
        error = max(bad.errors(), key=lambda one: one["type"] == "extra_forbidden")
        where = ".".join(str(part) for part in error["loc"])
        known = ", ".join(kind.model_fields) or "nada"
        raise BadEffect(
            f"o efeito `{name}` leva {known}; `{where}`: {complaints.sentence(error, tuple(kind.model_fields))}"
        ) from None


def to_source(effect: Effect) -> dict[str, Any]:
    """The effect as YAML would hold it."""
    said: dict[str, Any] = {effect.name: effect.argument.model_dump(mode="json", exclude_defaults=True)}
    return said if effect.when == ALWAYS else {**said, "when": conditions.to_source(effect.when)}


def action_id(effect: Effect) -> str:
    """The id of the action an `offer` names; empty for every other effect."""
    return slug(effect.argument.action) if isinstance(effect.argument, Offer) else ""


def _inlined(kind: type[Argument]) -> dict[str, Any]:
    """The argument's JSON Schema with its definitions in place: it is embedded in one that has its own."""
    whole = kind.model_json_schema()
    definitions = whole.pop("$defs", {})

    def place(node: Any) -> Any:
        if isinstance(node, dict):
            name = str(node.get("$ref", "")).removeprefix("#/$defs/")
            return place(definitions[name]) if name in definitions else {key: place(one) for key, one in node.items()}
        return [place(one) for one in node] if isinstance(node, list) else node

    inlined: dict[str, Any] = place(whole)
    return inlined


EffectField = Annotated[
    Effect,
    PlainValidator(parse),
    PlainSerializer(to_source),
    WithJsonSchema(
        {
            "anyOf": [
                {"enum": sorted(ARGUMENTS)},
                {
                    "type": "object",
                    "minProperties": 1,
                    "maxProperties": 2,
                    "additionalProperties": False,
                    "properties": {
                        name: {"anyOf": [_inlined(kind), {"type": ["string", "null"]}]}
                        for name, kind in sorted(ARGUMENTS.items())
                    }
                    | {"when": conditions.json_schema()},
                },
            ]
        }
    ),
]
