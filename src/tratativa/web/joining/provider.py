"""Signing in by the site's own provider: the way there, the way back, and out of it again."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tratativa.accounts import clock, signing_in
from tratativa.accounts.access import entering, sign_in_log, whence
from tratativa.accounts.people.refusals import Refused
from tratativa.accounts.provider import asking, welcoming
from tratativa.web.frame import errors

TRIES, WITHIN = 300, timedelta(minutes=15)  # from one address: an office shares one


@require_GET
def begin(request: HttpRequest) -> HttpResponseBase:
    """Leads to the provider."""
    if shut := _counted(request):
        return shut
    to = request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(to, {request.get_host()}, require_https=request.is_secure())
    try:
        return asking.begin(request, to=to if safe else "")
    except asking.NoWord as problem:
        return _outside(request, str(problem), _no_word())


@require_GET
def back(request: HttpRequest) -> HttpResponseBase:
    """Whoever comes back from the provider is let in, or told why not."""
    if shut := _counted(request):
        return shut
    try:
        said, to = asking.answered(request)
        person = welcoming.welcome(said, at=clock.now(), whence=whence.address(request))
    except asking.NoWord as problem:
        return _outside(request, str(problem), _no_word())
    except Refused as no:
        return _outside(request, "whom the provider speaks of may not come in", str(no))
    return entering.enter_by_provider(request, person, to=to or reverse("home"))


@require_GET
def leave(request: HttpRequest) -> HttpResponseBase:
    """Ends the session at the provider, too, for who has left here."""
    if not asking.is_on():
        raise Http404
    try:
        return redirect(asking.leaving(request) or "account_login")
    except asking.NoWord as problem:
        return _outside(request, str(problem), _no_word())


def _counted(request: HttpRequest) -> HttpResponse | None:
    """The page for who comes too often from one address. Raises Http404 where there is no provider."""
    if not asking.is_on():
        raise Http404
    place = whence.network(request)
    try:
        signing_in.slow_down("provider-from", place, limit=TRIES, within=WITHIN, at=clock.now())
    except signing_in.TooManyTries:
        return errors.too_many(request)
    return None


def _outside(request: HttpRequest, why: str, told: str) -> HttpResponse:
    sign_in_log.refused_by_provider(request, why)
    context = {"why": told, "provider": asking.name(), "again": settings.OIDC_ISSUER != ""}
    return render(request, "account/provider_refused.html", context, status=403)


def _no_word() -> str:
    return _("A resposta do provedor não chegou, ou não era para esta página. Tente de novo.")
