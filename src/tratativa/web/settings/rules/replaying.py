"""A draft's replay: asked for, watched while it runs, stopped, and read with cases to open."""

import uuid
from datetime import date, timedelta
from typing import Any

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tratativa.cases.core import rulebook_versions
from tratativa.founding.rules import BadRules
from tratativa.replay import asking, report
from tratativa.replay.models import Replay
from tratativa.replay.tallies import Tally
from tratativa.rulebook import reading
from tratativa.studio.models import Draft
from tratativa.web.forms.plain_fields import Field, day_of
from tratativa.web.frame.gates import StaffRequest, administration
from tratativa.web.settings.own_team import doer
from tratativa.web.settings.rules.finding import find

USUALLY = timedelta(days=90)  # how far back it goes unless another day is given
EARLIEST = date(2000, 1, 1)


@require_http_methods(["GET", "POST"])
@administration
def replay(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """The page; with the form, a replay is asked for."""
    found = find(request, key)
    if request.method == "GET":
        return _page(request, found)
    raw = request.POST.get("since", "")[:40]
    since = day_of(raw)
    today = rulebook_versions.today(request.marketplace.pk, request.at)
    if since is None or not EARLIEST <= since <= today:
        no = _("Escolha um dia que já passou.") if since else _("Escreva o dia como 2026-01-31.")
        return _page(request, found, since=raw, error=no, status=422)
    try:
        asking.ask(found, since, by=doer(request), at=request.at)
    except BadRules:
        notices.error(request, _("O rascunho tem problemas; corrija-os antes."))
    return redirect("replay_rules", found.pk)


@require_GET
@administration
def progress(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """How far it has come, or what came of it: what the page asks for again while it runs."""
    found = find(request, key)
    return render(request, "settings/rules/replay_result.html", _told(request, found))


@require_POST
@administration
def stop(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Ends it; what it counted so far stays."""
    found = find(request, key)
    asked = asking.last(found)
    if asked and asked.is_going and request.POST.get("replay", "") == str(asked.pk):
        asking.stop(asked, at=request.at)
        notices.success(request, _("Parou. O que já tinha sido julgado fica para ler."))
    elif asked and asked.is_going:
        notices.error(request, _("Outra já foi pedida depois que você abriu a página: nada parou."))
    return redirect("replay_rules", found.pk)


def _page(request: StaffRequest, found: Draft, *, since: str = "", error: str = "", status: int = 200) -> HttpResponse:
    context = {"room_address": "rules", "limits": report.LIMITS} | _told(request, found, since=since, error=error)
    return render(request, "settings/rules/replay.html", context, status=status)


def _told(request: StaffRequest, found: Draft, *, since: str = "", error: str = "") -> dict[str, Any]:
    """The form too: it comes back by itself when the one that went on has ended."""
    asked = asking.last(found)
    usual = (request.at - USUALLY).date().isoformat()
    return {
        "since": Field(
            "since", _("Atendimentos abertos desde"), value=since or usual, error=error, type="date", input="date"
        ),
        "draft": found,
        "replay": asked,
        "report": _report(request, asked) if asked and asked.tally else None,
        "outdated": bool(asked and asked.revision != found.revision),
    }


def _report(request: StaffRequest, asked: Replay) -> report.Report:
    """What was counted, told with the names of the rules it was judged by and of those that apply."""
    draft = reading.parse(asked.rules, get_language() or "")
    assert asked.until is not None  # known before anything is counted
    return report.of(
        Tally.of_json(asked.tally),
        draft=draft,
        applies=rulebook_versions.in_force(request.marketplace.pk),
        until=asked.until,
    )
