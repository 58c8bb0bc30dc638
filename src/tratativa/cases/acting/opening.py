"""Opening a case: about what, to whom, and what the first message says."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError
from django.utils.translation import gettext as _

from tratativa.accounts import contacts, text
from tratativa.accounts.actors import Actor
from tratativa.accounts.contacts import Contact
from tratativa.accounts.formatting import Written
from tratativa.accounts.models import Customer, Seller
from tratativa.cases import door
from tratativa.cases.acting import eligibility, first_words
from tratativa.cases.clocks import planning
from tratativa.cases.core import rulebook_versions, visibility
from tratativa.cases.core.refusals import Invalid, NotAllowed
from tratativa.cases.messages import addressing, conduct, noting
from tratativa.cases.messages.addressing import Message, Sending
from tratativa.cases.models import Case, Version
from tratativa.orders.models import Order
from tratativa.rulebook import sentences
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.language.sections import Kind, Reason
from tratativa.rulebook.terms.parties import Party


@dataclass(frozen=True)
class Opening:
    """What a case is opened about, and its first message.

    A customer's goes to the seller unless it says otherwise; everyone else names a recipient, and a seller writing to
    the customer must say that the customer reads it (A-27). `older` is the closed case it continues. `customer` is
    whose case it is where there is no order to say so and the team opens it, `contact` who left a way to be answered
    where nobody is. Where the team opens it because the customer came by another `channel`, the words are the
    customer's, noted by whoever opens it, who is responsible for it from then on: the case waits on the team. Under
    an internal reason it is kept from the customer, unless the customer told it themself: `suspects` says that the
    words are the team's, about the customer. `once` is the key of the form: the same key again gives the case it
    opened.
    """

    order: Order | None
    reason: str
    message: Message
    kind: str = ""
    channel: str = "page"
    external_id: str = ""
    platform: str = ""
    older: Case | None = None
    once: uuid.UUID | None = None
    customer: Customer | None = None
    contact: Contact | None = None
    suspects: bool = False


def open_case(new: Opening, *, by: Actor, at: datetime, warned: bool = False) -> Case:
    """Opens a case with its first message; `warned` is as in a reply. Raises Invalid and NotAllowed."""
    twin = _twin(new.once, by)
    if twin:
        return twin
    version = rulebook_versions.current(by.marketplace_id, at=at)
    book = rulebook_versions.of_version(version.pk)
    kind = _kind(book, new.kind, new.order)
    offer = eligibility.may_open(book, kind, new.order, by, at=at)
    if not offer.allowed:
        raise NotAllowed(offer.why)
    if new.order is None and _is_suspended(by):
        raise NotAllowed(rulebook_versions.sentence(sentences.SUSPENDED))
    _check_channel(kind, by, _channel(new))
    sending = _sending(book, new, by)
    written = _written(book, kind, new, by)
    case = _case(version, kind, new, sending, by, at)
    if case.internal or not first_words.is_heard(case.channel, sending, by):
        readers = first_words.readers(sending, internal=case.internal)
        _check_conduct(book, written.words, by, readers, warned=warned)
    try:
        with door.beginning(case, by=by, at=at) as change:
            first_words.say(change, written, sending, new.message.files)
    except IntegrityError:
        twin = _twin(new.once, by)
        if twin is None:
            raise
        return twin
    return case


def _is_suspended(by: Actor) -> bool:
    suspended = Seller.objects.filter(suspended_at__isnull=False)
    return by.seller_id is not None and suspended.filter(pk=by.seller_id).exists()


def _channel(new: Opening) -> str:
    return text.line(new.channel)[:20] or noting.OWN


def _sending(book: Rulebook, new: Opening, by: Actor) -> Sending:
    alone = new.order is None and by.party is Party.SELLER  # nobody but the marketplace to write to (M-18)
    first = str(Party.MARKETPLACE) if alone else new.message.to or _first_recipient(book, by)
    return addressing.address(book, by, first, new.message.customer_reads, opening=True)


def _written(book: Rulebook, kind: Kind, new: Opening, by: Actor) -> Written:
    """The first message as it was written. Raises Invalid for it, and for a reason this party does not choose."""
    errors = _reason_errors(book, book.reason(new.reason), by, kind) if new.older is None else {}
    written = addressing.write(new.message.words, new.message.rich)
    errors |= addressing.errors_of(book, written.words, new.message.files)
    if errors:
        raise Invalid(errors)
    return written


def _case(version: Version, kind: Kind, new: Opening, sending: Sending, by: Actor, at: datetime) -> Case:
    """The case that begins, not stored yet."""
    book = rulebook_versions.of_version(version.pk)
    topic = book.reason(new.reason)
    whose = new.order.customer if new.order else _who_asks(by, new.customer, new.contact)
    case = row(version, kind, new.order, by, at, whose, reason=topic.id if topic else "")
    case.channel = _channel(new)
    heard = first_words.is_heard(case.channel, sending, by)
    case.internal = first_words.is_internal(topic, by, heard=heard and not new.suspects)
    case.external_id = text.line(new.external_id)[:60] or case.external_id
    case.platform = text.line(new.platform)[:40] or case.platform
    case.parent, case.once = new.older, new.once
    case.critical = eligibility.begins_critical(book, case)
    return case


def _check_conduct(book: Rulebook, words: str, by: Actor, readers: int, *, warned: bool) -> None:
    conduct.check(book, words, by=by, readers=readers, warned=warned)
    # A case that begins with a message nobody may read yet would be an empty page to the customer: nothing waits, so
    # the sentence that says who will read it would be untrue here.
    if broken := conduct.held(book, words, by=by, readers=readers):
        raise Invalid({"text": conduct.not_opened(book, broken, words)})


def _check_channel(kind: Kind, by: Actor, channel: str) -> None:
    """Raises Invalid for a way by which this party opens no case of the kind."""
    ways = kind.channels.get(by.party)
    if ways and channel not in ways.only:
        raise Invalid({"channel": ways.otherwise})


def _twin(once: uuid.UUID | None, by: Actor) -> Case | None:
    """The case this actor's form opened already."""
    return visibility.visible_cases(by).filter(once=once).first() if once else None


