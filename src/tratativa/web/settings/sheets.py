"""Sheets somebody sends: taken in, told on the audit log, and their report by line."""

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tratativa.accounts import audit, clock
from tratativa.accounts.models import Marketplace
from tratativa.accounts.people.team import Doer
from tratativa.founding import importing, spreadsheets
from tratativa.founding.importing import Taken

SHOWN = 50  # bad lines
NAMES = {"sellers": "lojistas", "customers": "clientes", "orders": "pedidos"}  # of files, and on the audit log
IMPORTED = audit.register(
    "data.imported", gettext_lazy("Importou uma planilha"),
    {"new": gettext_lazy("Linhas novas"), "known": gettext_lazy("Linhas já conhecidas"),
     "bad": gettext_lazy("Linhas recusadas")},
)  # fmt: skip


@dataclass(frozen=True)
class Report:
    """What became of a sheet: what was taken, or why nothing of it was; nothing where none was sent."""

    taken: Taken | None = None
    trouble: str = ""
    bad: list[tuple[int, str]] = field(default_factory=list)

    @property
    def more(self) -> int:
        """How many bad lines are not shown."""
        return max(0, len(self.taken.bad) - SHOWN) if self.taken else 0


def take(marketplace: Marketplace, kind: str, sent: Any, *, by: Doer) -> Report:
    """Takes in what was sent as a sheet of this kind of `importing.SHEETS`."""
    if sent is None or sent.size is None:
        return Report(trouble=_("Escolha um arquivo."))
    if sent.size > spreadsheets.LARGEST:
        return Report(trouble=_("O arquivo passa de 4 MB; divida-o."))
    try:
        taken = _taken(marketplace, kind, sent.read(), by)
    except spreadsheets.BadSheet as no:
        return Report(trouble=str(no))
    return Report(taken, bad=taken.bad[:SHOWN])


@transaction.atomic
def _taken(marketplace: Marketplace, kind: str, data: bytes, by: Doer) -> Taken:
    """Its lines and the line of the audit log that tells of them, or neither. Raises BadSheet."""
    taken = importing.take(marketplace, kind, data, by=by, at=clock.now())
    audit.record(
        marketplace, what=IMPORTED, who=by.person, by_command="" if by.person else by.command,
        whence=by.whence, about=NAMES[kind], after={"new": taken.new, "known": taken.known, "bad": len(taken.bad)},
    )  # fmt: skip
    return taken


def columns(kind: str) -> str:
    """The columns of a sheet, in the model's order."""
    return ", ".join(column.names[0] for column in importing.SHEETS[kind])


def model(kind: str) -> HttpResponse:
    """A sheet to begin from."""
    content = "\ufeff" + spreadsheets.model(importing.SHEETS[kind])
    headers = {"Content-Disposition": f'attachment; filename="{NAMES[kind]}.csv"'}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)
