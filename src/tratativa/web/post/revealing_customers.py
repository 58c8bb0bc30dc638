"""A customer's document or telephone, shown to one of the team who asks for it, and told in the audit log."""

import uuid
from types import MappingProxyType

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from tratativa.accounts.audit.disclosures import TooMuch
from tratativa.cases.core import protocols
from tratativa.web.frame import revealing, scoped_get
from tratativa.web.frame.gates import StaffRequest, marketplace
from tratativa.web.frame.home import came_from

FIELDS = MappingProxyType({"document": revealing.DOCUMENT, "phone": revealing.PHONE})


@require_POST
@marketplace
def reveal(request: StaffRequest, key: uuid.UUID, field: str) -> HttpResponse:
    """Opens it for a while and goes back to the page it was asked on: the case's, or the retailer's own."""
    customer = scoped_get.customer(request.actor, key)
    if field not in FIELDS:
        raise Http404
    case = request.POST.get("case", "")
    shown = protocols.show(scoped_get.case(request.actor, case).protocol) if case else ""
    try:
        revealing.reveal(request, customer.pk, FIELDS[field], about=customer.name, case=shown)
    except TooMuch as no:
        notices.error(request, str(no))
    return redirect(came_from(request, reverse("case", args=[shown]) if shown else "/"))
