"""Saved views: named filters to come back to."""

import uuid

from django.contrib import messages as notices
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tratativa.accounts import saved_views
from tratativa.cases.reading import inbox
from tratativa.web.frame.gates import StaffRequest, staff
from tratativa.web.lists import filtering


@require_POST
@staff
def save(request: StaffRequest) -> HttpResponse:
    """Keeps the filters under a name and shows their list."""
    filters, _errors = inbox.parse(QueryDict(request.POST.get("query", "")[:600]).dict())
    query = filtering.query(filters)
    try:
        saved_views.save(request.membership, name=request.POST.get("name", ""), query=query)
        notices.success(request, _("Vista guardada."))
    except saved_views.BadView as bad:
        notices.error(request, str(bad))
    return redirect(f"{reverse('cases')}?{query}")


@require_POST
@staff
def delete(request: StaffRequest, view_id: uuid.UUID) -> HttpResponse:
    """Forgets a view."""
    saved_views.delete(request.membership, view_id)
    notices.success(request, _("Vista apagada."))
    return redirect("cases")
