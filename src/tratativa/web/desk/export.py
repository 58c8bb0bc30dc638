"""The list as CSV, streamed: the same filters, the same order, the same eyes."""

import csv
from collections.abc import Iterator

from django.http import HttpResponse, HttpResponseBadRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tratativa.accounts import documents
from tratativa.accounts.actors import Actor
from tratativa.cases import books, facts, inbox, protocols
from tratativa.cases.inbox import Filters
from tratativa.cases.models import Case
from tratativa.rulebook import verdict as verdicts
from tratativa.web.gates import StaffRequest, staff
from tratativa.web.readers import party_name

# A spreadsheet runs what begins like this as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, value: str) -> str:
        return value


@require_GET
@staff
def export(request: StaffRequest) -> StreamingHttpResponse | HttpResponse:
    """Every case under the filters, a line each; UTF-8 with the mark that Excel looks for."""
    filters, errors = inbox.parse(request.GET.dict())
    if errors:
        return HttpResponseBadRequest(" ".join(errors.values()), content_type="text/plain; charset=utf-8")
    lines = _lines(request.actor, filters, request)
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="atendimentos.csv"'
    return response


def safe(value: str) -> str:
    """The cell's text, unable to begin a formula."""
    return f"'{value}" if value.startswith(_FORMULA) else value


def _lines(actor: Actor, filters: Filters, request: StaffRequest) -> Iterator[str]:
    writer = csv.writer(_Echo(), delimiter=";")
    yield "\ufeff"
    yield writer.writerow(_heading())
    for case in inbox.export(actor, filters, at=request.at):
        yield writer.writerow([safe(cell) for cell in _cells(case, actor)])


def _heading() -> list[str]:
    return [
        _("Protocolo"), _("Pedido"), _("ID Externo"), _("Plataforma"), _("Cliente"), _("CPF/CNPJ"), _("Vendedor"),
        _("Assunto"), _("Status"), _("Com quem está"), _("Origem"), _("Aberto em"), _("Prazo"), _("Encerrado em"),
    ]  # fmt: skip


def _cells(case: Case, actor: Actor) -> list[str]:
    book = books.of(case)
    status, _tone = verdicts.status_label(book, facts.of_columns(case), actor.party)
    return [
        protocols.show(case.protocol), case.order_number, case.external_id, case.platform,
        case.customer.name if case.customer else "", documents.mask(case.document) if case.document else "",
        case.seller.name if case.seller else "", books.subject(case), status,
        party_name(book, case.waiting_on), party_name(book, case.origin),
        _moment(case.opened_at), _moment(case.due_for(actor.party)), _moment(case.closed_at),
    ]  # fmt: skip


def _moment(at: object) -> str:
    return timezone.localtime(at).strftime("%d/%m/%Y %H:%M") if at else ""  # type: ignore[arg-type]
