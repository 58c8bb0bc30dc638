"""The list's filters as a page shows them: a field each, a chip for each in use, and addresses that keep the rest."""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from tratativa.accounts import documents, teams
from tratativa.accounts.actors import Actor
from tratativa.cases.core import visibility
from tratativa.cases.reading import inbox
from tratativa.cases.reading.filters import Filters
from tratativa.cases.reading.operators import columns
from tratativa.cases.reading.operators.asked import Asking
from tratativa.cases.sentences.reader import party_name
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.parties import Party

Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class Field:
    """One filter: its label, what is in it, and what was wrong with it."""

    name: str
    label: str
    value: str
    kind: str = "text"
    choices: Choices | None = None
    error: str = ""


@dataclass(frozen=True)
class Chip:
    """A filter in use, and the address of the list without it."""

    label: str
    value: str
    url: str


def fields(params: QueryDict, filters: Filters, errors: dict[str, str], asking: Asking) -> list[Field]:
    """The filters (A-14…A-24 and what followed), showing what was typed even where it was wrong."""
    choices = _choices(asking)
    return [
        Field(
            name=name,
            label=label,
            value=_typed(params, filters, name),
            kind="date" if name.startswith("opened_") else "text",
            choices=choices.get(name),
            error=errors.get(name, ""),
        )
        for name, label in labels(asking.book).items()
        if name != "queue" or choices["queue"]
    ]


def chips(filters: Filters, asking: Asking) -> list[Chip]:
    """The filters in use, each with the address of the list without it."""
    book, actor = asking.book, asking.actor
    names = labels(book) | {"customer": _("Cliente"), "seller": _("Lojista"), "aside": _("Adiados")}
    choices = _choices(asking)
    if filters.customer:
        who = visibility.named_customers(actor).filter(pk=filters.customer).first()
        choices["customer"] = [(filters.customer, who.name if who else "–")]
    if filters.seller:
        store = visibility.visible_sellers(actor).filter(pk=filters.seller).first()
        choices["seller"] = [(filters.seller, store.name if store else "–")]
    choices["aside"] = [("yes", _("sim"))]
    found = []
    for name, value in filters.active.items():
        if name == "q":
            continue
        shown = dict(choices.get(name, [])).get(value, value)
        if name.startswith("opened_"):
            shown = "/".join(reversed(value.split("-")))
        found.append(Chip(names[name], shown, address(filters.without(name))))
    return found


def address(filters: Filters, place: str = "cases", **more: str) -> str:
    """The address of a list with these filters; `more` are further parameters."""
    return reverse(place) + "?" + query(filters, **more)


def query(filters: Filters, **more: str) -> str:
    """The filters as a query string."""
    values = {"tab": filters.tab, "sort": filters.sort, **filters.active, "history": filters.history, **more}
    return urlencode({name: value for name, value in values.items() if value})


def sorts(filters: Filters, place: str = "cases") -> list[dict[str, Any]]:
    """By what a list can be sorted, and its address sorted so."""
    named = (("due", _("Prazo")), ("activity", _("Última mensagem")))
    return [
        {"label": label, "url": address(replace(filters, sort=name), place), "current": filters.sort == name}
        for name, label in named
    ]


def usual_sort(tab: str) -> str:
    """How a tab is sorted until somebody chooses: what waits by urgency, the rest by news."""
    return "due" if tab in {"mine", "overdue"} else "activity"


def with_usual_sort(params: dict[str, str]) -> dict[str, str]:
    """The parameters with the tab's usual sorting where they name none."""
    return {"sort": usual_sort(params.get("tab", "mine")), **params}


def labels(book: Rulebook) -> dict[str, str]:
    """What the filters are called; the customer's document as in the rulebook's land."""
    return {
        "status": _("Status"),
        "reason": _("Assunto"),
        "waiting_on": _("Destinatário"),
        "protocol": _("Atendimento"),
        "order": _("Pedido"),
        "external_id": _("ID Externo"),
        "platform": _("Plataforma"),
        "origin": _("Origem"),
        "document": documents.kinds_named(book.land.documents),
        "overdue": _("Status de vencimento"),
        "tag": _("Etiqueta"),
        "assignee": _("Responsável"),
        "queue": _("Fila"),
        "channel": _("Canal"),
        "carrier": _("Transportadora"),
        "critical": _("Crítico"),
        "opened_from": _("Período de"),
        "opened_to": _("Período até"),
    }


def tabs(actor: Actor, book: Rulebook) -> list[tuple[str, str]]:
    """The tabs of a party in order, each with its name as the rulebook has it."""
    own = {
        "mine": book.words.mine or _("Aguardando você"),
        "mediation": _("Em mediação"),
        "overdue": _("Vencidos"),
        "closed": book.words.closed or _("Encerrados"),
        "all": _("Todos"),
    }
    return [(tab, own.get(tab) or _waiting(book, tab)) for tab in inbox.tabs(book, actor.party)]


def _waiting(book: Rulebook, party: str) -> str:
    """What the tab of cases that wait on a party is called: as the status that says so, or by the party's name."""
    for status in book.statuses:
        if [(test.fact, test.values) for test in status.when.tests] == [("case.waiting_on", (party,))]:
            return status.label
    return _("Aguardando %(party)s") % {"party": party_name(book, party)}


def _choices(asking: Asking) -> dict[str, Choices]:
    book = asking.book
    parties = [(str(party), party_name(book, party)) for party in Party if party in book.parties]
    team = asking.actor.party is Party.MARKETPLACE
    lists = {
        "queue": columns.queues(asking) if team else (),
        "channel": columns.channels(asking),
        "carrier": columns.carriers(asking),
        "critical": columns.critical(asking),
    }
    return {
        "status": [(status.label, status.label) for status in book.statuses],
        "reason": [(reason.id, reason.label) for reason in book.reasons],
        "waiting_on": [*parties, ("nobody", _("Ninguém"))],
        "origin": parties,
        "overdue": [("yes", _("Vencidos")), ("no", _("No prazo"))],
        "assignee": [
            ("me", _("Eu")),
            ("nobody", _("Sem responsável")),
            *((str(one.id), one.name) for one in teams.others(asking.actor)),
        ],
        **{name: [(one.key, one.label) for one in found] for name, found in lists.items()},
    }


def _typed(params: QueryDict, filters: Filters, name: str) -> str:
    value: Any = getattr(filters, name)
    return str(value) if value else params.get(name, "")[:120]
