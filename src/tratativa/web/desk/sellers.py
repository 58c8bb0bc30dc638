"""The sellers, with the answers each one missed over the last sixty days (A-29)."""

from datetime import timedelta

from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tratativa.accounts import documents
from tratativa.accounts.models import Seller
from tratativa.web.gates import StaffRequest, marketplace

WINDOW = timedelta(days=60)
METRIC = "resposta-perdida"


@require_GET
@marketplace
def sellers(request: StaffRequest) -> HttpResponse:
    """Every seller of the marketplace, most misses first."""
    missed = Q(marks__metric=METRIC, marks__at__gte=request.at - WINDOW)
    still_open = Q(cases__closed_at=None, cases__id__isnull=False)
    found = Seller.objects.filter(marketplace_id=request.actor.marketplace_id).annotate(
        missed=Count("marks", filter=missed, distinct=True),
        open=Count("cases", filter=still_open, distinct=True),
        overdue=Count("cases", filter=still_open & Q(cases__seller_overdue_since__isnull=False), distinct=True),
    )
    rows = [
        {
            "name": seller.name,
            "document": documents.show(seller.document),
            "delivery": _("própria") if seller.delivery == "own" else _("do marketplace"),
            "open": seller.open,
            "overdue": seller.overdue,
            "missed": seller.missed,
        }
        for seller in found.order_by("-missed", "name")[:500]
    ]
    return render(request, "desk/sellers.html", {"rows": rows})
