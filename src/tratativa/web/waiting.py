"""Files put up while a form is still being filled in: each goes up as it is chosen and waits for its form."""

import uuid

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from tratativa.cases import books
from tratativa.web import uploads
from tratativa.web.gates import ActingRequest, CustomerRequest, PartnerRequest, StaffRequest, customer, partner, staff


@require_POST
@staff
def put_up(request: StaffRequest) -> HttpResponse:
    """Takes a file of staff's."""
    return _put_up(request)


@require_POST
@staff
def take_down(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Throws away a waiting file of staff's."""
    return _take_down(request, key)


@require_POST
@customer
def my_put_up(request: CustomerRequest) -> HttpResponse:
    """Takes a customer's file."""
    return _put_up(request)


@require_POST
@customer
def my_take_down(request: CustomerRequest, key: uuid.UUID) -> HttpResponse:
    """Throws away a customer's waiting file."""
    return _take_down(request, key)


@require_POST
@partner
def partner_put_up(request: PartnerRequest) -> HttpResponse:
    """Takes a partner's file."""
    return _put_up(request)


@require_POST
@partner
def partner_take_down(request: PartnerRequest, key: uuid.UUID) -> HttpResponse:
    """Throws away a partner's waiting file."""
    return _take_down(request, key)


def _put_up(request: ActingRequest) -> HttpResponse:
    """Answers with the waiting files' lines, or with what was wrong (422). An asked-for form draws pictures anew."""
    book = books.in_force(request.actor.marketplace_id)
    keep = uploads.keep_photographs if request.POST.get("asked") else uploads.keep
    kept = keep(request, book)
    if kept.errors:
        return JsonResponse({"error": " ".join(kept.errors)}, status=422)
    return render(request, "parts/waiting_files.html", {"files": kept.files})


def _take_down(request: ActingRequest, key: uuid.UUID) -> HttpResponse:
    uploads.discard(request, str(key))
    return HttpResponse(status=204)
