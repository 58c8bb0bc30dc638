"""What else a case is narrowed by: its status, queue, channel, subject, amount, order and carrier."""

import time
import uuid
from collections.abc import Sequence

from django.db.models import Q
from django.utils.translation import gettext as _

from tratativa.cases.core import visibility
from tratativa.cases.reading import channels as ways
from tratativa.cases.reading import conditions_as_sql, finding, tags
from tratativa.cases.reading.operators import amounts
from tratativa.cases.reading.operators.asked import Asking
from tratativa.cases.reading.operators.choosing import Choice, Unclear, choose
from tratativa.rulebook.terms.parties import Party

_RECENT = 1_000  # of the newest orders: those who carry goods today
_REMEMBERED = 60.0  # seconds
_CARRIERS: dict[tuple[uuid.UUID, uuid.UUID | None], tuple[float, list[Choice]]] = {}
_HEARD = {"page": ("pagina", "mensagem", "page"), "phone": ("phone", "ligacao"), "in-person": ("balcao",)}


def statuses(asking: Asking) -> Sequence[Choice]:
    """The rulebook's statuses, and whether a case is open or over."""
    named = [Choice(one.label, one.label) for one in asking.book.statuses]
    return [
        *named,
        Choice("open", _("aberto"), ("aberto", "abertos", "open")),
        Choice("closed", _("encerrado"), ("encerrado", "encerrados", "fechado", "closed")),
    ]


def with_status(asking: Asking, value: str) -> Q:
    """Cases of a status. Raises Unclear."""
    called = next((one.label for one in asking.book.statuses if one.is_called(value)), value)
    wanted = Q()
    for key in choose(called, statuses(asking)):
        wanted |= _status(asking, key)
    return wanted


def _status(asking: Asking, key: str) -> Q:
    if key in {"open", "closed"}:
        return Q(closed_at__isnull=key == "open")
    try:
        return conditions_as_sql.by_status(asking.book, key)
    except conditions_as_sql.NotSelectable:
        raise Unclear(_("As listas não sabem separar «%(value)s».") % {"value": key}) from None


def queues(asking: Asking) -> Sequence[Choice]:
    """The rulebook's queues."""
    return [Choice(one.id, one.label) for one in asking.book.queues]


def channels(asking: Asking) -> Sequence[Choice]:
    """The ways a case may come in."""
    return [Choice(name, label, _HEARD.get(name, ())) for name, label in ways.all_named().items()]


def reasons(asking: Asking) -> Sequence[Choice]:
    """The subjects the rulebook knows."""
    return [Choice(one.id, one.label) for one in asking.book.reasons]


def carriers(asking: Asking) -> Sequence[Choice]:
    """Who carries the newest orders. Remembered for a minute in each process: every list offers them."""
    key = (asking.actor.marketplace_id, asking.actor.seller_id)
    known = _CARRIERS.get(key)
    if known is None or time.monotonic() - known[0] > _REMEMBERED:
        newest = visibility.visible_orders(asking.actor).order_by("-ordered_at", "-id").values("carrier")[:_RECENT]
        names = sorted({row["carrier"] for row in newest} - {""}, key=str.casefold)
        known = _CARRIERS[key] = (time.monotonic(), [Choice(name, name) for name in names])
    return known[1]


def carried_by(asking: Asking, value: str) -> Q:
    """Cases about what a carrier took; one that took nothing lately is asked for by its name as it stands."""
    try:
        names = choose(value, carriers(asking))
    except Unclear:
        names = [value]
    return Q(order__carrier__in=names)


def words_of_team(asking: Asking) -> Sequence[Choice]:
    """The tags one's own team uses."""
    return [Choice(word, word) for word in tags.in_use(asking.actor)]


def tagged(asking: Asking, value: str) -> Q:
    """Cases with a tag of one's own team. Raises Unclear."""
    wanted = Q()
    for word in choose(value, words_of_team(asking)):
        wanted |= Q(tags.on_case(word, asking.actor.party))
    return wanted


def critical(asking: Asking) -> Sequence[Choice]:
    """Yes and no."""
    return (Choice("yes", _("sim"), ("sim", "yes", "s", "y")), Choice("no", _("não"), ("nao", "no", "n")))


def is_critical(asking: Asking, value: str) -> Q:
    """Critical cases, or the others. Raises Unclear."""
    return Q(critical=choose(value, critical(asking)) == ["yes"])


def turns(asking: Asking) -> Sequence[Choice]:
    """Whom a case may wait for."""
    named = [Choice(str(party), label) for party, label in asking.book.parties.items() if party in Party]
    return [*named, Choice("nobody", _("ninguém"), ("ninguem",))]


def worth(asking: Asking, value: str) -> Q:
    """Cases of this amount: `>500`, `500..900`, `=199,90`. Raises Unclear."""
    ends = amounts.between(value)
    if ends:
        least, most = (_cents(asking, one, value) for one in ends)
        return Q(value_cents__gte=least, value_cents__lte=most)
    one = amounts.compared(value)
    return one.lookup("value_cents", _cents(asking, one.rest, value))


def _cents(asking: Asking, typed: str, value: str) -> int:
    try:
        return asking.book.money.read(typed)
    except ValueError:
        raise Unclear(_("«%(value)s» não é um valor: escreva >500, <99,90 ou 500..900.") % {"value": value}) from None


def of_order(asking: Asking, value: str) -> Q:
    """Cases of the orders whose number begins so. Raises Unclear."""
    typed = finding.read(value)
    if not typed.code:
        raise Unclear(_("«%(value)s» é pouco para um pedido: escreva ao menos três caracteres.") % {"value": value})
    return Q(order_number=value) | Q(order__in=finding.orders_of(asking.actor, typed))
