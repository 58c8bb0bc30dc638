"""Feriados: the country's and state's, the house's own days with their names, and the days it works all the same."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from tratativa.accounts import text
from tratativa.accounts.people.refusals import Refused
from tratativa.rulebook.language.sections import CalendarRules
from tratativa.rulebook.time.calendar import Calendar, listed
from tratativa.rulebook.time.opening_hours import BadCalendar
from tratativa.studio.everyday.inputs import Edit, Given, Input, Item

FILE = "rulebook.yaml"
KEY = "holidays"
MOST = 200  # days of a kind
_LONGEST_NAME = 80


def items(data: Any) -> list[Item]:
    """All of them, one thing."""
    return [Item(KEY, _("Feriados"))]


def inputs(data: Any, key: str) -> list[Input]:
    """The place, and two lists of a day a line."""
    said = _said(data)
    return [
        Input("country", _("País"), str(said.get("country") or ""), required=False,
              help=_("A sigla de duas letras, como BR: os feriados nacionais. Vazio: nenhum.")),
        Input("state", _("Estado"), str(said.get("state") or ""), required=False,
              help=_("A sigla, como SP: os feriados do estado. Vazio: nenhum.")),
        Input("extra", _("Outros dias sem atendimento"), _shown(listed(said.get("extra"))), "long_text", required=False,
              help=_("Um dia por linha, com o nome: 24/12/2026 Véspera de Natal. Municipais e da casa.")),
        Input("without", _("Feriados em que se atende"), _shown(listed(said.get("without"))), "long_text",
              required=False, help=_("Um dia por linha, como 09/07/2026.")),
    ]  # fmt: skip


def edits(data: Any, key: str, given: Given) -> Iterator[Edit]:
    """The holidays, where they are others. Raises Refused."""
    said = dict(_said(data))
    wanted = {
        "country": text.line(given.get("country", "")).upper(),
        "state": text.line(given.get("state", "")).upper(),
    }
    lists: dict[str, dict[str, str]] = {name: _read(name, given.get(name, "")) for name in ("extra", "without")}
    before: dict[str, Any] = {name: str(said.get(name) or "") for name in wanted}
    before |= {name: listed(said.get(name)) for name in lists}
    if before == wanted | lists:
        return
    written: dict[str, Any] = {name: one for name, one in wanted.items() if one}
    written |= {name: _written(days) for name, days in lists.items() if days}
    try:
        Calendar.build("UTC", {"mon": ["08:00-18:00"]}, written)
    except BadCalendar:
        raise Refused(_("Não conheço os feriados deste país ou estado: confira as siglas."), "country") from None
    if data.get("calendar"):
        yield Edit("put", ("calendar", "holidays"), written)
    else:
        yield Edit("put", ("calendar",), {"holidays": written})


def _said(data: Any) -> Mapping[str, Any]:
    found = (data.get("calendar") or {}).get("holidays")
    return dict(CalendarRules().holidays) if found is None else found


def _shown(days: Mapping[str, str]) -> str:
    brazilian = (translation.get_language() or "").startswith("pt")
    return "\n".join(
        f"{date.fromisoformat(day).strftime('%d/%m/%Y') if brazilian else day} {name}".strip()
        for day, name in days.items()
    )


def _read(field: str, raw: str) -> dict[str, str]:
    lines = [line for each in raw.splitlines() if (line := text.line(each))]
    if len(lines) > MOST:
        raise Refused(_("São no máximo %(most)d dias.") % {"most": MOST}, field)
    found: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        day, _blank, name = line.partition(" ")
        known = _date(day)
        if known is None or known.isoformat() in found:
            gaps = {"number": number, "line": line[:40]}
            raise Refused(_("Linha %(number)d: «%(line)s» não é um dia, ou já está na lista.") % gaps, field)
        found[known.isoformat()] = name[:_LONGEST_NAME].strip() if field == "extra" else ""
    return found


def _date(raw: str) -> date | None:
    """A day as people write it (24/12/2026) or as computers do."""
    for shape in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            found = datetime.strptime(raw, shape).date()  # noqa: DTZ007 – a day has no zone
        except ValueError:
            continue
        return found if 2000 <= found.year <= 2100 else None
    return None


def _written(days: Mapping[str, str]) -> list[str] | dict[str, str]:
    """A list while no day has a name."""
    return dict(days) if any(days.values()) else list(days)
