"""The partners' door: the link a letter brought, the way to the sign-in page, and out again."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from tratativa.accounts import clock
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


@require_GET
def link(request: HttpRequest, secret: str) -> HttpResponse:
    """Lets in by the link of a letter, to the one child case it is about.

    A mail scanner that follows it changes nothing but its own session: the link opens again for who receives it.
    """
    key = links.find(secret[:100], at=clock.now())
    if key is None:
        return render(request, "partner/expired.html", status=410)
    request.session.cycle_key()
    request.session["partner_key"] = str(key.pk)
    protocol = Case.objects.values_list("protocol", flat=True).get(pk=key.case_id)
    return redirect("partner_case", protocol=protocols.show(protocol))


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Lets out on this device whoever came in by a link; who signed in leaves by the account's own way."""
    request.session.pop("partner_key", None)
    return redirect("partner_door")
