"""Terms: how long something may take, as two fields a duration: how many, and of what."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tratativa.accounts.people.refusals import Refused
from tratativa.rulebook.time import durations, explain
from tratativa.rulebook.time.durations import BadDuration, Combined, Duration, Span
from tratativa.studio.everyday.inputs import Given, Input, chosen, number

_UNITS = ("minutes", "hours", "days", "business hours", "business days")
_PICKS = ("", "first_of", "last_of")
MOST = 10_000


def fields(within: Any, before: str = "") -> list[Input]:
    """The fields of a duration; `before` begins their names. Raises BadDuration for one of more than two parts."""
    duration = durations.parse(within)
    parts = duration.of if isinstance(duration, Combined) else (duration,)
    if len(parts) > 2 or not all(isinstance(one, Span) for one in parts):
        raise BadDuration("")
    first, second = (*parts, Span(0, "hours"))[:2]
    assert isinstance(first, Span) and isinstance(second, Span)
    pick = duration.pick if isinstance(duration, Combined) else ""
    picks = (
        ("", _("só esta duração")),
        ("first_of", _("a que acabar primeiro")),
        ("last_of", _("a que acabar por último")),
    )
    return [
        Input(f"{before}amount", _("Duração"), str(first.amount), mode="numeric"),
        Input(f"{before}unit", _("Unidade"), first.unit, "person", options=_units()),
        Input(f"{before}pick", _("O que vale"), pick, "person", options=picks),
        Input(f"{before}amount2", _("Outra duração"), str(second.amount or ""), mode="numeric", required=False,
              help=_("Só quando vale a que acabar primeiro, ou por último.")),
        Input(f"{before}unit2", _("Unidade da outra"), second.unit, "person", options=_units()),
    ]  # fmt: skip


def read(given: Given, before: str = "") -> Duration:
    """The duration that was given. Raises Refused."""
    first = _span(given, f"{before}amount", f"{before}unit")
    pick = chosen(f"{before}pick", given, _PICKS)
    if not pick:
        return first
    second = _span(given, f"{before}amount2", f"{before}unit2")
    return Combined("first_of" if pick == "first_of" else "last_of", (first, second))


def told(within: Any) -> str:
    """A duration in words."""
    language = explain.spoken(get_language())
    try:
        return explain.term(durations.parse(within), language)
    except BadDuration:
        return str(within)


def _span(given: Given, amount: str, unit: str) -> Span:
    span = f"{number(amount, given, 1, MOST)} {chosen(unit, given, _UNITS)}"
    try:
        found = durations.parse(span)
    except BadDuration:
        said = _("Isto não se conta: não há minutos úteis, e nenhum prazo passa de vinte anos.")
        raise Refused(said, amount) from None
    assert isinstance(found, Span)
    return found


def _units() -> tuple[tuple[str, str], ...]:
    return tuple(_named())


def _named() -> Iterator[tuple[str, str]]:
    yield "minutes", _("minutos")
    yield "hours", _("horas")
    yield "days", _("dias corridos")
    yield "business hours", _("horas úteis")
    yield "business days", _("dias úteis")
