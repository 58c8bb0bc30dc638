"""A message on its way: taking it back, saying it at once, and what became of it (ADR 108)."""

import uuid

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tratativa.cases.acting import pressing
from tratativa.cases.core import visibility
from tratativa.cases.core.refusals import NotAllowed
from tratativa.cases.models import Pressed
from tratativa.web.case import sending as drawing
from tratativa.web.desk import case as pages
from tratativa.web.frame.gates import StaffRequest, staff


@require_POST
@staff
def undo(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Takes the message back; its words stand in the composer again."""
    pressed = _find(request, key)
    try:
        pressing.take_back(pressed, by=request.actor, at=request.at)
    except NotAllowed as no:
        notices.error(request, str(no))
    else:
        notices.success(request, _("Desfeito: nada foi enviado. A mensagem está de volta no campo."))
    return redirect(pages.address(pressed.case))


@require_POST
@staff
def now(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Says it at once."""
    pressed = _find(request, key)
    pressing.say_now(pressed, by=request.actor, at=request.at)
    after = drawing.of_key(key, request.actor, at=request.at)
    if after is not None and after.state == "said":
        notices.success(request, after.title)
    elif after is not None:
        notices.warning(request, after.title)
    return redirect(pages.address(pressed.case))


@require_GET
@staff
def state(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """The message as it stands: on its way still, or what became of it."""
    found = drawing.of_key(key, request.actor, at=request.at)
    if found is None:
        raise Http404
    return render(request, "desk/sending_one.html", {"one": found})


def _find(request: StaffRequest, key: uuid.UUID) -> Pressed:
    mine = visibility.visible_pressed(request.actor).filter(person_id=request.actor.person)
    return get_object_or_404(mine.select_related("case__marketplace"), pk=key)
