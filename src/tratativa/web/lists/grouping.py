"""Grouping: the rows of a list under their headings, by what is due when it is sorted so."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from tratativa.cases.models import Case
from tratativa.cases.reading.filters import Filters
from tratativa.cases.reading.listed import sections
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.web.frame.gates import StaffRequest
from tratativa.web.lists import rows


def of(
    cases: Sequence[Case],
    listed: Sequence[rows.Row],
    filters: Filters,
    request: StaffRequest,
    book: Rulebook,
    counts: Mapping[str, int] | None = None,
) -> list[dict[str, Any]]:
    """The rows under «Vencidos», «Hoje»…, each with how many there are, where counted; else all under none."""
    if filters.sort != "due":
        return [{"name": "all", "label": "", "count": "", "rows": listed}]
    until = sections.bounds(request.at, book.clock.zone)
    found: dict[str, list[rows.Row]] = {}
    for case, row in zip(cases, listed, strict=True):
        found.setdefault(sections.of(case, request.actor.party, until), []).append(row)
    labels = _labels()
    return [
        {
            "name": name,
            "label": labels[name],
            "count": rows.capped(counts[name]) if counts else "",
            "rows": under,
        }
        for name, under in found.items()
    ]


def _labels() -> dict[str, str]:
    return {
        "late": _("Vencidos"),
        "today": _("Hoje"),
        "tomorrow": _("Amanhã"),
        "later": _("Depois"),
        "none": _("Sem prazo"),
    }
