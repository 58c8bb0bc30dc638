"""A marketplace's picture, colour and icon, for the pages that wear them."""

import hashlib

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from tratativa.accounts.models import Logo, Marketplace
from tratativa.mail.outgoing import accents

YEAR = 365 * 24 * 3600


@require_GET
def logo(_request: HttpRequest, slug: str, digest: str) -> HttpResponse:
    """The picture of this content; its address changes with it, so that browsers may keep it."""
    found = Logo.objects.filter(marketplace__slug=slug, marketplace__logo=digest).first()
    if found is None:
        raise Http404
    response = HttpResponse(bytes(found.content), content_type="image/webp")
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    response["Content-Security-Policy"] = "default-src 'none'"
    response.may_be_kept = True  # type: ignore[attr-defined]  # nobody's data
    return response


def colour(place: Marketplace) -> str:
    """Its accent as `#rrggbb`, for what reads no style sheet."""
    return accents.button(place.accent).fill


def icon_url(place: Marketplace, size: int) -> str:
    """Where its icon of this many pixels is."""
    return reverse("customer_icon", args=[place.slug, digest(place), size])


def digest(place: Marketplace) -> str:
    """What the icon is drawn from, named by content."""
    return hashlib.sha256("\n".join((place.name, place.accent, place.logo)).encode()).hexdigest()[:12]
