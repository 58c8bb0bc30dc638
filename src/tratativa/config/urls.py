"""Every address of the site: the pages and signing in. `/healthz` and `/events` are answered before any of these."""

from allauth.account.views import LoginView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import include, path

from tratativa.accounts.provider import asking
from tratativa.web.settings.own import factors

# An administrator gives accounts and their addresses; nobody adds another door to one by themselves.
SHUT = {
    "email/": "account_email", "signup/": "account_signup",
    "3rdparty/": "socialaccount_connections", "3rdparty/signup/": "socialaccount_signup",
    "sessions/": "usersessions_list",  # one sees and ends one's own in «Minha conta»
    "3rdparty/login/error/": "socialaccount_login_error", "3rdparty/login/cancelled/": "socialaccount_login_cancelled",
}  # fmt: skip


def nowhere(request: HttpRequest) -> HttpResponse:
    """There is no such page."""
    raise Http404


urlpatterns = [
    *(path(f"accounts/{shut}", nowhere, name=name) for shut, name in SHUT.items()),
    *(path(f"accounts/2fa/{own}", view, name=name) for own, view, name in factors.ADDRESSES),
    path("accounts/login/", LoginView.as_view(extra_context={"provider": asking.name}), name="account_login"),
    path("accounts/", include("allauth.urls")),
    path("", include("tratativa.web.urls")),
]
if settings.DEMO:
    urlpatterns += [path("", include("tratativa.demo.urls"))]

handler400 = "tratativa.web.frame.errors.bad_request"
handler403 = "tratativa.web.frame.errors.forbidden"
handler404 = "tratativa.web.frame.errors.not_found"
handler429 = "tratativa.web.frame.errors.too_many"  # allauth asks for it
handler500 = "tratativa.web.frame.errors.broken"