def _kind(book: Rulebook, name: str, order: Order | None) -> Kind:
    kind = book.kind(name)
    if kind is None:
        raise Invalid({"kind": _("Este tipo de atendimento não existe.")})
    if kind.order == "required" and order is None:
        raise Invalid({"order": _("Todo atendimento é sobre um pedido: escolha o pedido.")})
    return kind


def _first_recipient(book: Rulebook, by: Actor) -> str:
    """A customer's case goes to the seller, or to the one party customers write to here."""
    rules = book.replies.by.get(by.party)
    if by.party is not Party.CUSTOMER or rules is None:
        return str(rules.to[0]) if rules and len(rules.to) == 1 else ""
    return str(Party.SELLER if Party.SELLER in rules.to else rules.to[0])


def _reason_errors(book: Rulebook, reason: Reason | None, by: Actor, kind: Kind) -> dict[str, str]:
    offered = eligibility.reasons_offered(book, by, kind)
    if reason in offered or (reason is None and not offered):
        return {}
    return {"reason": _("Escolha o assunto na lista.")}


def row(
    version: Version,
    kind: Kind,
    order: Order | None,
    by: Actor,
    at: datetime,
    customer: Customer | None,
    *,
    reason: str,
) -> Case:
    """A case that begins at this moment, not stored yet: what lists and filters need of its order and customer."""
    # Where the rules give the seller no part, the case is not the seller's: it hears of child cases alone.
    takes_part = Party.SELLER in rulebook_versions.of_version(version.pk).parties
    seller: Seller | None = order.seller if order and takes_part else None
    if order is None and by.seller_id:
        seller = Seller.objects.get(pk=by.seller_id)
    return Case(
        marketplace_id=by.marketplace_id,
        version=version,
        kind=kind.id,
        reason=reason,
        origin=str(by.party),
        order=order,
        order_number=order.number if order else "",
        external_id=order.external_id if order else "",
        platform=order.platform if order else "",
        value_cents=order.total_cents if order else 0,
        seller=seller,
        customer=customer,
        document=customer.document if customer else "",
        waiting_since=at,
        opened_at=at,
        last_activity_at=at,
        due_order=planning.NEVER,
        seller_due_order=planning.NEVER,
    )


def beside(parent: Case, kind: str, *, at: datetime) -> Case:
    """A child case that begins at this moment, not stored yet: it knows nothing of its parent but the subject."""
    return Case(
        marketplace=parent.marketplace, version=parent.version, kind=kind, reason=parent.reason,
        origin=str(Party.MARKETPLACE), parent=parent, waiting_since=at, opened_at=at, last_activity_at=at,
        due_order=planning.NEVER, seller_due_order=planning.NEVER,
    )  # fmt: skip


def _who_asks(by: Actor, named: Customer | None, contact: Contact | None) -> Customer | None:
    """The customer who opens the case, the one the team names of its own marketplace, or who left their contact."""
    if by.party is Party.MARKETPLACE and named and named.marketplace_id == by.marketplace_id:
        return named
    if by.party is Party.MARKETPLACE and contact:
        return contacts.keep(by.marketplace_id, contact)
    return Customer.objects.filter(pk=by.customer_id).first() if by.customer_id else None
