"""Sheets somebody sends: taken in, or left to a job where they are long, and their report by line.

What became of the last one is kept with the session, so that the page is come to by an address and loaded anew as
often as one likes; of invitations the e-mail alone, their links are made when they are shown.
"""

from dataclasses import asdict, dataclass, field
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from tratativa.accounts.models import Marketplace
from tratativa.accounts.people import invitations
from tratativa.accounts.people.models import Invitation
from tratativa.accounts.people.team import Doer
from tratativa.founding import columns, long_sheets, spreadsheets
from tratativa.founding.models import Sheet

SHOWN = 50  # bad lines
_KEPT = "sheet_report"


@dataclass(frozen=True)
class Report:
    """What became of a sheet: its lines, new, known and refused, or why nothing of it was taken.

    `later` lines are those a job takes in; `invited` are the e-mails nobody is told of by letter.
    """

    trouble: str = ""
    new: int = 0
    known: int = 0
    refused: int = 0
    bad: list[tuple[int, str]] = field(default_factory=list)
    invited: list[str] = field(default_factory=list)
    later: int = 0

    @property
    def more(self) -> int:
        """How many bad lines are not shown."""
        return self.refused - len(self.bad)

    @property
    def tone(self) -> str:
        """How good the news is: lines refused are no success, and none taken a failure."""
        if not self.refused:
            return "success"
        return "warning" if self.new + self.known else "error"


def take(marketplace: Marketplace, kind: str, sent: Any, *, by: Doer) -> Report:
    """Takes in what was sent as a sheet of this kind of `columns.SHEETS`. Raises Http404 for another."""
    _check(kind)
    if sent is None or sent.size is None:
        return Report(trouble=_("Escolha um arquivo."))
    if sent.size > spreadsheets.LARGEST:
        return Report(trouble=_("O arquivo passa de 16 MB; divida-o."))
    try:
        taken = long_sheets.take(marketplace, kind, sent.read(), name=sent.name or "", by=by)
    except spreadsheets.BadSheet as no:
        return Report(trouble=str(no))
    if isinstance(taken, Sheet):
        return Report(later=taken.lines)
    emails = [email for email, _link in taken.links]
    return Report("", taken.new, taken.known, len(taken.bad), taken.bad[:SHOWN], emails)


def keep(request: HttpRequest, kind: str, report: Report) -> None:
    """Keeps what became of the last sheet for the page that is shown next."""
    request.session[_KEPT] = {"kind": kind, "report": asdict(report)}


def kept(request: HttpRequest) -> tuple[str, Report | None]:
    """The kind of the last sheet and what became of it, where the address says that one was taken."""
    known = request.session.get(_KEPT) if "taken" in request.GET else None
    return (known["kind"], Report(**known["report"])) if known else ("", None)


def links(marketplace: Marketplace, report: Report | None) -> list[tuple[str, str]]:
    """The addresses to hand over of those who were invited and have not come."""
    if not report or not report.invited:
        return []
    asked = Invitation.objects.filter(
        marketplace=marketplace, email__in=report.invited, seller__isnull=False, used_at=None, withdrawn_at=None
    )
    return [(one.email, invitations.link(one)) for one in asked.order_by("email", "id")]


def title(kind: str) -> str:
    """What a kind of sheet holds, to people."""
    return {"sellers": _("Lojistas"), "customers": _("Clientes"), "orders": _("Pedidos")}[kind]


def most() -> str:
    """How much a sheet may hold, in a sentence."""
    return _("Até %(lines)s linhas por arquivo; as longas entram aos poucos, sem que a página espere.") % {
        "lines": f"{spreadsheets.LINES:,}".replace(",", " ")
    }


def headings(kind: str) -> str:
    """The columns of a sheet, in the model's order."""
    return ", ".join(str(column.heading) for column in columns.SHEETS[kind])


def model(marketplace: Marketplace | None, kind: str) -> HttpResponse:
    """A sheet to begin from. Raises Http404 for what is none of `columns.SHEETS`."""
    _check(kind)
    content = "\ufeff" + columns.model(marketplace, kind)
    headers = {"Content-Disposition": f'attachment; filename="{long_sheets.NAMES[kind]}.csv"'}
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers=headers)


def _check(kind: str) -> None:
    if kind not in columns.SHEETS:
        raise Http404
