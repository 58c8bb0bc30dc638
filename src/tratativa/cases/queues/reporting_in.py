"""Reporting in: a partner opens a case of its own accord, about an order or a registration it suspects (K12-01)."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from tratativa.accounts import documents, reach
from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Customer, Partner
from tratativa.cases import door, events
from tratativa.cases.acting import eligibility, opening
from tratativa.cases.core import audience, rulebook_versions
from tratativa.cases.core.change import Change
from tratativa.cases.core.refusals import Invalid, NotAllowed
from tratativa.cases.messages import addressing, posting
from tratativa.cases.models import Attachment, Case, Escalation
from tratativa.orders import numbers
from tratativa.orders.models import Order
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.language.sections import Kind, Reason
from tratativa.rulebook.terms.parties import Party


def offered(actor: Actor) -> list[Reason]:
    """The reasons under which this partner may open a case; none for who came by a letter's link to one of them."""
    if actor.party is not Party.PARTNER or actor.only_case:
        return []
    book = rulebook_versions.in_force(actor.marketplace_id)
    kind = _kind(book)
    return eligibility.reasons_offered(book, actor, kind) if kind else []


def report(
    reason: str, words: str, *, by: Actor, at: datetime, number: str = "", document: str = "",
    files: Sequence[Attachment] = (), once: uuid.UUID | None = None,
) -> Case:  # fmt: skip
    """Opens a case for the team, and beside it the child case in which the partner is answered; returns the latter.

    It is about an order of the partner's own seller, or about whoever has this document: whether anybody has it the
    partner does not learn. Under an internal reason the customer does not either. Raises Invalid and NotAllowed.
    """
    twin = Case.objects.filter(marketplace_id=by.marketplace_id, once=once, partner=by.partner_id).first()
    if once and twin:
        return twin
    version = rulebook_versions.current(by.marketplace_id)
    book = rulebook_versions.of_version(version.pk)
    kind, topic = _kind(book), next((one for one in offered(by) if one.id == reason), None)
    if kind is None or not offered(by):
        raise NotAllowed(_("Este tipo de atendimento não é aberto por você."))
    errors = addressing.errors_of(book, words, files) | ({} if topic else {"reason": _("Escolha o assunto na lista.")})
    partner = Partner.objects.select_related("seller").get(pk=by.partner_id or by.person)
    with reach.within(by.marketplace_id):  # whom it is about the partner need not know of yet
        order, customer = _about(partner, number, document, errors, book.land.documents)
    if errors or topic is None:
        raise Invalid(errors)
    case = opening.row(version, kind, order, by, at, order.customer if order else customer, reason=topic.id)
    case.internal, case.critical, case.waiting_on = topic.internal, topic.critical, str(Party.MARKETPLACE)
    with door.beginning(case, by=by, at=at) as change:
        opened = events.Opened(to=str(Party.MARKETPLACE), channel=case.channel, reason=case.reason)
        change.record(opened, to=audience.TEAM)
        change.record(events.Posted(to=str(Party.MARKETPLACE)), to=audience.TEAM, words=words)
        return _child(change, partner, words, files, once)


def _child(change: Change, partner: Partner, words: str, files: Sequence[Attachment], once: uuid.UUID | None) -> Case:
    """The partner's own: the conversation with the team, without anything of the case behind it."""
    parent, kind = change.case, change.book.child_kind
    child = opening.beside(parent, kind.id if kind else parent.kind, at=change.at)
    child.origin, child.queue, child.partner = str(Party.PARTNER), partner.queue, partner
    child.order_number, child.once, child.waiting_on = parent.order_number, once, str(Party.MARKETPLACE)
    with door.beginning(child, by=change.by, at=change.at) as inner:
        opened = events.Opened(to=str(Party.MARKETPLACE), channel=child.channel, reason=child.reason)
        inner.record(opened, to=audience.WITH_PARTNER)
        said = posting.post(inner, words, addressing.Sending(Party.MARKETPLACE, audience.WITH_PARTNER), files)
    Escalation.objects.create(
        child=child, parent=parent, queue=partner.queue, asked_at=change.at, answered_at=change.at,
        answer=said.number, told=said.number,
    )  # fmt: skip
    return child


def _about(
    partner: Partner, number: str, document: str, errors: dict[str, str], kinds: Sequence[str]
) -> tuple[Order | None, Customer | None]:
    if number:
        own = Order.objects.select_related("customer", "seller").filter(seller=partner.seller)
        order = (own.filter(number=number).first() or numbers.spelt(own, number).first()) if partner.seller else None
        if order is None:
            errors["order"] = _("Não há pedido seu com este número.")
        return order, None
    if not document:
        errors["order"] = _("Diga de qual pedido ou de qual documento (%(kinds)s) se trata.") % {
            "kinds": documents.kinds_named(kinds)
        }
        return None, None
    try:
        parsed = documents.parse(document, kinds)
    except documents.BadDocument as bad:
        errors["document"] = str(bad)
        return None, None
    return None, Customer.objects.filter(marketplace=partner.marketplace, document=parsed).first()


def _kind(book: Rulebook) -> Kind | None:
    return next((kind for kind in book.kinds.values() if Party.PARTNER in kind.opened_by), None)
