"""A form the customer is asked to answer: photos, an address, whatever the rulebook asks."""

import uuid

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tratativa.cases.core import protocols, rulebook_versions
from tratativa.cases.models import Case, Request
from tratativa.cases.requests import requests
from tratativa.web.forms import answering, beginning, inputs
from tratativa.web.forms.inputs import Filling
from tratativa.web.frame import bodies, scoped_get
from tratativa.web.frame.gates import CustomerRequest, customer


@bodies.takes_files
@require_http_methods(["GET", "POST"])
@customer
def answer(request: CustomerRequest, protocol: str, key: uuid.UUID) -> HttpResponse:
    """The form, and its answer."""
    case = scoped_get.case(request.actor, protocol)
    asked = scoped_get.request(request.actor, case, key)
    if request.method != "POST":
        return _form(request, case, asked, beginning.of(request, case, requests.form(asked)))
    filling, status = answering.take(request, asked)
    if status != answering.ACCEPTED:
        return _form(request, case, asked, filling, status=status)
    notices.success(request, _("Resposta enviada. Obrigado!"))
    return redirect(reverse("my_case", args=[protocols.show(case.protocol)]))


def _form(request: CustomerRequest, case: Case, asked: Request, filling: Filling, *, status: int = 200) -> HttpResponse:
    book = rulebook_versions.of(case)
    context = {
        "shown": protocols.show(case.protocol),
        "asked": asked,
        "question": requests.question(asked),
        "fields": [inputs.draw(one, filling, book, at=request.at) for one in requests.form(asked)],
        "form": filling,
    }
    return render(request, "customer/request.html", context, status=status)
