"""The audit log («Registro de auditoria») of an organisation, for those who administer it."""

import csv
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseBadRequest, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from tratativa.accounts import audit, reach
from tratativa.accounts.audit import disclosures, lines, registry
from tratativa.accounts.audit.lines import Narrowed
from tratativa.accounts.audit.models import AuditLine
from tratativa.accounts.audit.recording import Plain
from tratativa.cases.reading import paging
from tratativa.rulebook.terms.parties import Party
from tratativa.web.frame import auditing
from tratativa.web.frame.gates import StaffRequest, administering
from tratativa.web.lists.export import Echo, safe
from tratativa.web.settings import audit_filters, audit_rows

EXPORTED = audit.register(
    "audit.exported",
    gettext_lazy("Exportou o registro de auditoria"),
    {
        "person": gettext_lazy("Pessoa"),
        "kind": gettext_lazy("O quê"),
        "day": gettext_lazy("Dia"),
        "lines": gettext_lazy("Linhas"),
    },
    {"person": {lines.COMMANDS: gettext_lazy("Um comando, ninguém em pessoa")}, "kind": registry.SENTENCES},
)


@require_GET
@administering
def log(request: StaffRequest) -> HttpResponse:
    """One page of the log under the filters of its address, newest first."""
    by, errors = audit_filters.parse(request.GET)
    every = lines.visible(request.actor)
    found = paging.Slice[AuditLine]([], "", "")
    if not errors:
        after, before = request.GET.get("after", ""), request.GET.get("before", "")
        found = paging.keyset(lines.narrow(every, by), lines.ORDER, after=after, before=before)
    context = {
        "rows": [audit_rows.row(line, request.at) for line in found.rows],
        "fields": audit_filters.fields(request.GET, lines.people(every), errors),
        "filtered": bool(errors or by != Narrowed()),
        "alarms": [audit_rows.row(line, request.at) for line in lines.alarming(every)],
        "of_seller": request.actor.party is Party.SELLER,
        "showing": _("%(count)d nesta página") % {"count": len(found.rows)},
        "export_url": _address("audit_export", by),
        "after_url": _address("audit", by, after=found.after) if found.after else "",
        "before_url": _address("audit", by, before=found.before) if found.before else "",
    }
    return render(request, "settings/audit.html", context)


@require_GET
@administering
def export(request: StaffRequest) -> StreamingHttpResponse | HttpResponse:
    """The lines under the filters as CSV, newest first; that somebody took them is a line itself.

    Raises disclosures.TooMuch for an export too many in the hour.
    """
    by, errors = audit_filters.parse(request.GET)
    if errors:
        return HttpResponseBadRequest(" ".join(errors.values()), content_type="text/plain; charset=utf-8")
    found = lines.narrow(lines.visible(request.actor), by)
    count = found.count()
    told: dict[str, Plain | list[str]] = {**audit_filters.told(by), "lines": count}
    disclosures.disclose(auditing.taker(request), "exports", EXPORTED, at=request.at, told=told, lines=count)
    streamed = reach.streamed(found.iterator(chunk_size=500), *request.actor.owners)
    response = StreamingHttpResponse(_written(streamed), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="registro-de-auditoria.csv"'
    return response


def _written(found: Iterator[AuditLine]) -> Iterator[str]:
    writer = csv.writer(Echo(), delimiter=";")
    yield "\ufeff"
    yield writer.writerow(
        [_("Quando"), _("Quem"), _("E-mail"), _("De onde"), _("O quê"), _("Código"), _("Sobre"), _("Organização"),
         _("Antes"), _("Depois")]
    )  # fmt: skip
    for line in found:
        yield writer.writerow(map(safe, audit_rows.cells(line)))


def _address(place: str, by: Narrowed, **more: str) -> str:
    given: dict[str, Any] = {"who": by.who, "what": by.what, "day": by.day.isoformat() if by.day else "", **more}
    query = urlencode({name: value for name, value in given.items() if value})
    return f"{reverse(place)}?{query}" if query else reverse(place)


assert registry.REGISTRY  # its sentences are the page's
