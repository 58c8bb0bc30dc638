"""Child cases: what a queue is asked, shown, paid through, and answers."""

from dataclasses import dataclass

from tratativa.cases.events.event import Event, happening


@happening
@dataclass(frozen=True)
class ChildOpened(Event):
    """A child case was opened for a queue; `shared` names what of the case it was shown."""

    name = "child.opened"
    child: str
    queue: str
    shared: list[str]


@happening
@dataclass(frozen=True)
class ChildAnswered(Event):
    """The queue answered, with the child's entry of this number."""

    name = "child.answered"
    child: str
    queue: str
    number: int


@happening
@dataclass(frozen=True)
class ChildSilent(Event):
    """The queue did not answer in time."""

    name = "child.silent"
    child: str
    queue: str


@happening
@dataclass(frozen=True)
class PayoutAsked(Event):
    """A queue was asked to pay this into the customer's account."""

    name = "payout.asked"
    child: str
    queue: str
    amount_cents: int


@happening
@dataclass(frozen=True)
class PayoutPaid(Event):
    """The queue says that it paid."""

    name = "payout.paid"
    amount_cents: int


@happening
@dataclass(frozen=True)
class PayoutWithdrawn(Event):
    """What the queue was asked to pay was not paid, and will not be."""

    name = "payout.withdrawn"
    amount_cents: int


@happening
@dataclass(frozen=True)
class LinksRevoked(Event):
    """The links that letters had carried to a child case's partner open nothing any more."""

    name = "links.revoked"
    count: int


@happening
@dataclass(frozen=True)
class DataShared(Event):
    """What the case chose to show the queue; the entry's words are the data.

    Of sealed data the words say that they were given; `shown` is the digest of each label and envelope, in their order.
    """

    name = "data.shared"
    names: list[str]
    sealed: bool = False
    shown: tuple[str, ...] = ()


@happening
@dataclass(frozen=True)
class DataErased(Event):
    """Bank data that had been shared with a queue are gone, from the child case and from the request's answer.

    `words` are the entries whose words went: the database lets no words go that no such entry names.
    """

    name = "data.erased"
    words: tuple[str, ...] = ()
