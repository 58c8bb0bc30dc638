"""The demo's pages: coming in as any of the cast, and the postbox with every letter as it was sent."""

import uuid

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from tratativa.accounts.models import Customer, Membership
from tratativa.demo import people, stage
from tratativa.demo.models import Parcel
from tratativa.web.post import frames

LETTERS = 100


@require_GET
def cast(request: HttpRequest) -> HttpResponse:
    """Everybody a visitor may be."""
    kinds = ("seller", "marketplace", "partner", "customer")
    troupes = [
        {
            "marketplace": troupe.marketplace,
            "tries": troupe.tries,
            "groups": [(kind, [role for role in troupe.roles if role.kind == kind]) for kind in kinds],
        }
        for troupe in stage.cast()
    ]
    context = {"troupes": troupes, "password": people.PASSWORD}
    return render(request, "demo/cast.html", context)


@require_POST
def enter(request: HttpRequest, kind: str, key: uuid.UUID) -> HttpResponse:
    """Comes in as this member of staff or customer; whoever the visitor was before leaves."""
    request.session.flush()
    if kind == "customer":
        with stage.everybody():
            request.session["customer"] = str(get_object_or_404(Customer, pk=key).pk)
        return redirect("my_cases")
    if kind != "staff":
        raise Http404
    membership = get_object_or_404(Membership.objects.select_related("person"), pk=key)
    login(request, membership.person, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session["membership"] = str(membership.pk)
    return redirect("home")


@require_GET
def mailbox(request: HttpRequest) -> HttpResponse:
    """The hundred newest letters."""
    return render(request, "demo/mailbox.html", {"parcels": Parcel.objects.order_by("-at", "-id")[:LETTERS]})


@frames.around
@require_GET
def parcel(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One letter, as text and in a frame as a mail program would show it."""
    return render(request, "demo/parcel.html", {"parcel": get_object_or_404(Parcel, pk=key)})


@frames.inside
@require_GET
def letter(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """The letter's HTML alone."""
    return frames.letter(get_object_or_404(Parcel, pk=key).html)
