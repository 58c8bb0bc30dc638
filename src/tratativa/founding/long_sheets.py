"""Long sheets: kept as they were sent, taken in by a job some lines at a time, told on the audit log at their end."""

import uuid
from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tratativa.accounts import audit, clock
from tratativa.accounts.models import Marketplace
from tratativa.accounts.people.team import Doer
from tratativa.cases.core import work
from tratativa.founding import importing, spreadsheets
from tratativa.founding.importing import Taken
from tratativa.founding.models import GOING, Sheet
from tratativa.founding.spreadsheets import Line

AT_ONCE = 200  # lines a page waits for; more are left to the job
BATCH = 100  # lines of one transaction
NAMES = {"sellers": "lojistas", "customers": "clientes", "orders": "pedidos"}  # of files, and on the audit log
IMPORTED = audit.register(
    "data.imported", gettext_lazy("Importou uma planilha"),
    {"new": gettext_lazy("Linhas novas"), "known": gettext_lazy("Linhas já conhecidas"),
     "bad": gettext_lazy("Linhas recusadas")},
)  # fmt: skip


@transaction.atomic
def take(marketplace: Marketplace, kind: str, data: bytes, *, name: str, by: Doer) -> Taken | Sheet:
    """Takes a sheet in and tells of it, or neither; a long one is kept for the job instead. Raises BadSheet."""
    lines = importing.lines(kind, data)
    if len(lines) > AT_ONCE:
        return _keep(marketplace, kind, data, len(lines), name, by)
    taken = importing.take_lines(marketplace, kind, lines, by=by, at=clock.now())
    tell(marketplace, kind, taken.new, taken.known, len(taken.bad), by=by)
    return taken


def last(marketplace: Marketplace, *, limit: int = 10) -> Sequence[Sheet]:
    """The long ones, newest first, without what they hold."""
    found = Sheet.objects.filter(marketplace=marketplace).defer("content").select_related("sent_by")
    return list(found.order_by("-sent_at", "-id")[:limit])


def perform(key: uuid.UUID) -> None:
    """Takes in what is left of a sheet, a batch a transaction, so that its rows are seen as they come."""
    sheet = Sheet.objects.select_related("marketplace", "sent_by").filter(GOING, pk=key).first()
    if sheet is None or sheet.content is None:
        return
    with translation.override(sheet.language or settings.LANGUAGE_CODE):
        try:
            lines = importing.lines(sheet.kind, bytes(sheet.content))
        except spreadsheets.BadSheet as no:  # its columns were others when it was sent
            _end(sheet, trouble=str(no))
            return
        try:
            while _batch(sheet.pk, lines):
                pass
        except Exception:  # whatever it is, nobody reads it any more: said, so that it can be sent again
            _end(sheet, trouble=_("Algo falhou do nosso lado; a falha foi registrada. O que já entrou ficou."))
            raise


@transaction.atomic
def _batch(key: uuid.UUID, lines: Sequence[Line]) -> bool:
    """The next lines, and that they were read; whether there are more. Of two workers at once one waits."""
    sheet = Sheet.objects.select_for_update(of=("self",)).select_related("marketplace", "sent_by").get(pk=key)
    if not sheet.is_going:
        return False
    by = Doer(sheet.sent_by, sheet.whence, sheet.by_command or ("" if sheet.sent_by else "import"))
    now = clock.now()
    taken = importing.take_lines(sheet.marketplace, sheet.kind, lines[sheet.read : sheet.read + BATCH], by=by, at=now)
    sheet.state, sheet.read = "runs", min(len(lines), sheet.read + BATCH)
    sheet.new, sheet.known, sheet.refused = (
        sheet.new + taken.new, sheet.known + taken.known, sheet.refused + len(taken.bad),
    )  # fmt: skip
    sheet.bad = [*sheet.bad, *taken.bad][: Sheet.KEPT]
    if sheet.read >= len(lines):
        sheet.state, sheet.ended_at, sheet.content = "done", now, None
        tell(sheet.marketplace, sheet.kind, sheet.new, sheet.known, sheet.refused, by=by)
    sheet.save()
    return sheet.is_going


def tell(marketplace: Marketplace, kind: str, new: int, known: int, bad: int, *, by: Doer) -> None:
    """The line of the audit log."""
    audit.record(
        marketplace, what=IMPORTED, who=by.person, by_command="" if by.person else by.command,
        whence=by.whence, about=NAMES[kind], after={"new": new, "known": known, "bad": bad},
    )  # fmt: skip


def _keep(marketplace: Marketplace, kind: str, data: bytes, count: int, name: str, by: Doer) -> Sheet:
    sheet = Sheet.objects.create(
        marketplace=marketplace, kind=kind, name=name[:120], content=data, lines=count, sent_by=by.person,
        by_command=by.command, whence=by.whence, sent_at=clock.now(), language=translation.get_language() or "",
    )  # fmt: skip
    work.ask("founding.take_sheet", sheet_id=sheet.pk)
    return sheet


def _end(sheet: Sheet, *, trouble: str) -> None:
    Sheet.objects.filter(GOING, pk=sheet.pk).update(
        state="broken", trouble=trouble[:300], ended_at=clock.now(), content=None
    )
