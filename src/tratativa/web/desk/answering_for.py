"""What the customer was asked, answered by the agent who has them on the telephone; sent again; given a nudge."""

import uuid
from typing import Any

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tratativa.cases.core import protocols, rulebook_versions
from tratativa.cases.core.refusals import Invalid, NotAllowed
from tratativa.cases.models import Attachment, Case, Request
from tratativa.cases.requests import answering_for, asking_again, requests
from tratativa.web.case import drawing
from tratativa.web.forms import beginning, inputs, uploads
from tratativa.web.forms.inputs import Filling
from tratativa.web.frame import bodies, channels, scoped_get
from tratativa.web.frame.gates import StaffRequest, marketplace
from tratativa.web.frame.home import asks_fragment, go


@bodies.takes_files
@require_http_methods(["GET", "POST"])
@marketplace
def answer(request: StaffRequest, protocol: str, key: uuid.UUID) -> HttpResponse:
    """The form with the customer's own words beside it, and the answer the agent gives for them."""
    case = scoped_get.case(request.actor, protocol)
    asked = scoped_get.asked(request.actor, case, key)
    said = answering_for.said_since(asked, request.actor)
    files = answering_for.files_of(said, request.actor)
    if request.method != "POST":
        return _form(request, case, asked, beginning.of(request, case, requests.form(asked)), files)
    filling = inputs.read(request, requests.form(asked), rulebook_versions.of(case), uploads.keep_photographs)
    status = 422
    if not filling.errors:
        try:
            answering_for.answer(
                asked, filling.values, channel=request.POST.get("channel", ""), by=request.actor, at=request.at,
                carried=_carried(request, asked, files),
            )  # fmt: skip
        except Invalid as bad:
            filling.errors = bad.errors
        except NotAllowed as no:
            filling.errors, status = {"": str(no)}, 409
        else:
            notices.success(request, _("Resposta anotada em nome do cliente."))
            return go(request, _page(case))
    return _form(request, case, asked, filling, files, status=status)


@require_POST
@marketplace
def again(request: StaffRequest, protocol: str, key: uuid.UUID) -> HttpResponse:
    """Sends what was asked once more, or reminds of it."""
    case = scoped_get.case(request.actor, protocol)
    asked = scoped_get.asked(request.actor, case, key)
    reminds = request.POST.get("do") == "remind"
    try:
        (asking_again.remind if reminds else asking_again.resend)(asked, by=request.actor, at=request.at)
    except NotAllowed as no:
        notices.error(request, str(no))
    else:
        notices.success(request, _("Lembrete enviado ao cliente.") if reminds else _("Pedido enviado de novo."))
    return redirect(_page(case))


def _page(case: Case) -> str:
    return reverse("case", args=[protocols.show(case.protocol)]) + "#run"


def _carried(request: StaffRequest, asked: Request, files: list[Attachment]) -> dict[str, list[Attachment]]:
    """The files of the customer's words that were ticked, by the field they answer."""
    places = [one.id for one in requests.form(asked) if one.type == "files"]
    by_key = {str(file.pk): file for file in files}
    return {
        place: [by_key[one] for one in uploads.keys(request.POST.getlist(f"{place}.carried")) if one in by_key]
        for place in places
    }


def _form(
    request: StaffRequest, case: Case, asked: Request, filling: Filling, files: list[Attachment], *, status: int = 200
) -> HttpResponse:
    view = drawing.view(case, request.actor, at=request.at)
    numbers = {one.number for one in answering_for.said_since(asked, request.actor)}
    book = rulebook_versions.of(case)
    fields = [inputs.draw(one, filling, book, at=request.at) for one in requests.form(asked)]
    context: dict[str, Any] = {
        "view": view,
        "asked": asked,
        "question": requests.question(asked),
        "form": filling,
        "fields": fields,
        "said": [line for line in view.lines if line.number in numbers],
        "carried": [(str(one.pk), one.name) for one in files],
        "channels": channels.heard(),
        "channel": request.POST.get("channel", "") or ("phone" if case.channel == "phone" else ""),
        "fragment": asks_fragment(request),
    }
    return render(request, "desk/answer_for.html", context, status=status)
