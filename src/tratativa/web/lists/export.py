"""The list as CSV, streamed: the same filters, the same order, the same eyes."""

import csv
import re
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from functools import partial

from django.http import HttpResponse, HttpResponseBadRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from tratativa.accounts import audit, documents, reach
from tratativa.accounts.actors import Actor
from tratativa.accounts.audit import disclosures
from tratativa.accounts.audit.recording import Plain
from tratativa.cases.core import facts, protocols, rulebook_versions
from tratativa.cases.models import Case
from tratativa.cases.reading import inbox
from tratativa.cases.reading.inbox import Filters
from tratativa.cases.sentences import labels
from tratativa.cases.sentences.reader import party_name
from tratativa.rulebook import verdict as verdicts
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms import customs
from tratativa.rulebook.terms.parties import Party
from tratativa.web.frame import auditing
from tratativa.web.frame.gates import StaffRequest, staff

# A spreadsheet runs what begins like this as a formula; some read the wide signs of East Asia as the narrow ones.
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_BREAKS = ("\t", "\r", "\n")
_DIGITS = re.compile(r"[0-9][0-9.,/-]*(?:[eE][0-9]+)?", re.ASCII)


EXPORTED = audit.register(
    "cases.exported", gettext_lazy("Exportou a lista de atendimentos"), {"lines": gettext_lazy("Linhas")}
)


class Echo:
    """A file that gives back what is written to it."""

    def write(self, value: str) -> str:
        """The line as it goes out."""
        return value


@require_GET
@staff
def export(request: StaffRequest) -> StreamingHttpResponse | HttpResponse:
    """Every case under the filters, a line each; UTF-8 with the mark that Excel looks for.

    That somebody took it along is a line of the audit log, written before the first byte leaves. Raises
    disclosures.TooMuch for an export too many in the hour.
    """
    filters, errors = inbox.parse(request.GET.dict())
    if errors:
        return HttpResponseBadRequest(" ".join(errors.values()), content_type="text/plain; charset=utf-8")
    line = inbox.asked(request.actor, filters, at=request.at)
    if line.troubles:
        return HttpResponseBadRequest(" ".join(line.troubles), content_type="text/plain; charset=utf-8")
    count = inbox.count(request.actor, filters, at=request.at, line=line)
    told: dict[str, Plain | list[str]] = {"lines": count, "tab": filters.tab, **filters.active}
    taker = auditing.taker(request)
    disclosures.disclose(taker, "exports", EXPORTED, at=request.at, told=told, lines=count)
    lines = _lines(request.actor, filters, request)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="atendimentos.csv"'
    return response


def safe(value: str) -> str:
    """The cell's text, unable to begin a formula, whatever blanks stand before it."""
    return f"'{value}" if value.lstrip().startswith(_FORMULA) or value[:1] in _BREAKS else value


def number(value: str) -> str:
    """The cell of an id or a number: one of digits alone as `="…"`, or a spreadsheet rounds it and drops its zeros.

    `1E5` and `12-11` would be read as a number and a date.
    """
    return f'="{value}"' if _DIGITS.fullmatch(value) else safe(value)


def _lines(actor: Actor, filters: Filters, request: StaffRequest) -> Iterator[str]:
    writer = csv.writer(Echo(), delimiter=";")
    yield "\ufeff"
    yield writer.writerow(_heading(rulebook_versions.in_force(actor.marketplace_id)))
    asks = actor.party is Party.MARKETPLACE
    for case in reach.streamed(inbox.export(actor, filters, at=request.at), *actor.owners):
        yield writer.writerow(_cells(case, actor, request.at, asks=asks))


def _heading(book: Rulebook) -> list[str]:
    sign, document = book.money.sign, documents.kinds_named(book.land.documents)
    amount = _("Valor (%(sign)s)") % {"sign": sign} if sign else _("Valor")
    return [
        _("Protocolo"), _("Pedido"), _("ID Externo"), _("Plataforma"), _("Cliente"), document, _("Lojista"),
        _("Assunto"), _("Status"), _("Com quem está"), _("Origem"), _("Canal"), _("Fila"), _("Responsável"),
        amount, _("Aberto em"), _("Prazo"), _("Vencido desde"), _("Vencido há (horas)"), _("Encerrado em"),
    ]  # fmt: skip


def _cells(case: Case, actor: Actor, at: datetime, *, asks: bool) -> list[str]:
    book = rulebook_versions.of(case)
    status, _tone = verdicts.status_label(book, facts.of_columns(case), actor.party)
    missed, responsible = case.overdue_for(actor.party), case.assignee_for(actor.party)
    due = missed or case.due_for(actor.party)
    locale = book.money.customs
    moment = partial(_moment, locale=locale)
    ids = [protocols.show(case.protocol), case.order_number, case.external_id]
    words = [
        case.platform, case.customer.name if case.customer else "",
        documents.mask(case.document, book.land.documents) if case.document else "",
        case.seller.name if case.seller else "",
        rulebook_versions.subject(case), status, party_name(book, case.waiting_on), party_name(book, case.origin),
        labels.channel(case.channel), _queues(case, book) if asks else "", responsible.name if responsible else "",
    ]  # fmt: skip
    return [
        *map(number, ids), *map(safe, words), book.money.cell(case.value_cents),
        moment(case.opened_at), moment(due), moment(missed), _hours(missed, at, locale), moment(case.closed_at),
    ]  # fmt: skip


def _queues(case: Case, book: Rulebook) -> str:
    """The queues that owe an answer, or the one a child case was asked of; the marketplace's own business."""
    asked = [case.queue] if case.queue else [child.queue for child in case.children.all() if child.closed_at is None]
    return ", ".join(book.queue_label(queue) for queue in dict.fromkeys(asked))


def _hours(since: datetime | None, at: datetime, locale: str) -> str:
    """How long overdue, in hours with one decimal place, as a spreadsheet adds them up."""
    return customs.tenths(Decimal((at - since).total_seconds()) / 3600, locale) if since else ""


def _moment(at: datetime | None, locale: str) -> str:
    return customs.minute(timezone.localtime(at), locale) if at else ""
