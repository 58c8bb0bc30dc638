"""The way in: where each person begins, in whose name, in which language and light."""

import uuid
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from tratativa.accounts.models import Membership
from tratativa.accounts.rights import Right
from tratativa.rulebook.terms.parties import Party
from tratativa.web.frame.gates import StaffRequest, member, staff
from tratativa.web.frame.shell import SHORTCUTS, THEMES

YEAR = 365 * 24 * 3600


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """Staff and partners to their cases, a customer to theirs, strangers to the sign-in page."""
    if request.user.is_authenticated:
        actor = getattr(request, "actor", None)
        return redirect("partner_cases" if actor and actor.party is Party.PARTNER else "cases")
    return redirect("my_cases" if request.session.get("customer") else "account_login")


@require_POST
@member
def act_as(request: StaffRequest, membership_id: uuid.UUID) -> HttpResponse:
    """Acts by another of the person's own memberships from here on, at the beginning or where the form leads."""
    membership = get_object_or_404(Membership, pk=membership_id, person_id=request.membership.person_id)
    request.session["membership"] = str(membership.pk)
    return redirect(came_from(request, reverse("home")))


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remembers the language in a cookie for a year."""
    response = redirect(came_from(request))
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        remember(response, settings.LANGUAGE_COOKIE_NAME, chosen)
    return response


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Remembers light or dark in a cookie for a year."""
    response = redirect(came_from(request))
    chosen = request.POST.get("theme", "")
    if chosen in THEMES:
        remember(response, "theme", chosen)
    return response


@require_POST
@staff
def shortcuts(request: StaffRequest) -> HttpResponse:
    """Remembers for a year whether single keys do anything here (WCAG 2.1.4)."""
    response = redirect(came_from(request, reverse("help")))
    chosen = request.POST.get("keys", "")
    if chosen in SHORTCUTS:
        remember(response, "keys", chosen)
    return response


@require_GET
@staff
def keys(request: StaffRequest) -> HttpResponse:
    """The keyboard's help: a page, or a dialog when a script asks for it."""
    mediates = request.actor.may(Right.MEDIATE)
    return render(request, "desk/help.html", {"fragment": asks_fragment(request), "mediates": mediates})


def came_from(request: HttpRequest, default: str = "/") -> str:
    """The page the form says it was on, when it is one of ours."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    # What begins with no slash would be taken for the name of one of our addresses.
    return wanted if ours and wanted.startswith("/") else default


def asks_fragment(request: HttpRequest) -> bool:
    """Whether a script asks for a piece of a page."""
    return request.headers.get("HX-Request") == "true"


def go(request: HttpRequest, address: str) -> HttpResponse:
    """Sends whoever posted a form on to this page: a script that sent it from where it stands is told the address."""
    if asks_fragment(request):
        return HttpResponse(status=HTTPStatus.NO_CONTENT, headers={"HX-Redirect": address})
    return redirect(address)


def asks_json(request: HttpRequest) -> bool:
    """Whether a script sent the form and reads the answer itself."""
    return request.headers.get("Accept") == "application/json"


def remember(response: HttpResponse, name: str, value: str) -> None:
    """Keeps a choice of how pages look, in this browser, for a year."""
    # The page's script writes the theme too, so this cookie is not HttpOnly; it holds nothing worth hiding.
    response.set_cookie(name, value, max_age=YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
