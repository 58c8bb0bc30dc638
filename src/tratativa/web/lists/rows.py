"""Rows of lists: dictionaries prepared here, so that a template's loop only prints."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django.urls import reverse
from django.utils.translation import gettext as _

from tratativa.accounts import moments
from tratativa.accounts.actors import Actor
from tratativa.cases.core import facts, protocols, rulebook_versions
from tratativa.cases.models import Case
from tratativa.cases.reading import inbox
from tratativa.cases.reading.chats import Conversation
from tratativa.cases.reading.listed import listing
from tratativa.cases.sentences import labels
from tratativa.cases.sentences.reader import party_name
from tratativa.orders.models import Order
from tratativa.rulebook import verdict as verdicts
from tratativa.rulebook.language.money_rules import MoneyRules
from tratativa.rulebook.terms.parties import Party
from tratativa.web.lists import covering
from tratativa.web.templatetags import words

Row = dict[str, Any]
SNIPPET = 120  # characters of a message a list shows
TAGS = 3  # of a case's that a row shows by name


def of_cases(cases: Iterable[Case], actor: Actor, now: datetime) -> list[Row]:
    """The list's rows. No query per row: statuses come from the case's own columns, the rest for all at once."""
    order_word = _("Ver pedido")
    case_path, order_path = _paths()
    found = list(cases)
    known = listing.beside(found, actor, at=now)
    away = covering.away(actor, now) if any(case.assignee_for(actor.party) for case in found) else {}
    return [
        _of_case(case, actor, now, case_path, order_path, order_word)
        | _beside(case, known)
        | {"cover": covering.told(case.assignee_for(actor.party), away)}
        for case in found
    ]


def _beside(case: Case, known: listing.Beside) -> Row:
    """What a row says beside its case's own columns."""
    said, clock, tags = known.said.get(case.pk), known.clocks.get(case.pk), known.tags.get(case.pk, [])
    return {
        "said": " ".join(words.plain(said.words).split())[:SNIPPET] if said else "",
        "said_by": _writer(case, said) if said else "",
        "unread": bool(said and said.unread),
        "tags": tags[:TAGS],
        "more_tags": max(0, len(tags) - TAGS),
        "goods": known.goods.get(case.order_id, "") if case.order_id else "",
        "gone": round(clock.gone * 100) if clock else None,
        "last_tenth": bool(clock and clock.last),
        "version": case.row_version,
    }


def _writer(case: Case, said: listing.Said) -> str:
    """Who wrote the last message, as one word tells it."""
    if said.mine:
        return _("Você")
    if said.party is Party.CUSTOMER and case.customer:
        return case.customer.name.split()[0] if case.customer.name else ""
    return party_name(rulebook_versions.of(case), said.party)


def of_conversations(found: Iterable[Conversation], actor: Actor, now: datetime, current: str) -> list[Row]:
    """The list of conversations; `current` is the protocol of the open one."""
    path, you = reverse("chat", args=["~"]), _("Você")
    return [
        {
            "url": path.replace("~", protocols.show(one.case.protocol)),
            "name": one.case.customer.name if one.case.customer else "",
            "order": one.case.order_number,
            "said": (f"{you}: " if one.mine else "") + " ".join(words.plain(one.words).split())[:SNIPPET],
            "last": moments.short(one.case.last_activity_at, now),
            "yours": one.case.is_open and one.case.waiting_on == actor.party,
            "closed": not one.case.is_open,
            "current": one.case.protocol == current,
        }
        for one in found
    ]


def of_mediations(cases: Iterable[Case], now: datetime) -> list[Row]:
    """The rows of the mediation queue, each with the address of its ruling when its rulebook has one."""
    return [_of_mediation(case, now) for case in cases]


def of_orders(orders: Iterable[Order], now: datetime, paid_in: MoneyRules, *, sellers: bool) -> list[Row]:
    """The rows of the orders' list; with `sellers`, each names its seller."""
    return [
        {
            "url": reverse("order", args=[order.number]),
            "number": order.number,
            "customer": order.customer.name,
            "seller": order.seller.name if sellers else "",
            "stage": labels.stage(order.stage),
            "ordered": moments.day(order.ordered_at)
            if "ordered_at" in order.by_day
            else moments.short(order.ordered_at, now),
            "total": paid_in.show(order.total_cents),
        }
        for order in orders
    ]


def due_words(case: Case, party: Party, now: datetime) -> tuple[str, str, str]:
    """The nearest due time this party knows of: in words, exactly, how pressing; empty without one.

    A closed case has one only where the law's own clock still waits (L-16).
    """
    due = case.overdue_for(party) or case.due_for(party)
    if due is None:
        return "", "", ""
    return moments.left(due, now), moments.due(due), moments.urgency(due, now)


def capped(count: int) -> str:
    """A count as tabs show it: «1000+» beyond that."""
    most = inbox.COUNT_LIMIT - 1
    return f"{most}+" if count > most else str(count)


def _of_case(case: Case, actor: Actor, now: datetime, case_path: str, order_path: str, order_word: str) -> Row:
    book = rulebook_versions.of(case)
    status, tone = verdicts.status_label(book, facts.of_columns(case), actor.party)
    shown = protocols.show(case.protocol)
    responsible = case.assignee_for(actor.party)
    due, exact, urgency = due_words(case, actor.party, now)
    return {
        "url": case_path.replace("~", shown),
        "protocol": case.protocol,
        "seen": case.row_version,
        "shown": shown,
        "order": case.order_number,
        "order_url": order_path.replace("~", quote(case.order_number, safe="/")),
        "order_label": order_word,
        "customer": case.customer.name if case.customer else "",
        "subject": rulebook_versions.subject(case),
        "status": status,
        "tone": tone,
        "assignee": responsible.name if responsible else "",
        "initials": words.initials(responsible.name) if responsible else "",
        "due": due,
        "due_exact": exact,
        "urgency": urgency,
        "last": moments.short(case.last_activity_at, now),
        "value": book.money.show(case.value_cents) if case.value_cents else "",
    }


def _of_mediation(case: Case, now: datetime) -> Row:
    book = rulebook_versions.of(case)
    shown = protocols.show(case.protocol)
    ruling = next((action for action in book.actions if action.place == "ruling"), None)
    return {
        "url": reverse("case", args=[shown]),
        "shown": shown,
        "subject": rulebook_versions.subject(case),
        "customer": case.customer.name if case.customer else "",
        "seller": case.seller.name if case.seller else "",
        "value": book.money.show(case.value_cents),
        "waiting": moments.short(case.waiting_since, now),
        "rule_url": reverse("action", args=[shown, ruling.id]) if ruling else "",
    }


def _paths() -> tuple[str, str]:
    """The addresses of a case and an order with `~` where the number goes: one reverse for fifty rows."""
    return reverse("case", args=["~"]), reverse("order", args=["~"])
