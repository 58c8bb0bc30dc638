"""A draft that was there when somebody began to write in it: what they wrote is kept, and begins another."""

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tratativa.accounts import text
from tratativa.accounts.people.refusals import Refused
from tratativa.studio import drafts
from tratativa.studio.models import Draft
from tratativa.web.frame.gates import StaffRequest
from tratativa.web.settings.own_team import doer
from tratativa.web.settings.rules import finding

_OURS = frozenset({"csrfmiddlewaretoken", "anew", "revision", "text"})
_LONGEST = 5000  # letters of a field; a file's text is as long as files are


def or_anew(request: StaffRequest, key: uuid.UUID) -> tuple[Draft | None, bool]:
    """The draft a form was sent to, and False; where it is gone and the form says so, a new one of what applies now,
    and True; None where it is gone and nobody has said anything yet. Raises Refused."""
    found = drafts.of(request.marketplace).select_related("marketplace").filter(pk=key).first()
    if found is not None or not request.POST.get("anew"):
        return found, False
    name = text.line(request.POST["anew"])[: drafts.LONGEST_NAME + 1]
    made = drafts.begin(request.marketplace, name, by=doer(request), at=request.at)
    return finding.find(request, made.pk), True


def page(request: StaffRequest, trouble: str = "") -> HttpResponse:
    """What happened, what was written, and the way on."""
    typed = [(name, value[:_LONGEST]) for name, value in request.POST.items() if name not in _OURS]
    context = {
        "room_address": "rules",
        "trouble": trouble,
        "text": request.POST.get("text"),
        "path": text.line(request.POST.get("file", "") or request.POST.get("path", ""))[:300],
        "typed": [(name, str(value)) for name, value in typed],
        "name": text.line(request.POST.get("anew", ""))[: drafts.LONGEST_NAME] or _("Começado de novo"),
    }
    return render(request, "settings/rules/gone.html", context, status=410)


def opened(request: StaffRequest, key: uuid.UUID) -> tuple[Draft, bool] | HttpResponse:
    """As `or_anew`, or the page that says that it is gone."""
    try:
        found, anew = or_anew(request, key)
    except Refused as no:
        return page(request, str(no))
    return page(request) if found is None else (found, anew)
