"""`prazo:`: what is late, due today, or has less than so much time left, by the clocks this party's lists know of."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from tratativa.cases.reading import filters
from tratativa.cases.reading.operators import amounts
from tratativa.cases.reading.operators.asked import Asking
from tratativa.cases.reading.operators.choosing import Choice, Unclear, choose, told
from tratativa.rulebook.terms.parties import Party


def offer(asking: Asking) -> Sequence[Choice]:
    """The words `prazo:` takes; times left stand behind them as examples."""
    return (
        Choice("late", _("vencido"), ("vencido", "vencidos", "atrasado", "late", "overdue")),
        Choice("today", _("hoje"), ("hoje", "today")),
        Choice("tomorrow", _("amanhã"), ("amanha", "tomorrow")),
        Choice("none", _("nenhum"), ("nenhum", "sem", "none")),
        *(Choice(f"<{one}", f"<{one}") for one in ("4h", "2d")),
    )


def read(asking: Asking, value: str) -> Q:
    """`<4h` has less than that left, what is late included; `>2d` more; a word is a day, or what is late."""
    compared = amounts.compared(value)
    try:
        span = amounts.span(compared.rest)
    except ValueError:
        return _by_word(asking, value, compared)
    prefix = _prefix(asking)
    clock = Q(closed_at=None) & (Q(**{f"{prefix}due_at__isnull": False}) | filters.overdue(asking.actor.party))
    return clock & compared.lookup(f"{prefix}due_order", asking.at + span, plain="<=")


def _by_word(asking: Asking, value: str, compared: amounts.Compared) -> Q:
    if compared.sign:
        raise Unclear(_("«%(value)s» não é um tempo: escreva <4h, >2d ou <30min.") % {"value": value})
    words = [one for one in offer(asking) if not one.key.startswith("<")]
    try:
        key = choose(value, words)[0]
    except Unclear:
        known = {"value": value, "choices": told(words)}
        raise Unclear(_("«%(value)s» não é um prazo. Há: %(choices)s; ou um tempo, como <4h e <2d.") % known) from None
    if key == "late":
        return filters.overdue(asking.actor.party)
    prefix = _prefix(asking)
    if key == "none":
        return Q(**{"closed_at": None, f"{prefix}due_at": None, f"{prefix}overdue_since": None})
    first, end = day(asking, 0 if key == "today" else 1)
    return Q(**{"closed_at": None, f"{prefix}due_order__gte": first, f"{prefix}due_order__lt": end})


def day(asking: Asking, ahead: int) -> tuple[datetime, datetime]:
    """Today from now on, or a day to come, by the rulebook's clock: its first moment, and the one after its last."""
    zone = asking.book.clock.zone
    today = asking.at.astimezone(zone).date()
    begins = [datetime.combine(today + timedelta(days=days), time(), zone) for days in (ahead, ahead + 1)]
    return (begins[0] if ahead else asking.at), begins[1]


def _prefix(asking: Asking) -> str:
    return "seller_" if asking.actor.party is Party.SELLER else ""
