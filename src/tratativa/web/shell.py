"""What every page wears: who acts, the marketplace's accent, the way around, and the live stream's token."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from tratativa.cases import live
from tratativa.rulebook.parties import Party

THEMES = {"light", "dark"}


@dataclass(frozen=True)
class Place:
    """An entry of the navigation. `section` is the first part of its path."""

    label: str
    icon: str
    url: str
    section: str
    key: str = ""


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context of every page; `live_token` costs nothing until a template asks."""
    asked: Any = request
    actor = getattr(asked, "actor", None)
    marketplace = getattr(asked, "marketplace", None)
    return {
        "now": getattr(asked, "at", None),
        "actor": actor,
        "membership": getattr(asked, "membership", None),
        "marketplace": marketplace,
        "accent": marketplace.accent if marketplace else "blue",
        "theme": theme(request),
        "places": places(actor.party) if actor and actor.role != "customer" else [],
        "section": request.path.split("/")[1] if "/" in request.path else "",
        "memberships": getattr(getattr(asked, "user", None), "places", []),
        "live_token": SimpleLazyObject(lambda: live.token(actor) if actor else ""),
    }


def theme(request: HttpRequest) -> str:
    """`light` or `dark` as chosen, or empty to follow the system."""
    chosen = request.COOKIES.get("theme", "")
    return chosen if chosen in THEMES else ""


def places(party: Party) -> list[Place]:
    """Where a member of staff can go."""
    around = [
        Place(_("Atendimentos"), "inbox", reverse("cases"), "cases", "g c"),
        Place(_("Gestão de Vendas"), "shopping-bag", reverse("orders"), "orders", "g o"),
        Place(_("Reversas"), "undo-2", reverse("returns"), "returns", "g r"),
    ]
    if party is Party.MARKETPLACE:
        around.insert(1, Place(_("Mediações"), "scale", reverse("mediations"), "mediations", "g m"))
        around.append(Place(_("Vendedores"), "store", reverse("sellers"), "sellers", "g v"))
    return around
