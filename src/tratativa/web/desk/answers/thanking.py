"""Closing a case again that nothing but thanks had opened."""

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tratativa.cases.acting import thanking
from tratativa.cases.core import protocols
from tratativa.cases.core.refusals import NotAllowed
from tratativa.web.frame import scoped_get
from tratativa.web.frame.gates import StaffRequest, staff


@require_POST
@staff
def thanks(request: StaffRequest, protocol: str) -> HttpResponse:
    """Closes it as it was, or says why not."""
    case = scoped_get.case(request.actor, protocol)
    try:
        thanking.close_again(case, by=request.actor, at=request.at)
        notices.success(request, _("Encerrado de novo: foi só um agradecimento."))
    except NotAllowed as no:
        notices.error(request, str(no))
    return redirect(reverse("case", args=[protocols.show(case.protocol)]))
