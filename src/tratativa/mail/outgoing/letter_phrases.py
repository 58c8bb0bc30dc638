"""Phrases of letters: how they name people, what a case is about, and a moment."""

from datetime import datetime

from django.utils.translation import gettext as _

from tratativa.accounts import moments, zones
from tratativa.cases.core import rulebook_versions
from tratativa.cases.models import Case, Entry
from tratativa.cases.sentences import speakers
from tratativa.rulebook.terms.parties import Party


def author(case: Case, entry: Entry) -> str:
    """Who speaks in an entry, by the name outsiders know: its author, not whoever caused it."""
    speaks = speakers.party(entry.event, entry.party, entry.data, rulebook_versions.of(case))
    names = {
        Party.SELLER: seller_name(case) or _("O vendedor"),
        Party.CUSTOMER: (case.customer.name if case.customer else "") or _("O cliente"),
        Party.PARTNER: (case.partner.name if case.partner else "") or _("O parceiro"),
    }
    return names.get(speaks, case.marketplace.name)


def seller_name(case: Case) -> str:
    """The seller's name."""
    return case.seller.name if case.seller else ""


def topic(case: Case) -> str:
    """What the case is about: its order, else its subject."""
    if case.order_number:
        return _("o pedido %(order)s") % {"order": case.order_number}
    return _("«%(reason)s»") % {"reason": rulebook_versions.subject(case)}


def moment(value: datetime | str) -> str:
    """`24/11/2026 09:00 (horário de Brasília)`, `24 Nov 2026 09:00 (…)`: as the letter's language writes it, in the
    zone it is written in, and by its name."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    told = {"moment": moments.minute(moment), "zone": zones.current()}
    return _("%(moment)s (%(zone)s)") % told
