"""Filling: a saved reply's gaps, from what its writer may see and its reader may know."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from tratativa.accounts import formatting, text
from tratativa.accounts.actors import Actor
from tratativa.cases.clocks import planning
from tratativa.cases.core import protocols, rulebook_versions
from tratativa.cases.messages import blanks
from tratativa.cases.models import Case, Deadline
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms import customs
from tratativa.rulebook.terms.parties import Party
from tratativa.saved_replies import gaps

_TITLES = 3  # products of an order that are named


@dataclass(frozen=True)
class Known:
    """A case, who writes in it, who will read, and when."""

    case: Case
    book: Rulebook
    writer: Actor
    reader: Party
    at: datetime


@dataclass(frozen=True)
class Filled:
    """A text ready to be looked at: its words, the same with marks (empty without), and what the case lacks for it."""

    words: str
    html: str
    missing: tuple[str, ...]


def fill(case: Case, words: str, *, writer: Actor, reader: Party, at: datetime) -> Filled:
    """The stored text, filled from a case `writer` may know of, for `reader`; what is not known stands as a blank.

    What may not be told the reader is as if it were not known.
    """
    known = Known(case, rulebook_versions.of(case), writer, reader, at)
    found = {gap: _value(gap, known) for gap in gaps.named(words)}
    shown = {gap: value or blanks.mark(gaps.label(gap)) for gap, value in found.items()}
    written = formatting.of_text(words, lambda piece: gaps.GAP.sub(lambda one: shown[one.group(1)], piece))
    return Filled(written.words, written.html, tuple(gaps.label(gap) for gap, value in found.items() if not value))


def _value(gap: str, known: Known) -> str:
    named = gaps.BY_ID.get(gap)
    if named is None or known.reader not in named.readers:
        return ""
    return blanks.plain(text.line(_SAYS[gap](known)))


def _customer(known: Known) -> str:
    return known.case.customer.name if known.case.customer else ""


def _first(name: str) -> str:
    return name.split()[0] if name.split() else ""


def _products(known: Known) -> str:
    if known.case.order is None:
        return ""
    titles = known.case.order.lines.order_by("id").values_list("title", flat=True)
    return ", ".join(titles[:_TITLES])


def _value_paid(known: Known) -> str:
    order = known.case.order
    return known.book.money.show(order.total_cents) if order and order.total_cents else ""


def _promised(known: Known) -> str:
    order = known.case.order
    return customs.day(order.promised_at, known.book.money.customs) if order and order.promised_at else ""


def _due(known: Known) -> str:
    """Until when somebody owes the reader an answer, or the reader owes one: what the reader's own pages say."""
    if known.reader is Party.CUSTOMER:
        clocks = Deadline.objects.filter(case=known.case, answered_at=None, due_at__gt=known.at)
        turn = known.case.public_turn
        rows = clocks.exclude(rule=planning.SURVEY).filter(party=turn).order_by("due_at")
        ours = [row.due_at for row in rows if Party.CUSTOMER in {row.party, row.to}]
        due = ours[0] if ours else None
    else:
        due = known.case.due_for(Party.SELLER)
    if due is None or due <= known.at:
        return ""
    return customs.minute(due.astimezone(known.book.clock.zone), known.book.money.customs)


def _of_order(name: str) -> Callable[[Known], str]:
    return lambda known: getattr(known.case.order, name) if known.case.order else ""


_SAYS: Mapping[str, Callable[[Known], str]] = {
    "first_name": lambda known: _first(_customer(known)),
    "customer": _customer,
    "protocol": lambda known: protocols.show(known.case.protocol),
    "subject": lambda known: rulebook_versions.subject(known.case),
    "order": lambda known: known.case.order_number,
    "product": _products,
    "order_value": _value_paid,
    "promised": _promised,
    "carrier": _of_order("carrier"),
    "tracking": _of_order("tracking"),
    "due": _due,
    "store": lambda known: known.case.seller.name if known.case.seller else "",
    "marketplace": lambda known: known.case.marketplace.name,
    "my_name": lambda known: _first(known.writer.name),
    "today": lambda known: customs.day(known.at.astimezone(known.book.clock.zone).date(), known.book.money.customs),
}
