"""Bank data of a child case, shown to its partner who asks for them, and told in the audit log."""

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from tratativa.accounts.audit.disclosures import TooMuch
from tratativa.cases.core import protocols
from tratativa.cases.queues import sharing
from tratativa.web.frame import revealing, scoped_get
from tratativa.web.frame.gates import PartnerRequest, partner


@require_POST
@partner
def reveal(request: PartnerRequest, protocol: str) -> HttpResponse:
    """Opens them for a while on the page of their case. Raises Http404 where there are none to read."""
    case = scoped_get.child(request.actor, protocol)
    if case.closed_at or not any(one.sealed for one in sharing.shown(case, request.actor)):
        raise Http404
    shown = protocols.show(case.protocol)
    try:
        revealing.reveal(request, case.pk, revealing.BANK, case=shown)
    except TooMuch as no:
        notices.error(request, str(no))
    return redirect("partner_case", protocol=shown)
