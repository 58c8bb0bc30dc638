"""Who may set the desk up: who holds the first run's address, then who administers the marketplace it made."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from tratativa.accounts import clock
from tratativa.accounts.access import whence
from tratativa.accounts.models import Marketplace
from tratativa.accounts.people.team import Doer
from tratativa.founding import beginnings, companies, first_run
from tratativa.web.frame import errors, gates

P = ParamSpec("P")
HELD = "first_run"  # a session that came by the address
_OPEN = ("/setup/", "/language", "/theme", "/static/", "/healthz")
STAYING = frozenset({"letters", "data"})  # steps an administrator comes back to when the list is done with
_FOUNDED: dict[str, bool] = {}  # what can only become true, remembered in each process


class SetupRequest(HttpRequest):
    """A request of whoever sets the desk up; `company` is None before its first step."""

    company: Marketplace | None
    doer: Doer


def shut(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[[HttpRequest], HttpResponseBase]:
    """Tells whoever looks that the desk is not set up yet, as long as nobody has a place in any marketplace's team.

    What is sent, by a provider of letters for one, is answered as ever: nobody must take a page for a receipt.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not _FOUNDED.get("people"):
            _FOUNDED["people"] = companies.has_people()
        looks = request.method in {"GET", "HEAD"}
        if _FOUNDED["people"] or not looks or request.path.startswith(_OPEN):
            return get_response(request)
        return errors.unset(request)

    return middleware


def setting_up(
    view: Callable[Concatenate[SetupRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Lets in whoever came by the address while nobody administers; afterwards, the administrator, to all steps while
    the list of what is missing stands, and to those that stay."""

    def administering(request: gates.StaffRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        asked, member = cast(SetupRequest, request), request.membership
        if member.marketplace.beginning is None and kwargs.get("name") not in STAYING and "kind" not in kwargs:
            return redirect("home")
        asked.company, asked.doer = member.marketplace, Doer(member.person, whence.address(request))
        return view(asked, *args, **kwargs)

    administered = gates.administration(administering)

    @wraps(view)
    def gate(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        asked: Any = request
        if first_run.is_open():
            if not request.session.get(HELD):
                return errors.unset(request)
            asked.company, asked.doer = beginnings.current(), Doer(whence=whence.address(request), command="setup link")
            return view(asked, *args, **kwargs)
        return administered(request, *args, **kwargs)

    return gate


@require_http_methods(["GET", "POST"])
def link(request: HttpRequest, secret: str) -> HttpResponseBase:
    """The first run's address: nothing happens before the button; then the secret is in no address any more."""
    if not first_run.opens(secret):
        if not first_run.is_open():
            return render(request, "first_run/over.html", status=410)
        return errors.unset(request)
    if request.method == "POST":
        request.session.cycle_key()
        request.session[HELD] = clock.now().timestamp()
        return redirect("setup")
    return render(request, "first_run/link.html")
