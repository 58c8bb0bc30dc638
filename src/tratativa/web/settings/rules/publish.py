"""Publishing a draft: from when, under what name, by one or by two; and going back from a publication."""

import uuid
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tratativa.accounts import moments
from tratativa.accounts.people.refusals import Refused
from tratativa.founding import beginning_dates
from tratativa.founding.rules import BadRules, Published
from tratativa.studio import demanding, drafts, publishing
from tratativa.studio.models import Draft
from tratativa.web.forms.plain_fields import Field
from tratativa.web.frame.gates import StaffRequest, administration
from tratativa.web.settings.own_team import doer
from tratativa.web.settings.rules import comparing, finding, remarks
from tratativa.web.settings.rules.finding import find


@require_http_methods(["GET", "POST"])
@administration
def publish(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """What publishing changes, and the form; with it, the draft is published, or proposed where two are demanded."""
    found = find(request, key)
    if request.method == "GET":
        return _page(request, found, {}, {})
    given = {name: request.POST.get(name, "")[:200] for name in ("name", "from", "unproven")}
    if remarks.unproven(remarks.of_rehearsal(found)) and given["unproven"] != "yes":
        no = _("Ensaie as histórias antes, ou diga que publica sem isso.")
        return _page(request, found, given, {"unproven": no}, status=422)
    try:
        from_at = _from(found, given["from"], at=request.at)
        wanted = publishing.Wanted(finding.known(request), from_at, given["name"], **_seen(request))
        if demanding.of(request.marketplace):
            publishing.propose(found, wanted, by=doer(request), at=request.at)
            notices.success(request, _("Proposto. Outra pessoa que administra o marketplace precisa concordar."))
            return redirect("publish_draft", found.pk)
        done = publishing.publish(found, wanted, by=doer(request), at=request.at)
        return _published(request, drafts.name_of(wanted.name), done)
    except Refused as no:
        return _page(request, found, given, {no.field or "all": str(no)}, status=422)
    except BadRules:
        return _page(request, found, given, {"all": _("O rascunho tem problemas; corrija-os antes.")}, status=422)


@require_POST
@administration
def agree(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """The second person's word."""
    found = find(request, key)
    return _or_told(request, found, lambda: publishing.agree(
        found, known=finding.known(request), **_seen(request), by=doer(request), at=request.at
    ))  # fmt: skip


@require_POST
@administration
def unpropose(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """The proposal is taken back."""
    found = find(request, key)
    try:
        publishing.unpropose(found, known=finding.known(request), proposed=_seen(request)["proposed"], by=doer(request))
    except Refused as no:
        return _page(request, found, {}, {"all": str(no)}, status=409)
    notices.success(request, _("A proposta foi retirada; o rascunho continua."))
    return redirect("publish_draft", found.pk)


def _seen(request: StaffRequest) -> dict[str, str]:
    """What stood as the page was read: which publication was the newest, and which proposal of the draft."""
    return {name: request.POST.get(name, "")[:40] for name in ("applies", "proposed")}


def _or_told(request: StaffRequest, found: Draft, do: Callable[[], Published]) -> HttpResponse:
    try:
        return _published(request, found.name, do())
    except Refused as no:
        return _page(request, found, {}, {"all": str(no)}, status=422)
    except BadRules:
        return _page(request, found, {}, {"all": _("O rascunho tem problemas; corrija-os antes.")}, status=422)


def _published(request: StaffRequest, name: str, done: Published) -> HttpResponse:
    gaps = {"name": name, "when": moments.long(done.from_at)}
    if done.new:
        notices.success(request, _("«%(name)s» vale a partir de %(when)s. Nenhum atendimento aberto muda.") % gaps)
    else:
        notices.success(
            request, _("As regras são as que já valiam; os comentários e as histórias do rascunho foram guardados.")
        )
    return redirect("rules")


def _from(found: Draft, raw: str, *, at: datetime) -> datetime | None:
    """From when, counted where the draft's rules count. Raises Refused and BadRules."""
    return beginning_dates.read(raw, drafts.rulebook(found).clock.zone, at=at) if raw.strip() else None


def _page(
    request: StaffRequest, found: Draft, given: dict[str, str], errors: dict[str, str], *, status: int = 200
) -> HttpResponse:
    demand, proposed = demanding.of(request.marketplace), found.is_proposed
    read, problems = drafts.look(found)
    context: dict[str, Any] = {
        "draft": found,
        "room_address": "rules",
        "problems": len(problems),
        "two": demand is not None,
        "proposed": proposed,
        "proposal": found.proposal,
        "applies": publishing.newest(request.marketplace),
        "hindrance": publishing.hindrance(found, request.membership.person, at=request.at) if proposed else "",
        "unproven": remarks.unproven(remarks.of_rehearsal(found)),
        "trouble": errors.get("all", ""),
        "fields": [
            Field("name", _("Nome da publicação"), given.get("name", found.name), errors.get("name", ""),
                  autocomplete="off"),
            Field("from", _("Vale a partir de"), given.get("from", ""), errors.get("from", ""), input="datetime-local",
                  required=False, help=_("Na hora das regras; vazio, vale assim que publicar.")),
        ],
        "anyway": Field("unproven", _("Publicar sem essa prova"), given.get("unproven", ""), errors.get("unproven", ""),
                        type="tick"),
        **comparing.told(found, read),
    }  # fmt: skip
    return render(request, "settings/rules/publish.html", context, status=status)
