"""The partners' door: the link a letter brought, the way to the sign-in page, and out again."""

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tratativa.accounts import clock, reach
from tratativa.cases.core import protocols
from tratativa.cases.models import Case
from tratativa.cases.queues import links


@require_GET
def door(request: HttpRequest) -> HttpResponse:
    """How to come in: by the letter's button, or with an account."""
    wanted = request.GET.get("next", "")[:200]
    if not url_has_allowed_host_and_scheme(wanted, None):
        wanted = reverse("partner_cases")
    return render(request, "partner/door.html", {"login_url": reverse("account_login", query={"next": wanted})})


@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, secret: str) -> HttpResponse:
    """Shows whose link a letter's is, and lets in, to the one child case it is about, once its button is pressed.

    A mail scanner that follows it changes nothing at all. Whoever is in by it already is led on.
    """
    key = links.find(secret[:100], at=clock.now())
    if key is None:
        return render(request, "partner/expired.html", status=410)
    with reach.within(key.partner_id):
        protocol = protocols.show(Case.objects.values_list("protocol", flat=True).get(pk=key.case_id))
    if request.session.get("partner_key") == str(key.pk):
        return redirect("partner_case", protocol=protocol)
    if request.method != "POST":
        context = {"who": key.partner.name, "marketplace": key.partner.marketplace, "protocol": protocol}
        return render(request, "partner/link.html", context)
    rotate_token(request)  # a page of whoever was here before sends nothing in this partner's name
    request.session.cycle_key()
    request.session["partner_key"] = str(key.pk)
    return redirect("partner_case", protocol=protocol)


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Lets out on this device whoever came in by a link; who signed in leaves by the account's own way."""
    request.session.pop("partner_key", None)
    return redirect("partner_door")
