"""Lojistas: who sells here, found by name or document; made by hand or from a sheet."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib import messages as notices
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tratativa.accounts import documents, text
from tratativa.accounts.people.refusals import Refused
from tratativa.cases.core import rulebook_versions
from tratativa.founding import first_administrators, unstaffed
from tratativa.founding import sellers as retail
from tratativa.web.forms.plain_fields import Field
from tratativa.web.frame import bodies
from tratativa.web.frame.gates import StaffRequest, administration
from tratativa.web.settings import inviting, sheets
from tratativa.web.settings.own_team import doer
from tratativa.web.settings.sheets import Report

_NAMES = ("document", "name", "email", "person")


@require_http_methods(["GET", "POST"])
@administration
def sellers(request: StaffRequest) -> HttpResponse:
    """The list; with a form, a new seller, and its first administrator invited where one is named."""
    if request.method == "GET":
        return _page(request, {}, {}, report=sheets.kept(request)[1])
    given = {name: request.POST.get(name, "")[:300] for name in _NAMES}
    try:
        with transaction.atomic():
            made = retail.make(request.marketplace, given["document"], given["name"], by=doer(request))
            asked = None
            if given["email"].strip():
                asked, _new = first_administrators.invite(
                    made, given["email"], given["person"], by=doer(request), at=request.at
                )
    except Refused as no:
        return _page(request, given, {no.field or "document": str(no)}, status=422)
    notices.success(request, _("%(name)s foi criado.") % {"name": made.name})
    if asked:
        inviting.tell(request, asked, new=True)
    return redirect("seller_setting", made.pk)


@bodies.takes_files
@require_POST
@administration
def take_sheet(request: StaffRequest) -> HttpResponse:
    """Takes a sheet in and shows its report by line."""
    report = sheets.take(request.marketplace, "sellers", request.FILES.get("sheet"), by=doer(request))
    if report.trouble:
        return _page(request, {}, {}, report=report, status=422)
    sheets.keep(request, "sellers", report)
    return redirect(reverse("seller_settings", query={"taken": "sellers"}) + "#sheet-report")


@require_GET
@administration
def model(request: StaffRequest) -> HttpResponse:
    """A sheet to begin from."""
    return sheets.model(request.marketplace, "sellers")


def _page(
    request: StaffRequest,
    given: dict[str, str],
    errors: dict[str, str],
    *,
    report: Report | None = None,
    status: int = 200,
) -> HttpResponse:
    said = text.line(request.GET.get("q", ""))[:160]
    unstaffed_only = request.GET.get("who") == "nobody"
    found = retail.find(request.marketplace, said).annotate(
        administered=unstaffed.administered(), invited_at=unstaffed.invited_at(request.at)
    )
    kinds = rulebook_versions.land(request.marketplace.pk).documents
    if unstaffed_only:
        found = found.filter(administered=False)
    shown = retail.page(found, after=_key(request, "after"), before=_key(request, "before"))
    context = {
        "room_address": "seller_settings",
        "rows": [_row(one, kinds) for one in shown.rows],
        "said": said,
        "showing": _("%(count)d nesta página") % {"count": len(shown.rows)},
        "after_url": _address(said, "after", shown.after, unstaffed_only),
        "before_url": _address(said, "before", shown.before, unstaffed_only),
        "unstaffed": unstaffed.uninvited(request.marketplace, request.at).count(),
        "invited": unstaffed.invited(request.marketplace, request.at).count(),
        "unstaffed_only": unstaffed_only,
        "fields": _fields(given, errors),
        "columns": sheets.headings("sellers"),
        "report": report,
        "links": sheets.links(request.marketplace, report),
    }
    return render(request, "settings/sellers.html", context, status=status)


def _row(one: Any, kinds: Sequence[str]) -> dict[str, Any]:
    return {
        "key": one.pk,
        "name": one.name,
        "document": documents.show(one.document, kinds),
        "administered": one.administered,
        "invited": "" if one.administered or not one.invited_at else _invited(one.invited_at),
        "suspended_at": one.suspended_at,
    }


def _invited(since: datetime) -> str:
    day = date_format(timezone.localtime(since), "SHORT_DATE_FORMAT")
    return _("convidado em %(day)s, ainda não entrou") % {"day": day}


def _address(said: str, way: str, key: uuid.UUID | None, unstaffed_only: bool) -> str:
    if not key:
        return ""
    kept = ({"q": said} if said else {}) | ({"who": "nobody"} if unstaffed_only else {})
    return reverse("seller_settings", query={**kept, way: str(key)})


def _key(request: StaffRequest, name: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.GET.get(name, ""))
    except ValueError:
        return None


def _fields(given: dict[str, str], errors: dict[str, str]) -> list[Field]:
    return [
        Field("document", _("Documento"), given.get("document", ""), errors.get("document", ""), autocomplete="off"),
        Field("name", _("Nome"), given.get("name", ""), errors.get("name", ""), autocomplete="off"),
        Field("email", _("E-mail de quem administra"), given.get("email", ""), errors.get("email", ""), input="email",
              required=False, autocomplete="off", help=_("Recebe um convite; vazio, convide depois.")),
        Field("person", _("Nome de quem administra"), given.get("person", ""), errors.get("person", ""),
              required=False, autocomplete="off"),
    ]  # fmt: skip
