"""What every page wears: who acts, the marketplace's accent, the way around, and the live stream's token."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from tratativa.accounts import rights
from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Marketplace
from tratativa.accounts.rights import Right
from tratativa.cases.core import live, rulebook_versions
from tratativa.cases.reading import chats
from tratativa.founding import beginnings
from tratativa.notices import reading as notices
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.parties import Party
from tratativa.web.frame import address_rights, rooms, strip

_GOING_BACK = {"give_posting_code", "schedule_collection", "confirm_return"}
THUMBS = 5  # places that fit at the foot of a telephone; where there are more, the last is a menu of the others
THEMES = {"light", "dark"}
SHORTCUTS = {"on", "off"}
_SHOWN_AT = {"chat": "chats"}  # where a section's first page has another name


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
    staff = actor if actor and actor.party in {Party.SELLER, Party.MARKETPLACE} else None
    around = places(staff) if staff else []
    return {
        "words": words(rulebook_versions.in_force(staff.marketplace_id)) if staff else {},
        "now": getattr(asked, "at", None),
        "actor": actor,
        "may": {str(right): True for right in rights.of(actor.party, actor.role)} if actor else {},
        "membership": getattr(asked, "membership", None),
        "marketplace": marketplace,
        "accent": _accent(actor, marketplace),
        "theme": theme(request),
        "keys_off": request.COOKIES.get("keys") == "off",
        "places": around,
        "rooms": SimpleLazyObject(lambda: rooms.of(actor) if actor else []),
        "room_address": request.resolver_match.url_name if request.resolver_match else "",
        "settings_base": "settings/partner_base.html" if _is_partner(actor) else "settings/base.html",
        "checklist": SimpleLazyObject(lambda: _checklist(marketplace, actor)),
        "more": around[THUMBS - 1 :] if len(around) > THUMBS else [],
        "bell": SimpleLazyObject(lambda: notices.bell(actor)),
        "strip": SimpleLazyObject(lambda: strip.tabs(request, staff) if staff else []),
        "section": request.path.split("/")[1] if "/" in request.path else "",
        "memberships": getattr(getattr(asked, "user", None), "places", []),
        "live_token": SimpleLazyObject(lambda: _live_token(asked, actor)),
    }


def _checklist(marketplace: Marketplace | None, actor: Actor | None) -> list[beginnings.Lacking]:
    """What the marketplace lacks before its first case, for whoever may see to it; asked only while it is new."""
    mine = actor is not None and actor.party is Party.MARKETPLACE and actor.may(Right.SETTINGS)
    return beginnings.lacking(marketplace) if marketplace and mine else []


def _is_partner(actor: Actor | None) -> bool:
    return actor is not None and actor.party is Party.PARTNER


def _live_token(asked: Any, actor: Actor | None) -> str:
    return live.token(actor, session=asked.session.session_key, at=asked.at) if actor else ""


def _accent(actor: Actor | None, marketplace: Marketplace | None) -> str:
    """The marketplace's; a partner's pages wear one of their own, so that nobody takes them for the desk."""
    own = marketplace.accent if marketplace else "blue"
    if actor is None or actor.party is not Party.PARTNER:
        return own
    return "teal" if own != "teal" else "violet"


def _holds(book: Rulebook) -> bool:
    """Whether anything under these rules may wait for one of the marketplace's people."""
    return any(rule.severity == "hold" for rule in book.conduct) or any(
        action.second_person_above is not None for action in book.actions
    )


def theme(request: HttpRequest) -> str:
    """`light` or `dark` as chosen, or empty to follow the system."""
    chosen = request.COOKIES.get("theme", "")
    return chosen if chosen in THEMES else ""


def words(book: Rulebook) -> dict[str, str]:
    """What this marketplace calls its cases and the list of actions on one."""
    return {"cases": book.words.cases or _("Atendimentos"), "actions": book.words.actions or _("Ações")}


def places(actor: Actor) -> list[Place]:
    """Where a member of staff can go: what the marketplace's rulebook knows nothing of is not offered."""
    book = rulebook_versions.in_force(actor.marketplace_id)
    around = [
        Place(words(book)["cases"], "inbox", reverse("cases"), "cases", "g c"),
        Place(_("Gestão de Vendas"), "shopping-bag", reverse("orders"), "orders", "g o"),
    ]
    if book.does(*_GOING_BACK):
        around.append(Place(_("Reversas"), "undo-2", reverse("returns"), "returns", "g r"))
    around.insert(1, Place(_("Meus casos"), "user-check", reverse("mine"), "mine", "g s"))
    around.append(Place(_("Procurar"), "search", reverse("find"), "find", "g p"))
    around.append(Place(_("Ajuda"), "book-open", reverse("articles"), "articles", "g a"))
    if actor.party is Party.SELLER and book.score:
        around.insert(-1, Place(_("Desempenho"), "gauge", reverse("standing"), "standing", "g d"))
    if actor.party is Party.SELLER and chats.kinds(book):
        around.insert(1, Place(chats.kinds(book)[0].label, "messages-square", reverse("chats"), "chat", "g m"))
    if actor.party is Party.MARKETPLACE:
        around.insert(1, Place(_("Filas"), "layers", reverse("queues"), "queues", "g f"))
        if any(action.place == "ruling" for action in book.actions):
            around.insert(1, Place(_("Mediações"), "scale", reverse("mediations"), "mediations", "g m"))
        if book.does("follow_up"):
            around.insert(1, Place(_("Tarefas"), "list-checks", reverse("tasks"), "tasks", "g t"))
        if _holds(book):
            around.insert(-1, Place(_("Retidos"), "hand", reverse("holds"), "holds", "g h"))
        around.insert(-1, Place(_("Correio"), "mailbox", reverse("post"), "post", "g e"))
        if Party.SELLER in book.parties:
            around.insert(-1, Place(_("Denúncias"), "flag", reverse("reports"), "reports", "g d"))
            around.insert(-1, Place(_("Lojistas"), "store", reverse("sellers"), "sellers", "g l"))
    around = [place for place in around if address_rights.may(actor, _SHOWN_AT.get(place.section, place.section))]
    if len(rooms.of(actor)) > 1:
        around.append(Place(_("Ajustes"), "settings", reverse("settings"), "settings", "g u"))
    return around
