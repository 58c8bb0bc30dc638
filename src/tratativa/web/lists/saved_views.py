"""Saved views: named filters to come back to, one's own and the team's."""

import uuid
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from django.contrib import messages as notices
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from tratativa.accounts import audit
from tratativa.accounts.actors import Actor
from tratativa.accounts.rights import Right
from tratativa.cases.models import SharedView
from tratativa.cases.reading import inbox, saved_views, shared_views
from tratativa.web.frame import auditing
from tratativa.web.frame.gates import StaffRequest, staff
from tratativa.web.lists import filtering, rows

SHARED = audit.register(
    "view.shared", gettext_lazy("Compartilhou uma vista da lista"), {"pinned": gettext_lazy("Fixada")}
)
PINNED = audit.register("view.pinned", gettext_lazy("Fixou uma vista da equipe"))
UNPINNED = audit.register("view.unpinned", gettext_lazy("Soltou uma vista da equipe"))
FORGOTTEN = audit.register("view.forgotten", gettext_lazy("Apagou uma vista da equipe"))
_CHANGES: Mapping[str, tuple[str, Callable[[Actor, SharedView], None], Promise]] = MappingProxyType(
    {
        "pin": (PINNED, shared_views.pin, gettext_lazy("Vista fixada acima da lista.")),
        "unpin": (UNPINNED, shared_views.unpin, gettext_lazy("A vista não está mais acima da lista.")),
        "forget": (FORGOTTEN, shared_views.forget, gettext_lazy("Vista da equipe apagada.")),
    }
)


@require_POST
@staff
def save(request: StaffRequest) -> HttpResponse:
    """Keeps the filters under a name and shows their list."""
    filters, _errors = inbox.parse(QueryDict(request.POST.get("query", "")[:600]).dict())
    query, shared = filtering.query(filters), bool(request.POST.get("team"))
    if shared and not request.actor.may(Right.SHARE_VIEWS):
        raise PermissionDenied(_("O seu papel na equipe não compartilha vistas."))
    try:
        if shared:
            _share(request, query)
        else:
            saved_views.save(request.membership, name=request.POST.get("name", ""), query=query)
        notices.success(request, _("Vista compartilhada com a equipe.") if shared else _("Vista guardada."))
    except saved_views.BadView as bad:
        notices.error(request, str(bad))
    return redirect(f"{reverse('cases')}?{query}")


@require_POST
@staff
def delete(request: StaffRequest, view_id: uuid.UUID) -> HttpResponse:
    """Forgets a view."""
    saved_views.delete(request.membership, view_id)
    notices.success(request, _("Vista apagada."))
    return redirect("cases")


@require_POST
@staff
def change_shared(request: StaffRequest, view_id: uuid.UUID) -> HttpResponse:
    """Pins one of the team's views above the list, takes it from there, or forgets it."""
    view, do = shared_views.find(request.actor, view_id), request.POST.get("do", "")
    if view is None or do not in _CHANGES:
        raise Http404
    what, change, said = _CHANGES[do]
    try:
        with transaction.atomic():
            change(request.actor, view)
            auditing.record(request, what, about=view.name)
        notices.success(request, str(said))
    except saved_views.BadView as bad:
        notices.error(request, str(bad))
    return redirect("cases")


@require_GET
@staff
def counts(request: StaffRequest) -> HttpResponse:
    """The team's pinned views with how many cases each holds: asked for once the list stands."""
    pinned = [view for view in shared_views.of(request.actor) if view.pinned]
    named = {f"v{number}": view for number, view in enumerate(pinned)}
    wanted = {name: inbox.parse(QueryDict(view.query).dict())[0] for name, view in named.items()}
    counted = inbox.counted(request.actor, wanted, at=request.at)
    current = QueryDict(request.GET.get("on", "")[:600]).dict()
    listed = [pinned_row(view, current, rows.capped(counted[name])) for name, view in named.items()]
    return render(request, "desk/list/pinned.html", {"pinned": listed, "counted": True})


def pinned_row(view: SharedView, current: dict[str, str], count: str = "") -> dict[str, Any]:
    """A pinned view as the bar above the list draws it."""
    query = QueryDict(view.query).dict()
    return {
        "name": view.name,
        "url": f"{reverse('cases')}?{view.query}",
        "current": all(current.get(name) == value for name, value in query.items()),
        "count": count,
    }


def _share(request: StaffRequest, query: str) -> None:
    pinned = bool(request.POST.get("pin"))
    with transaction.atomic():
        view = shared_views.share(
            request.actor, name=request.POST.get("name", ""), query=query, pinned=pinned, at=request.at
        )
        auditing.record(request, SHARED, about=view.name, after={"pinned": pinned})
