"""Avisos: by which ways one is told of each kind of happening, one's quiet hours, and the hour of the digest."""

from datetime import time
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tratativa.accounts.access import sessions
from tratativa.cases.core.refusals import Invalid
from tratativa.notices import choosing
from tratativa.notices.choosing import Ways
from tratativa.notices.models import Email, Kind
from tratativa.notices.push import keys, subscriptions
from tratativa.rulebook.terms.parties import Party
from tratativa.web.frame.gates import StaffRequest, member


@require_http_methods(["GET", "POST"])
@member
def room(request: StaffRequest) -> HttpResponse:
    """What one has chosen; a form sent keeps it, or comes back with what is wrong (422)."""
    person = request.membership.person_id
    kinds = choosing.kinds(request.actor)
    if request.method != "POST":
        kept = choosing.hours(person)
        shown = {"quiet_from": _shown(kept.quiet_from), "quiet_to": _shown(kept.quiet_to), "digest": kept.digest_at}
        return _page(request, choosing.of(person), shown)
    ways, typed = {kind: _ways(request.POST, kind) for kind in kinds}, _typed(request.POST)
    try:
        quiet = (_hour(typed["quiet_from"], "quiet_from"), _hour(typed["quiet_to"], "quiet_to"))
        choosing.choose(person, ways, quiet, typed["digest"])
    except Invalid as bad:
        return _page(request, ways, typed, bad.errors, status=422)
    messages.success(request, _("Os seus avisos foram guardados."))
    return redirect("notice_settings")


def _page(
    request: StaffRequest, ways: dict[Kind, Ways], typed: dict[str, Any], errors: Any = None, *, status: int = 200
) -> HttpResponse:
    party = request.actor.party
    pushed = subscriptions.of(request.membership.person_id, at=request.at)
    context = {
        "push_key": keys.active(at=request.at).public,
        "browsers": [{"one": one, "current": one.session == sessions.name(request)} for one in pushed],
        "rows": [
            {"kind": str(kind), "label": choosing.label(kind, party), "ways": ways[kind]}
            for kind in choosing.kinds(request.actor)
        ],
        "emails": Email.choices,
        "typed": typed,
        "errors": errors or {},
        "hours": [(hour, f"{hour:02d}:00") for hour in range(24)],
        "has_letters": party is not Party.MARKETPLACE,
        "room_address": "notice_settings",
    }
    return render(request, "settings/notices.html", context, status=status)


def _ways(form: QueryDict, kind: Kind) -> Ways:
    email = form.get(f"{kind}-email", "")
    return Ways(
        desk=f"{kind}-desk" in form,
        push=f"{kind}-push" in form,
        email=Email(email) if email in Email.values else Email.NONE,
    )


def _typed(form: QueryDict) -> dict[str, Any]:
    hour = form.get("digest", "")[:2]
    digest = int(hour) if hour.isascii() and hour.isdigit() and int(hour) < 24 else 8
    return {"quiet_from": form.get("quiet_from", "")[:8], "quiet_to": form.get("quiet_to", "")[:8], "digest": digest}


def _hour(typed: str, field: str) -> time | None:
    """Raises Invalid for what is no hour."""
    try:
        return time.fromisoformat(typed).replace(tzinfo=None) if typed else None
    except ValueError:
        raise Invalid({field: _("Escreva a hora como 22:00.")}) from None


def _shown(hour: time | None) -> str:
    return hour.strftime("%H:%M") if hour else ""
