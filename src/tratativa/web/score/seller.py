"""One seller as the marketplace sees it: the standing, what may be proposed, and the contests to decide."""

import uuid

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tratativa.accounts import documents
from tratativa.accounts.models import Seller
from tratativa.cases.core import rulebook_versions, visibility
from tratativa.cases.core.refusals import Invalid, NotAllowed
from tratativa.cases.models import Mark
from tratativa.cases.score import contests
from tratativa.cases.score import reports as reporting
from tratativa.web.frame.gates import StaffRequest, marketplace
from tratativa.web.score import sanctions, scorecards
from tratativa.web.score.scorecards import Posted
from tratativa.web.timeline import reports

REPORTS = 20  # of the newest, on the seller's page
DECISIONS = {"accept": True, "refuse": False}


@require_GET
@marketplace
def seller(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """The seller's standing, and the sanctions the rulebook proposes; only people decide on them."""
    found = get_object_or_404(Seller, marketplace_id=request.actor.marketplace_id, pk=key)
    return page(request, found)


@require_POST
@marketplace
def decide_mark(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Accepts or refuses a seller's contest, with a reason."""
    mark = get_object_or_404(visibility.visible_marks(request.actor).select_related("case", "seller"), pk=key)
    said, decision = request.POST.get("text", ""), request.POST.get("decision", "")
    try:
        _decide(request, mark, said, decision)
    except Invalid as bad:
        return page(request, mark.seller, posted=Posted(mark.pk, said, str(bad)), status=422)
    except NotAllowed as no:
        notices.error(request, str(no))
        return page(request, mark.seller, status=409)
    notices.success(request, _("Decisão registrada. O lojista já pode lê-la."))
    return redirect("seller", mark.seller_id)


def _decide(request: StaffRequest, mark: Mark, said: str, decision: str) -> None:
    if decision not in DECISIONS:
        raise Invalid({"decision": _("Escolha entre aceitar e recusar a contestação.")})
    contests.decide(mark, said, accept=DECISIONS[decision], by=request.actor, at=request.at)


def page(
    request: StaffRequest,
    found: Seller,
    *,
    posted: Posted | None = None,
    sanction: sanctions.Posted | None = None,
    status: int = 200,
) -> HttpResponse:
    """The seller's page, around a form about a mark or a sanction that came back."""
    drawn = scorecards.draw(found.pk, request.actor, at=request.at, posted=posted)
    under_way = sanctions.draw(found.pk, request.actor, at=request.at, posted=sanction)
    running = {one.kind for one in under_way if one.running}
    context = {
        "seller": found,
        "document": documents.show(found.document, rulebook_versions.land(request.actor.marketplace_id).documents),
        "page": drawn,
        "proposals": [rule for rule in drawn.rules if rule.reached and rule.kind not in running] if drawn else [],
        "sanctions": under_way,
        "posted": sanction,
        "reports": reports.draw(reporting.of_seller(found.pk, request.actor, REPORTS), request.actor),
    }
    return render(request, "desk/seller.html", context, status=status)
