"""One saved reply: written, changed, copied and deleted; who may not change it reads it."""

import uuid
from dataclasses import replace

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tratativa.saved_replies import gaps, keeping, shelf
from tratativa.saved_replies.keeping import Refused, Writing
from tratativa.saved_replies.models import Reach, SavedReply
from tratativa.web.forms.plain_fields import Field
from tratativa.web.frame.gates import StaffRequest, staff
from tratativa.web.settings.own_team import doer, team
from tratativa.web.settings.replies import listing

_NAMES = ("name", "shortcut", "text", "reach", "to", "tags", "action")


@require_http_methods(["GET", "POST"])
@staff
def new(request: StaffRequest) -> HttpResponse:
    """A form for a new reply, and the reply."""
    if request.method == "GET":
        return _page(request, None, Writing(), {})
    writing = _written(request)
    try:
        made = keeping.write(team(request), writing, actor=request.actor, by=doer(request), at=request.at)
    except Refused as no:
        return _page(request, None, writing, no.errors, status=422)
    notices.success(request, _("«%(name)s» está pronta para usar.") % {"name": made.name})
    return redirect("replies")


@require_http_methods(["GET", "POST"])
@staff
def reply(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """A reply in its form, and its change."""
    kept = _found(request, key)
    if request.method == "GET":
        return _page(request, kept, keeping.of(kept), {})
    if not shelf.may_change(kept, request.actor):
        return _page(request, kept, keeping.of(kept), {"": _no_right()}, status=403)
    writing = replace(_written(request), reach=kept.reach)
    try:
        keeping.change(
            team(request), kept, writing, seen=request.POST.get("seen", ""), actor=request.actor, by=doer(request),
            at=request.at,
        )  # fmt: skip
    except Refused as no:
        kept.refresh_from_db()
        return _page(request, kept, writing, no.errors, status=409 if "" in no.errors else 422)
    notices.success(request, _("«%(name)s» foi mudada.") % {"name": writing.name})
    return redirect("replies")


@require_POST
@staff
def copy(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Copies a reply and opens the copy's form."""
    kept = _found(request, key)
    try:
        made = keeping.copy(team(request), kept, actor=request.actor, by=doer(request), at=request.at)
    except Refused as no:
        return _page(request, kept, keeping.of(kept), {"": str(no)}, status=422)
    notices.success(request, _("Esta é a cópia: «%(name)s».") % {"name": made.name})
    return redirect("reply_setting", made.pk)


@require_POST
@staff
def delete(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Deletes a reply."""
    kept = _found(request, key)
    if not shelf.may_change(kept, request.actor):
        return _page(request, kept, keeping.of(kept), {"": _no_right()}, status=403)
    keeping.delete(team(request), kept, by=doer(request))
    notices.success(request, _("«%(name)s» foi apagada.") % {"name": kept.name})
    return redirect("replies")


def _found(request: StaffRequest, key: uuid.UUID) -> SavedReply:
    return get_object_or_404(shelf.of(request.actor), pk=key)


def _no_right() -> str:
    return _("Esta resposta é de mais gente: quem lidera a equipe a muda. Você pode copiá-la para si.")


def _written(request: StaffRequest) -> Writing:
    return Writing(**{name: request.POST.get(name, "")[: keeping.TEXT_LIMIT * 2] for name in _NAMES})


def _page(
    request: StaffRequest, kept: SavedReply | None, writing: Writing, errors: dict[str, str], *, status: int = 200
) -> HttpResponse:
    changes = kept is None or shelf.may_change(kept, request.actor)
    context = {
        "kept": kept,
        "writing": writing,
        "room_address": "replies",
        "changes": changes,
        "may_copy": bool(shelf.reaches(request.actor)),
        "seen": kept.changed_at.isoformat() if kept else "",
        "reach": listing.label(kept.reach, seller=request.actor.seller_id is not None) if kept else "",
        "fields": _fields(request, kept, writing, errors) if changes else [],
        "gaps": [str(gap.label) for gap in gaps.GAPS],
        "trouble": errors.get("", ""),
    }
    return render(request, "settings/replies/reply.html", context, status=status)


def _fields(request: StaffRequest, kept: SavedReply | None, writing: Writing, errors: dict[str, str]) -> list[Field]:
    reaches = shelf.reaches(request.actor)
    whose = Field(
        "reach", _("Quem usa"), writing.reach, errors.get("reach", ""), type="choice",
        options=tuple((str(one), str(Reach(one).label), "") for one in reaches),
    )  # fmt: skip
    chosen = _choices(request)
    return [
        Field("name", _("Nome"), writing.name, errors.get("name", ""), autocomplete="off"),
        Field("shortcut", _("Atalho"), writing.shortcut, errors.get("shortcut", ""), required=False,
              autocomplete="off", help=_("Uma palavra: escreva /palavra na resposta para achar este texto.")),
        Field("text", _("Texto"), writing.text, errors.get("text", ""), type="long_text",
              help=_("As lacunas entre {{ }} são preenchidas com os dados do atendimento. **Assim** fica em negrito.")),
        *([whose] if kept is None and len(reaches) > 1 else []),
        Field("to", _("Para quem é"), writing.to, errors.get("to", ""), type="person", required=False,
              choices=(("", _("Quem estiver escolhido na resposta")), *chosen["to"])),
        Field("tags", _("Etiquetas"), writing.tags, errors.get("tags", ""), required=False, autocomplete="off",
              help=_("Entre vírgulas; postas no atendimento quando a resposta é enviada.")),
        Field("action", _("Ação que vem depois"), writing.action, errors.get("action", ""), type="person",
              required=False, choices=(("", _("Nenhuma")), *chosen["action"]),
              help=_("É oferecida com o formulário preenchido; nunca é feita sozinha.")),
    ]  # fmt: skip


def _choices(request: StaffRequest) -> dict[str, list[tuple[str, str]]]:
    return {
        "to": list(keeping.recipients(request.actor).items()),
        "action": list(keeping.actions(request.actor).items()),
    }
