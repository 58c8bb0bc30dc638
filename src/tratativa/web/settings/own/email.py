"""Another e-mail to sign in with: asked for in one's account, said yes to by the links of two letters."""

import uuid

from allauth.account.decorators import reauthentication_required
from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tratativa.accounts import clock
from tratativa.accounts.access import sessions, whence
from tratativa.accounts.addresses import changing
from tratativa.accounts.addresses.models import EmailChange
from tratativa.accounts.people.refusals import Refused
from tratativa.web.forms.plain_fields import Field
from tratativa.web.frame.gates import StaffRequest, member


@require_http_methods(["GET", "POST"])
@member
@reauthentication_required  # type: ignore[untyped-decorator]  # allauth ships no types
def change(request: StaffRequest) -> HttpResponse:
    """The form, after the password was said again; then both addresses are asked."""
    person, given = request.membership.person, request.POST.get("email", "")[:300]
    if request.method != "POST":
        return _form(request, "", "")
    try:
        changing.ask(person, given, at=request.at, whence=whence.address(request))
    except Refused as no:
        return _form(request, given, str(no), status=422)
    notices.success(request, _("Duas cartas saem agora: confirme nas duas. Até lá você entra com o endereço de antes."))
    return redirect("account")


@require_POST
@member
def give_up(request: StaffRequest) -> HttpResponse:
    """The change one asked for oneself is off."""
    person = request.membership.person
    if found := changing.waiting(person, at=request.at):
        changing.stop(found, at=request.at, whence=whence.address(request), by_owner=True)
        notices.success(request, _("A troca de e-mail foi deixada."))
    return redirect("account")


@require_http_methods(["GET", "POST"])
def said(request: HttpRequest, key: uuid.UUID, side: str, secret: str) -> HttpResponse:
    """The page of a letter's link: nothing happens before one of its buttons."""
    at, address = clock.now(), whence.address(request)
    try:
        found = changing.opened(key, side, secret, at=at)
        if request.method != "POST":
            return render(request, "account/email_change.html", {"change": found, "side": side})
        if request.POST.get("do") == "stop" and side == changing.OLD:
            changing.stop(found, at=at, whence=address)
            return render(request, "account/email_stopped.html", {"change": found})
        own = request.user.is_authenticated and request.user.pk == found.person_id
        session = sessions.name(request) if own else ""
        found = changing.say_yes(found, side, at=at, whence=address, session=session)
    except changing.Over as over:
        return render(request, "account/email_over.html", {"why": over}, status=410)
    except Refused as no:
        return render(request, "account/email_over.html", {"why": no}, status=409)
    return render(request, "account/email_confirmed.html", {"change": found, "side": side})


def waiting(request: StaffRequest) -> EmailChange | None:
    """The change that waits for a yes, for one's account."""
    return changing.waiting(request.membership.person, at=request.at)


def _form(request: StaffRequest, given: str, error: str, *, status: int = 200) -> HttpResponse:
    field = Field("email", _("Novo e-mail"), given, error, input="email", autocomplete="email",
                  help=_("Mandamos um link para ele e outro para o de agora; os dois precisam confirmar."))  # fmt: skip
    return render(request, "account/email_form.html", {"field": field, "person": request.user}, status=status)
