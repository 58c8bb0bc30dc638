"""The sellers, with what the rulebook counts for each one (A-29)."""

import uuid

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tratativa.accounts import documents
from tratativa.accounts.models import Seller
from tratativa.cases.core import rulebook_versions, visibility
from tratativa.cases.reading import scorecards
from tratativa.web.frame.gates import StaffRequest, marketplace

LIMIT = 1000


@require_GET
@marketplace
def sellers(request: StaffRequest) -> HttpResponse:
    """Every seller of the marketplace, those with most counted first."""
    found = list(Seller.objects.filter(marketplace_id=request.actor.marketplace_id).order_by("name")[:LIMIT])
    score = scorecards.score(request.actor.marketplace_id)
    counted = scorecards.totals([one.pk for one in found], score, at=request.at) if score else {}
    found.sort(key=lambda seller: -sum(counted.get(seller.pk, {}).values()))
    metrics, load = score.metrics if score else (), _load(request)
    kinds = rulebook_versions.land(request.actor.marketplace_id).documents
    rows = [
        {
            "key": seller.pk,
            "name": seller.name,
            "document": documents.show(seller.document, kinds),
            "delivery": _("própria") if seller.delivery == "own" else _("do marketplace"),
            "open": load.get(seller.pk, (0, 0))[0],
            "overdue": load.get(seller.pk, (0, 0))[1],
            "counts": [counted.get(seller.pk, {}).get(metric.id, 0) for metric in metrics],
        }
        for seller in found
    ]
    context = {"rows": rows, "metrics": metrics, "days": score.span.days if score else 0}
    return render(request, "desk/sellers.html", context)


def _load(request: StaffRequest) -> dict[uuid.UUID, tuple[int, int]]:
    """Open and overdue cases, by seller."""
    still_open = visibility.visible_cases(request.actor).filter(closed_at=None)
    counted = still_open.values("seller_id").annotate(
        found=Count("id"), late=Count("id", filter=Q(seller_overdue_since__isnull=False))
    )
    return {row["seller_id"]: (row["found"], row["late"]) for row in counted}
