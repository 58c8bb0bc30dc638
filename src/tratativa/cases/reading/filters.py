"""The filters of the list (rows A-14…A-25, and who, queue, channel, carrier), read from a page's parameters."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import gettext as _

from tratativa.accounts import documents, text
from tratativa.accounts.actors import Actor
from tratativa.cases.core import protocols
from tratativa.cases.models.case import OVERDUE, SELLER_OVERDUE
from tratativa.cases.reading import conditions_as_sql, lookups, tags
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.parties import Party

TABS = ("mine", "customer", "seller", "marketplace", "partner", "mediation", "overdue", "closed", "all")
SORTS = ("activity", "due")
_COLUMNS = (
    "reason", "waiting_on", "protocol", "external_id", "platform", "origin", "document", "customer", "order", "queue",
    "channel", "carrier", "seller",
)  # fmt: skip
_NAMED = {"order": "order_number", "carrier": "order__carrier"}


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed by; an empty value narrows nothing. Dates are of the case's opening, both included.

    `assignee` is a person's key, `me` or `nobody`. `history` is `all` where age is to hide nothing.
    """

    tab: str = "mine"
    sort: str = "activity"
    status: str = ""
    reason: str = ""
    waiting_on: str = ""
    protocol: str = ""
    order: str = ""
    external_id: str = ""
    platform: str = ""
    origin: str = ""
    document: str = ""
    overdue: str = ""
    opened_from: date | None = None
    opened_to: date | None = None
    customer: str = ""
    tag: str = ""
    assignee: str = ""
    queue: str = ""
    channel: str = ""
    carrier: str = ""
    seller: str = ""
    critical: str = ""
    aside: str = ""
    history: str = ""
    q: str = ""

    @property
    def exact(self) -> bool:
        """Whether one thing in particular is looked for, so that age hides nothing."""
        in_particular = (self.protocol, self.order, self.external_id, self.document, self.opened_from, self.customer)
        return any(in_particular)

    @property
    def active(self) -> dict[str, str]:
        """The filters in use, as parameters; without the tab and the sorting."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: str(value) for name, value in values.items() if value and name not in {"tab", "sort", "history"}}

    def without(self, name: str) -> "Filters":
        """These filters with one taken off."""
        empty: Any = None if name in {"opened_from", "opened_to"} else ""
        return replace(self, **{name: empty})


def parse(params: Mapping[str, str], kinds: Sequence[str] = ()) -> tuple[Filters, dict[str, str]]:
    """Filters from parameters, and a sentence for each one that cannot be understood; `kinds` of document are the
    rulebook's land's.

    What was wrong narrows the list to nothing rather than showing what was not asked for.
    """
    raw = {field.name: text.line(str(params.get(field.name, "")))[:120] for field in fields(Filters)}
    errors: dict[str, str] = {}
    values: dict[str, Any] = dict(raw)
    values["tab"] = raw["tab"] if raw["tab"] in TABS else "mine"
    values["sort"] = raw["sort"] if raw["sort"] in SORTS else "activity"
    values["protocol"] = _protocol(raw["protocol"], errors)
    values["document"] = _document(raw["document"], errors, kinds)
    values["aside"] = "yes" if raw["aside"] == "yes" and values["tab"] == "mine" else ""
    for name in ("overdue", "critical"):
        values[name] = raw[name] if raw[name] in {"yes", "no"} else ""
    values["history"] = "all" if raw["history"] == "all" else ""
    values["assignee"] = raw["assignee"] if raw["assignee"] in {"me", "nobody"} else _key(raw["assignee"])
    for name in ("opened_from", "opened_to"):
        values[name] = _day(name, raw[name], errors)
    values["customer"], values["seller"] = _key(raw["customer"]), _key(raw["seller"])
    for name in ("waiting_on", "origin"):
        values[name] = _party(name, raw[name], errors)
    if values["opened_from"] and values["opened_to"] and values["opened_from"] > values["opened_to"]:
        errors["opened_to"] = _("O período termina antes de começar.")
    return Filters(**values), errors


def as_query(filters: Filters, book: Rulebook, actor: Actor) -> Q:
    """The filters (not the tab, not the search) as one query over cases, as this actor asks; they all must hold.

    Raises disclosures.TooMuch for a document too many.
    """
    wanted, party = Q(), actor.party
    if filters.document:
        lookups.count(actor, filters.document)
    for name in _COLUMNS:
        if getattr(filters, name):
            wanted &= Q(**{_NAMED.get(name, name): getattr(filters, name)})
    if filters.tag:
        wanted &= Q(tags.on_case(filters.tag, party))
    if filters.critical:
        wanted &= Q(critical=filters.critical == "yes")
    if filters.assignee:
        wanted &= assigned(filters.assignee, actor)
    if filters.overdue:
        wanted &= overdue(party) if filters.overdue == "yes" else ~overdue(party)
    if filters.status:
        wanted &= _status(filters.status, book)
    return wanted & _opened(filters, book.clock.zone)


def overdue(party: Party) -> Q:
    """The cases this party's lists call overdue: a seller's know only what the seller owes."""
    return SELLER_OVERDUE if party is Party.SELLER else OVERDUE


def assigned(key: str, actor: Actor) -> Q:
    """The cases of the actor's colleague with this key; `me` is the actor, `nobody` none."""
    column = "seller_assignee" if actor.party is Party.SELLER else "assignee"
    if key == "nobody":
        return Q(**{column: None})
    return Q(**{column: actor.person_id if key == "me" else key})


def _status(label: str, book: Rulebook) -> Q:
    try:
        return conditions_as_sql.by_status(book, label)
    except (KeyError, conditions_as_sql.NotSelectable):
        return Q(pk__in=[])


def _opened(filters: Filters, zone: ZoneInfo) -> Q:
    wanted = Q()
    if filters.opened_from:
        wanted &= Q(opened_at__gte=datetime.combine(filters.opened_from, time(), zone))
    if filters.opened_to:
        wanted &= Q(opened_at__lt=datetime.combine(filters.opened_to + timedelta(days=1), time(), zone))
    return wanted


def _protocol(raw: str, errors: dict[str, str]) -> str:
    if raw and protocols.parse(raw) is None:
        errors["protocol"] = _("Este número de atendimento não existe: confira os dígitos.")
        return ""
    return protocols.parse(raw) or ""


def _document(raw: str, errors: dict[str, str], kinds: Sequence[str]) -> str:
    if not raw:
        return ""
    try:
        return documents.parse(raw, kinds)
    except documents.BadDocument as bad:
        errors["document"] = str(bad)
        return ""


def _key(raw: str) -> str:
    """The key of a row, from an address of ours: what is none narrows to nobody's."""
    try:
        return str(uuid.UUID(raw)) if raw else ""
    except ValueError:
        return str(uuid.UUID(int=0))


def _day(name: str, raw: str, errors: dict[str, str]) -> date | None:
    if not raw:
        return None
    try:
        day = date.fromisoformat(raw)
    except ValueError:
        errors[name] = _("Escreva a data como dia, mês e ano.")
        return None
    if not 2000 <= day.year <= 2100:
        errors[name] = _("Confira o ano da data.")
        return None
    return day


def _party(name: str, raw: str, errors: dict[str, str]) -> str:
    if raw and raw not in {*Party, "nobody"}:
        errors[name] = _("Escolha uma das opções da lista.")
        return ""
    return raw
