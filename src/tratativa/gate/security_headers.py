"""Security headers: those every page carries, for answers that Django does not make."""

from functools import cache

from csp.middleware import CSPMiddleware
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.security import SecurityMiddleware


@cache
def of_a_page() -> dict[str, str]:
    """By name in lower case, as the site's own middleware sets them; the same for every answer of this process."""
    plain = HttpResponse()
    before = set(plain.headers)
    request = HttpRequest()
    request._get_scheme = lambda: "https" if settings.SESSION_COOKIE_SECURE else "http"  # type: ignore[attr-defined]
    for middleware in (SecurityMiddleware, CSPMiddleware, XFrameOptionsMiddleware):
        middleware(lambda _request: plain).process_response(request, plain)
    return {name.lower(): value for name, value in plain.items() if name not in before}
