"""What happens to a case as a whole: opened, closed, linked, given, marked, its turn passed."""

from dataclasses import dataclass
from typing import Any

from tratativa.cases.events.event import Event, happening


@happening
@dataclass(frozen=True)
class Opened(Event):
    """The case began, addressed to a party."""

    name = "case.opened"
    to: str
    channel: str
    reason: str


@happening
@dataclass(frozen=True)
class ActionDone(Event):
    """A party did one of the rulebook's actions; `fields` holds choices, ticks and numbers, never words.

    `filled` names the fields that were filled in, whatever with; entries from before it have none.
    """

    name = "action.done"
    action: str
    fields: dict[str, Any]
    filled: list[str]


@happening
@dataclass(frozen=True)
class Closed(Event):
    """The case ended. `because` is `action:<id>`, `deadline:<id>` or `answer:<form>:<answer>`."""

    name = "case.closed"
    because: str


@happening
@dataclass(frozen=True)
class Reopened(Event):
    """The closed case is open again."""

    name = "case.reopened"
    because: str


@happening
@dataclass(frozen=True)
class Thanked(Event):
    """The message of this number opened the case again and was thanks alone: that was no reopening to be counted."""

    name = "case.thanked"
    message: int


@happening
@dataclass(frozen=True)
class Revealed(Event):
    """The customer, who could not know of the case, was told of it."""

    name = "case.revealed"


@happening
@dataclass(frozen=True)
class Linked(Event):
    """The case continues an older one."""

    name = "case.linked"
    older: str


@happening
@dataclass(frozen=True)
class FieldFilled(Event):
    """One of the case's own fields was filled in, or emptied; the entry's words are what it holds since."""

    name = "field.filled"
    field: str
    empty: bool


@happening
@dataclass(frozen=True)
class Tied(Event):
    """Somebody said that the case and another belong together; `other` is its protocol."""

    name = "case.tied"
    other: str


@happening
@dataclass(frozen=True)
class Untied(Event):
    """The case and another are no longer said to belong together; `other` is its protocol."""

    name = "case.untied"
    other: str


@happening
@dataclass(frozen=True)
class Withdrawn(Event):
    """The buyer changed their mind in time: before the goods came, or after. Holds from this moment on."""

    name = "order.withdrawn"
    arrived: bool


@happening
@dataclass(frozen=True)
class TurnPassed(Event):
    """Another party is to act now."""

    name = "case.waiting_on"
    to: str


@happening
@dataclass(frozen=True)
class MarkedCritical(Event):
    """The case became critical."""

    name = "case.critical"


@happening
@dataclass(frozen=True)
class Assigned(Event):
    """A person became responsible."""

    name = "case.assigned"
    person: str


@happening
@dataclass(frozen=True)
class TagAdded(Event):
    """A team put one of its tags on the case; the entry's words are the tag."""

    name = "tag.added"
    tag: str


@happening
@dataclass(frozen=True)
class TagRemoved(Event):
    """A team took one of its tags off the case; the entry's words are the tag."""

    name = "tag.removed"
    tag: str


@happening
@dataclass(frozen=True)
class HandedOver(Event):
    """A colleague received the case; the entry's words are the summary."""

    name = "case.handed_over"
    person: str


@happening
@dataclass(frozen=True)
class OrderAttached(Event):
    """The case is about this order from now on."""

    name = "order.attached"
    order: str
    number: str


@happening
@dataclass(frozen=True)
class SellerNamed(Event):
    """Somebody said which seller a case without an order means."""

    name = "seller.named"
    seller: str


@happening
@dataclass(frozen=True)
class AddressConfirmed(Event):
    """The customer's letters of this case go to another address than the registered one."""

    name = "address.confirmed"


@happening
@dataclass(frozen=True)
class CustomerShutOut(Event):
    """Every way the customer had come in by is closed: their sessions, and so many links that still opened."""

    name = "customer.shut_out"
    links: int
