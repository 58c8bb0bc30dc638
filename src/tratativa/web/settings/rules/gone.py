"""A draft that was there when somebody began to write in it: what they wrote is kept, and begins another."""

import uuid
from collections.abc import Callable
from functools import wraps

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
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


def told(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view of a form, with the page of a draft that is gone where it went while the form was being taken."""

    @wraps(view)
    def either(request: StaffRequest, **named: object) -> HttpResponse:
        try:
            return view(request, **named)
        except drafts.Gone:
            if "text" in request.POST or "name" in named:  # something was written: a file, or a form of one part
                return page(request)
            notices.error(request, _("O rascunho não existe mais: foi publicado ou descartado por outra pessoa."))
            return redirect("rules")

    return either


def opened(request: StaffRequest, key: uuid.UUID) -> tuple[Draft, bool] | HttpResponse:
    """The draft a form was sent to, and False; where it is gone and the form says so, a new one of what applies now,
    and True; the page that says that it is gone where nobody has said anything yet."""
    found = drafts.of(request.marketplace).select_related("marketplace").filter(pk=key).first()
    if found is not None:
        return found, False
    if not request.POST.get("anew"):
        return page(request)
    name = text.line(request.POST["anew"])[: drafts.LONGEST_NAME + 1]
    try:
        made = drafts.begin(request.marketplace, name, by=doer(request), at=request.at)
    except Refused as no:
        return page(request, str(no))
    return finding.find(request, made.pk), True
