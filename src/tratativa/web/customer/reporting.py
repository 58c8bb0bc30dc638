"""Denunciar mensagem: a customer says what is wrong with a message of the seller's; the seller is not told who."""

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tratativa.accounts import text
from tratativa.cases.core import protocols
from tratativa.cases.core.refusals import Invalid, NotAllowed
from tratativa.cases.models import Case, Entry
from tratativa.cases.score import reports
from tratativa.web.frame import scoped_get
from tratativa.web.frame.gates import CustomerRequest, customer
from tratativa.web.timeline import reports as drawing


@require_http_methods(["GET", "POST"])
@customer
def report(request: CustomerRequest, protocol: str, number: int) -> HttpResponse:
    """The reasons, and the report."""
    case = scoped_get.case(request.actor, protocol)
    message = scoped_get.sellers_message(request.actor, case, number)
    if request.method != "POST":
        return _form(request, case, message, {})
    reason, words = request.POST.get("reason", "")[:12], request.POST.get("text", "")
    try:
        reports.report(message, reason=reason, words=words, by=request.actor, at=request.at)
    except Invalid as bad:
        return _form(request, case, message, bad.errors, status=422)
    except NotAllowed as no:
        return _form(request, case, message, {"": str(no)}, status=409)
    notices.success(request, _("Denúncia enviada. A equipe vai ler a mensagem e decidir."))
    return redirect(reverse("my_case", args=[protocols.show(case.protocol)]))


def _form(
    request: CustomerRequest, case: Case, message: Entry, errors: dict[str, str], *, status: int = 200
) -> HttpResponse:
    context = {
        "shown": protocols.show(case.protocol),
        "message": scoped_get.words(message),
        "seller": case.seller.name if case.seller else "",
        "reasons": drawing.reasons(),
        "chosen": request.POST.get("reason", ""),
        "text": text.paragraph(request.POST.get("text", "")),
        "errors": errors,
        "trouble": errors.get("", ""),
    }
    return render(request, "customer/report.html", context, status=status)
