"""Recognising: who acts in a request, by its session and by the part of the site it asks for."""

import uuid
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from tratativa.accounts import actors, reach
from tratativa.accounts.access import customer_access
from tratativa.accounts.models import Membership
from tratativa.cases.queues import links
from tratativa.rulebook.terms.parties import Party

CUSTOMERS = "/my/"
PARTNERS = "/partner/"
PATHS: Mapping[str, str] = MappingProxyType({Party.CUSTOMER: CUSTOMERS, Party.PARTNER: PARTNERS})


def recognise(request: Any) -> None:
    """Gives the request, which has its moment, session and user, whoever acts in it: staff, a partner, a customer."""
    request.actor = request.membership = request.customer = request.partner = request.marketplace = None
    if request.path.startswith(CUSTOMERS):
        _as_customer(request)
    elif request.path.startswith(PARTNERS):
        _as_partner(request)
    elif request.user.is_authenticated:
        _as_staff(request)


def _as_staff(request: Any) -> None:
    membership = _chosen(request, request.user.places)
    if membership:
        request.membership, request.marketplace = membership, membership.marketplace
        request.actor = actors.of_membership(membership)


def _as_partner(request: Any) -> None:
    """By the link of a letter, to its one case; or, wider, as one of the same partner's people."""
    places = request.user.places if request.user.is_authenticated else []
    membership = _chosen(request, [place for place in places if place.partner_id])
    held = request.session.get("partner_key")
    key = links.still(held, at=request.at) if held else None
    if key and not (membership and membership.partner_id == key.partner_id):
        request.partner, request.marketplace = key.partner, key.partner.marketplace
        request.actor = actors.of_partner(key.partner, key.case_id)
    elif membership:
        request.membership, request.partner = membership, membership.partner
        request.actor, request.marketplace = actors.of_membership(membership), membership.marketplace


def _chosen(request: Any, places: list[Membership]) -> Membership | None:
    """The membership somebody chose to act by, when it is among these; else the first."""
    chosen = request.session.get("membership")
    return next((place for place in places if str(place.pk) == chosen), next(iter(places), None))


def _as_customer(request: Any) -> None:
    key, only = request.session.get("customer"), request.session.get("only_case")
    if key is None:
        return
    link, entered = request.session.get("link"), request.session.get("entered", 0.0)
    if only and not link:  # it began before sessions remembered their link: the link opens another
        return
    with reach.within(uuid.UUID(key)):
        customer = customer_access.still(key, link_id=link, entered=entered, at=request.at)
    if customer:
        request.customer, request.marketplace = customer, customer.marketplace
        request.actor = actors.of_customer(customer, uuid.UUID(only) if only else None)
