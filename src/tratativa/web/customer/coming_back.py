"""Coming back: the page a customer was on when their session ended, carried through the door in the address."""

from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve, reverse

from tratativa.accounts import actors, reach
from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Customer, Marketplace
from tratativa.cases.core import protocols, visibility

_PAGES = {"my_case", "my_action", "my_request", "my_report", "my_open"}


def onwards(request: HttpRequest, step: str, place: Marketplace) -> str:
    """The next step of the door, which still knows that page."""
    wanted = request.GET.get("next", "")[:300]
    return reverse(step, args=[place.slug], query={"next": wanted} if wanted else None)


def page(request: HttpRequest, customer: Customer) -> str:
    """That page, when it is one of a case or an order of this customer's; else the list of their cases."""
    try:
        wanted = urlsplit(request.GET.get("next", "")[:300])
        found = resolve(wanted.path)
    except (ValueError, Resolver404):
        return reverse("my_cases")
    written = found.view_name in _PAGES and wanted.path == reverse(found.view_name, kwargs=found.kwargs)
    if wanted.netloc or not written or not _is_theirs(actors.of_customer(customer), found.kwargs):
        return reverse("my_cases")
    return f"{wanted.path}?{wanted.query}" if wanted.query else wanted.path


def _is_theirs(actor: Actor, parts: dict[str, Any]) -> bool:
    with reach.within(*actor.owners):  # they come in with this request, which was nobody's until now
        if "protocol" not in parts:
            return visibility.visible_orders(actor).filter(number=parts["number"]).exists()
        protocol = protocols.parse(parts["protocol"])
        return bool(protocol) and visibility.visible_cases(actor).filter(protocol=protocol).exists()
