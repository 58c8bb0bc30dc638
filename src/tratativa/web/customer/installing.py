"""Installing: a marketplace's pages for customers as an app on a phone, with its name, its colour and its icon.

What the phone keeps for times without a network is nobody's: a page that says so, and the pages' own files.
"""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tratativa.accounts.models import Logo, Marketplace
from tratativa.mail.outgoing import accents
from tratativa.web.customer import icons
from tratativa.web.frame import assets, branding
from tratativa.web.templatetags.words import initials

YEAR = 365 * 24 * 3600
SIZES = (180, 192, 512)  # pixels: Apple's, and those a manifest needs to be installed by
KEPT = ("web/customer.css", "web/customer.js", "web/icon.svg")
SHORT = 12  # letters below an icon


@require_GET
def manifest(_request: HttpRequest, marketplace: str) -> HttpResponse:
    """What the phone is told: the marketplace's name, colour and icons (W3C Web Application Manifest)."""
    place = get_object_or_404(Marketplace, slug=marketplace)
    colour = branding.colour(place)
    told: dict[str, Any] = {
        "id": reverse("customer_door", args=[place.slug]), "name": place.name, "short_name": _short(place.name),
        "start_url": reverse("my_cases"), "scope": reverse("my_cases"), "display": "standalone",
        "lang": translation.get_language(), "theme_color": colour, "background_color": "#ffffff",
        "icons": [
            {"src": branding.icon_url(place, size), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
            for size in SIZES[1:]
            for purpose in ("any", "maskable")
        ],
    }  # fmt: skip
    return HttpResponse(json.dumps(told, ensure_ascii=False), content_type="application/manifest+json")


@require_GET
def icon(_request: HttpRequest, marketplace: str, digest: str, size: int) -> HttpResponse:
    """The marketplace's icon; its address changes with the brand, so that phones may keep it."""
    place = get_object_or_404(Marketplace, slug=marketplace)
    if size not in SIZES or digest != branding.digest(place):
        raise Http404
    logo = Logo.objects.filter(marketplace=place).values_list("content", flat=True).first() if place.logo else None
    worn = accents.button(place.accent)
    drawn = icons.draw(initials(place.name), worn.fill, worn.ink, size, bytes(logo) if logo else b"")
    response = HttpResponse(drawn, content_type="image/png")
    response["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    response.may_be_kept = True  # type: ignore[attr-defined]  # nobody's data
    return response


@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The script between the customers' pages and the network. It stands under `my/`, which is as far as it reaches."""
    asked = request.GET.get("language", "")  # the page's: a browser fetches a worker in its own
    language = asked if asked in dict(settings.LANGUAGES) else translation.get_language()
    offline = reverse("customer_offline", args=[language])
    files = [offline, *(assets.url(name) for name in KEPT)]
    context = {"files": json.dumps(files), "offline": json.dumps(offline), "kept": json.dumps(_named(files))}
    return render(request, "customer/worker.js", context, content_type="text/javascript")


@require_GET
def offline(request: HttpRequest, language: str) -> HttpResponse:
    """The page for times without a network, the same for everybody who reads this language."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    with translation.override(language):
        return render(request, "customer/offline.html", {"title": _("Sem conexão"), "language": language})


def _named(files: Sequence[str]) -> str:
    """What is kept under: another name whenever a file is another, so that what is old goes."""
    return "tratativa-" + hashlib.sha256("\n".join(files).encode()).hexdigest()[:12]


def _short(name: str) -> str:
    return name if len(name) <= SHORT else name.split()[0][:SHORT]
