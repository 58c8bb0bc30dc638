"""A form staff are asked to answer by the other side."""

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
from tratativa.web.case import drawing
from tratativa.web.forms import answering, beginning, inputs
from tratativa.web.forms.inputs import Filling
from tratativa.web.frame import bodies, scoped_get
from tratativa.web.frame.gates import StaffRequest, staff


@bodies.takes_files
@require_http_methods(["GET", "POST"])
@staff
def answer(request: StaffRequest, protocol: str, key: uuid.UUID) -> HttpResponse:
    """The form, and its answer."""
    case = scoped_get.case(request.actor, protocol)
    asked = scoped_get.request(request.actor, case, key)
    if request.method != "POST":
        return _form(request, case, asked, beginning.of(request, case, requests.form(asked)))
    filling, status = answering.take(request, asked)
    if status != answering.ACCEPTED:
        return _form(request, case, asked, filling, status=status)
    notices.success(request, _("Resposta enviada."))
    return redirect(reverse("case", args=[protocols.show(case.protocol)]))


def _form(request: StaffRequest, case: Case, asked: Request, filling: Filling, *, status: int = 200) -> HttpResponse:
    view = drawing.view(case, request.actor, at=request.at)
    action = {
        "label": requests.label(asked),
        "help": requests.question(asked),
        "url": reverse("request", args=[view.shown, asked.pk]),
    }
    book = rulebook_versions.of(case)
    fields = [inputs.draw(one, filling, book, at=request.at) for one in requests.form(asked)]
    context = {"view": view, "action": action, "form": filling, "fields": fields, "asked": asked}
    return render(request, "desk/action.html", context, status=status)
