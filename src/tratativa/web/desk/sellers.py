"""The sellers, with the answers each one missed over the last sixty days (A-29)."""

import uuid
from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tratativa.accounts import documents
from tratativa.accounts.models import Seller
from tratativa.cases import visibility
from tratativa.cases.models import Mark
from tratativa.web.gates import StaffRequest, marketplace

WINDOW = timedelta(days=60)
METRIC = "resposta-perdida"
LIMIT = 1000


@require_GET
@marketplace
def sellers(request: StaffRequest) -> HttpResponse:
    """Every seller of the marketplace, most misses first."""
    found = list(Seller.objects.filter(marketplace_id=request.actor.marketplace_id).order_by("name")[:LIMIT])
    missed, load = _missed(request.actor.marketplace_id, request.at), _load(request)
    found.sort(key=lambda seller: -missed.get(seller.pk, 0))
    rows = [
        {
            "name": seller.name,
            "document": documents.show(seller.document),
            "delivery": _("própria") if seller.delivery == "own" else _("do marketplace"),
            "open": load.get(seller.pk, (0, 0))[0],
            "overdue": load.get(seller.pk, (0, 0))[1],
            "missed": missed.get(seller.pk, 0),
        }
        for seller in found
    ]
    return render(request, "desk/sellers.html", {"rows": rows})


def _missed(marketplace_id: uuid.UUID, at: datetime) -> dict[uuid.UUID, int]:
    """Missed answers within the window, by seller."""
    marks = Mark.objects.filter(seller__marketplace_id=marketplace_id, metric=METRIC, at__gte=at - WINDOW)
    return {row["seller_id"]: row["found"] for row in marks.values("seller_id").annotate(found=Count("id"))}


def _load(request: StaffRequest) -> dict[uuid.UUID, tuple[int, int]]:
    """Open and overdue cases, by seller."""
    still_open = visibility.visible_cases(request.actor).filter(closed_at=None)
    counted = still_open.values("seller_id").annotate(
        found=Count("id"), late=Count("id", filter=Q(seller_overdue_since__isnull=False))
    )
    return {row["seller_id"]: (row["found"], row["late"]) for row in counted}
