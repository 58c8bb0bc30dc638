"""The tags a team has on a case: a card that draws itself anew, and the words it suggests."""

import uuid

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tratativa.cases.acting.tags import tagging
from tratativa.cases.core import protocols
from tratativa.cases.core.refusals import Invalid
from tratativa.cases.models import Case
from tratativa.cases.reading import tags
from tratativa.web.frame import scoped_get
from tratativa.web.frame.gates import StaffRequest, staff
from tratativa.web.frame.home import asks_fragment


@require_POST
@staff
def add(request: StaffRequest, protocol: str) -> HttpResponse:
    """Puts the tags of a field on the case."""
    case = scoped_get.case(request.actor, protocol)
    raw = request.POST.get("tag", "")[:600]
    try:
        tagging.add(case, [raw], by=request.actor, at=request.at)
    except Invalid as bad:
        return _answer(request, case, typed=raw, error=bad.errors["tag"])
    return _answer(request, case)


@require_POST
@staff
def remove(request: StaffRequest, protocol: str, key: uuid.UUID) -> HttpResponse:
    """Takes one off."""
    case = scoped_get.case(request.actor, protocol)
    tagging.remove(case, key, by=request.actor, at=request.at)
    return _answer(request, case)


@require_GET
@staff
def suggested(request: StaffRequest, protocol: str) -> HttpResponse:
    """The words the team has in use, for a field to offer."""
    scoped_get.case(request.actor, protocol)
    return render(request, "desk/tag_words.html", {"words_in_use": tags.in_use(request.actor)})


def _answer(request: StaffRequest, case: Case, *, typed: str = "", error: str = "") -> HttpResponse:
    shown = protocols.show(case.protocol)
    if asks_fragment(request):
        view = {"shown": shown, "tags": tags.of_case(case, request.actor)}
        context = {"view": view, "tag_typed": typed, "tag_error": error, "tag_focused": True}
        return render(request, "desk/cards/tags.html", context)
    if error:
        notices.error(request, _("Etiqueta não posta: %(why)s") % {"why": error})
    return redirect(reverse("case", args=[shown]) + "#tags")
