"""Finding what a page is about among what its actor may know of; anything else does not exist (404)."""

import uuid

from django.http import Http404

from tratativa.accounts import text
from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Customer
from tratativa.cases import events
from tratativa.cases.core import protocols, visibility
from tratativa.cases.models import Attachment, Case, Entry, Request, Text
from tratativa.cases.requests import answering_for, requests
from tratativa.orders.models import Order
from tratativa.rulebook.terms.parties import Party

_CASE = ("order__seller", "seller", "customer", "assignee", "seller_assignee", "marketplace", "parent", "partner")


def case(actor: Actor, protocol: str) -> Case:
    """The case with this protocol, with or without punctuation. Raises Http404."""
    number = protocols.parse(protocol[:40])
    found = visibility.visible_cases(actor).select_related(*_CASE).filter(protocol=number).first() if number else None
    if found is None:
        raise Http404
    return found


def child(actor: Actor, protocol: str) -> Case:
    """The child case with this protocol, without whatever asked for it. Raises Http404."""
    number = protocols.parse(protocol[:40])
    found = visibility.visible_cases(actor).exclude(queue="").select_related("partner", "marketplace")
    case = found.filter(protocol=number).first() if number else None
    if case is None:
        raise Http404
    return case


def customer(actor: Actor, key: uuid.UUID) -> Customer:
    """The customer with this key, for those who may look into registrations. Raises Http404."""
    found = visibility.visible_customers(actor).filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def order(actor: Actor, number: str) -> Order:
    """The order with this number. Raises Http404."""
    wanted = text.line(number[:60])
    found = visibility.visible_orders(actor).select_related("seller", "customer").filter(number=wanted).first()
    if found is None:
        raise Http404
    return found


def file(actor: Actor, key: uuid.UUID) -> Attachment:
    """The sent file with this key. Raises Http404."""
    found = visibility.visible_files(actor).filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def request(actor: Actor, case: Case, key: uuid.UUID) -> Request:
    """The form of this case that waits for the actor's party. Raises Http404."""
    found = next((one for one in requests.pending(case, actor) if one.pk == key), None)
    if found is None:
        raise Http404
    return found


def asked(actor: Actor, case: Case, key: uuid.UUID) -> Request:
    """The form of this case the customer was asked and has not answered. Raises Http404."""
    found = next((one for one in answering_for.waiting(case, actor) if one.pk == key), None)
    if found is None:
        raise Http404
    return found


def sellers_message(actor: Actor, case: Case, number: int) -> Entry:
    """The message of this number that the seller wrote and the actor received. Raises Http404."""
    seen = visibility.visible_entries(case, actor)
    found = seen.filter(number=number, event=events.Posted.name, party=str(Party.SELLER)).first()
    if found is None:
        raise Http404
    return found


def words(entry: Entry) -> str:
    """An entry's words; empty where it has none or they were erased."""
    found = Text.objects.filter(pk=entry.pk).first()
    return found.body if found else ""
