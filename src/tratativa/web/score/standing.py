"""Desempenho: what counts for the seller, from which protocols, and contesting it (M-09)."""

import uuid

from django.contrib import messages as notices
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tratativa.cases.core import visibility
from tratativa.cases.core.refusals import Invalid, NotAllowed
from tratativa.cases.score import contests
from tratativa.web.frame.gates import StaffRequest, seller
from tratativa.web.score import sanctions, scorecards
from tratativa.web.score.scorecards import Posted


@require_GET
@seller
def standing(request: StaffRequest) -> HttpResponse:
    """The acting seller's own standing: totals for its agents, the events too for its administrators."""
    return page(request)


@require_POST
@seller
def contest(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Contests one event with the seller's reason."""
    if not request.actor.is_admin:
        raise PermissionDenied(_("Só quem administra a conta do lojista contesta o que foi contado."))
    mark = get_object_or_404(visibility.visible_marks(request.actor), pk=key)
    said = request.POST.get("text", "")
    try:
        contests.contest(mark, said, by=request.actor, at=request.at)
    except Invalid as bad:
        return page(request, posted=Posted(mark.pk, said, str(bad)), status=422)
    except NotAllowed as no:
        notices.error(request, str(no))
        return page(request, status=409)
    notices.success(request, _("Contestação enviada. O marketplace vai decidir."))
    return redirect("standing")


def page(
    request: StaffRequest, *, posted: Posted | None = None, sanction: sanctions.Posted | None = None, status: int = 200
) -> HttpResponse:
    """The seller's own page, around a form about a mark or a sanction that came back."""
    if request.actor.seller_id is None:
        raise Http404
    context = {
        "page": scorecards.draw(request.actor.seller_id, request.actor, at=request.at, posted=posted),
        "sanctions": sanctions.draw(request.actor.seller_id, request.actor, at=request.at, posted=sanction),
    }
    return render(request, "desk/standing.html", context, status=status)
