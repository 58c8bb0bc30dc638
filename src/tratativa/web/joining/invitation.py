"""The page of an invitation's link: for who is new, a name and a password; for who has an account, one button."""

import uuid

from django.contrib import messages as notices
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tratativa.accounts import clock, text
from tratativa.accounts.access import entering, whence
from tratativa.accounts.models import Membership, Person
from tratativa.accounts.people import invitations
from tratativa.accounts.people import team as teams
from tratativa.accounts.people.models import Invitation
from tratativa.accounts.people.refusals import NotInTime, Refused
from tratativa.web.joining import fields


@require_http_methods(["GET", "POST"])
def invitation(request: HttpRequest, key: uuid.UUID, secret: str) -> HttpResponse:
    """Shows who invites to what, and takes the yes. A link that opens nothing says so, and no more."""
    try:
        found = invitations.opened(key, secret, at=clock.now())
        if request.method == "POST":
            return _accept(request, found)
    except NotInTime as late:
        return render(request, "joining/past.html", {"why": late}, status=410)
    return _page(request, found)


def _accept(request: HttpRequest, found: Invitation) -> HttpResponse:
    person = request.user if isinstance(request.user, Person) else None
    name, password = request.POST.get("name", "")[:200], request.POST.get("password", "")[:500]
    address = whence.address(request)
    try:
        if person and not invitations.needs_password(found):
            member = invitations.join(found, person, at=clock.now(), whence=address)
        else:
            member = invitations.accept(found, name=name, password=password, at=clock.now(), whence=address)
    except NotInTime:
        raise
    except Refused as no:
        return _page(request, found, name=name, refused=no, status=422)
    if person is None or person.pk != member.person_id:
        response = entering.enter(request, member.person, to=reverse("home"), place=member.pk)
    else:
        request.session["membership"], response = str(member.pk), redirect("home")
    notices.success(request, text.one_stop(_("Boas-vindas à equipe de %(team)s.") % {"team": teams.of(member)}))
    return response


def _page(
    request: HttpRequest, found: Invitation, *, name: str = "", refused: Refused | None = None, status: int = 200
) -> HttpResponse:
    person = request.user if isinstance(request.user, Person) else None
    new = invitations.needs_password(found)
    errors = {refused.field: str(refused)} if refused else {}
    context = {
        "invitation": found,
        "team": invitations.team_of(found),
        "role": Membership(role=found.role).get_role_display(),
        "new": new,
        "stranger": bool(person and person.email.lower() != found.email.lower()),
        "enter": reverse("account_login", query={"next": request.path}) if person is None and not new else "",
        "fields": fields.account(name or found.name, errors) if new else (),
        "trouble": errors.get("", ""),
    }
    return render(request, "joining/invitation.html", context, status=status)
