"""Sheets somebody sends: taken in, or left to a job where they are long, and their report by line."""

from dataclasses import dataclass, field
from typing import Any

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from tratativa.accounts.models import Marketplace
from tratativa.accounts.people.team import Doer
from tratativa.founding import importing, long_sheets, spreadsheets
from tratativa.founding.importing import Taken
from tratativa.founding.models import Sheet

SHOWN = 50  # bad lines


@dataclass(frozen=True)
class Report:
    """What became of a sheet: what was taken, or why nothing of it was; nothing where none was sent.

    `later` is one that a job takes in.
    """

    taken: Taken | None = None
    trouble: str = ""
    bad: list[tuple[int, str]] = field(default_factory=list)
    later: Sheet | None = None

    @property
    def more(self) -> int:
        """How many bad lines are not shown."""
        return max(0, len(self.taken.bad) - SHOWN) if self.taken else 0


def take(marketplace: Marketplace, kind: str, sent: Any, *, by: Doer) -> Report:
    """Takes in what was sent as a sheet of this kind of `importing.SHEETS`. Raises Http404 for another."""
    _check(kind)
    if sent is None or sent.size is None:
        return Report(trouble=_("Escolha um arquivo."))
    if sent.size > spreadsheets.LARGEST:
        return Report(trouble=_("O arquivo passa de 16 MB; divida-o."))
    try:
        taken = long_sheets.take(marketplace, kind, sent.read(), name=sent.name or "", by=by)
    except spreadsheets.BadSheet as no:
        return Report(trouble=str(no))
    return Report(later=taken) if isinstance(taken, Sheet) else Report(taken, bad=taken.bad[:SHOWN])


def title(kind: str) -> str:
    """What a kind of sheet holds, to people."""
    return {"sellers": _("Lojistas"), "customers": _("Clientes"), "orders": _("Pedidos")}[kind]


def most() -> str:
    """How much a sheet may hold, in a sentence."""
    return _("Até %(lines)s linhas por arquivo; as longas entram aos poucos, sem que a página espere.") % {
        "lines": f"{spreadsheets.LINES:,}".replace(",", " ")
    }


def columns(kind: str) -> str:
    """The columns of a sheet, in the model's order."""
    return ", ".join(column.names[0] for column in importing.SHEETS[kind])


def model(kind: str) -> HttpResponse:
    """A sheet to begin from. Raises Http404 for what is none of `importing.SHEETS`."""
    _check(kind)
    content = "\ufeff" + spreadsheets.model(importing.SHEETS[kind])
    headers = {"Content-Disposition": f'attachment; filename="{long_sheets.NAMES[kind]}.csv"'}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)


def _check(kind: str) -> None:
    if kind not in importing.SHEETS:
        raise Http404
