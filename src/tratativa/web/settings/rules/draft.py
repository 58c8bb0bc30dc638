"""A draft's page: its files, one of them open to be edited, what the linter says of all, and how its stories went."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from tratativa.accounts import text
from tratativa.accounts.people.refusals import Refused
from tratativa.rulebook.language import schema
from tratativa.studio import drafts, publishing, rehearsing, saving
from tratativa.studio.models import Draft, File
from tratativa.studio.saving import SavedMeanwhile
from tratativa.web.frame.gates import StaffRequest, administration
from tratativa.web.settings.own_team import doer
from tratativa.web.settings.rules import finding, remarks
from tratativa.web.settings.rules.finding import find

FIRST = "rulebook.yaml"
_SHOWN = 100  # remarks


@dataclass(frozen=True)
class Shown:
    """The file that is open: as it stands, or as somebody typed it over what another person saved meanwhile."""

    path: str
    text: str
    revision: int
    error: str = ""
    theirs: File | None = None
    clash: bool = False


@require_http_methods(["GET", "POST"])
@administration
def draft(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """The page; with the form, the open file is saved."""
    found = find(request, key)
    path = text.line((request.POST if request.method == "POST" else request.GET).get("file", "")) or FIRST
    if request.method == "GET":
        return _page(request, found, _shown(_file(found, path), path))
    words, known = request.POST.get("text", ""), finding.known(request)
    try:
        new = saving.save(found, path, words, known=known, by=doer(request), at=request.at)
    except Refused as no:
        return _page(request, found, Shown(path, words, known, error=str(no)), status=422)
    except SavedMeanwhile as clash:
        over = Shown(path, words, clash.theirs.revision if clash.theirs else 0, theirs=clash.theirs, clash=True)
        return _page(request, found, over, status=409)
    if new:
        notices.success(request, _("%(path)s foi guardado no rascunho.") % {"path": path})
    return redirect(_address(found, path))


@require_POST
@administration
def add(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """A new file, or one that was taken away while somebody was writing in it."""
    found = find(request, key)
    try:
        made = saving.add(
            found, request.POST.get("path", "")[:300], request.POST.get("text", ""), by=doer(request), at=request.at
        )
    except Refused as no:
        notices.error(request, str(no))
        return redirect("rules_draft", found.pk)
    return redirect(_address(found, made.path))


@require_POST
@administration
def remove(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """A file less."""
    found, path = find(request, key), text.line(request.POST.get("file", ""))
    try:
        saving.remove(found, path, by=doer(request), at=request.at)
    except Refused as no:
        notices.error(request, str(no))
        return redirect(_address(found, path))
    notices.success(request, _("%(path)s saiu do rascunho.") % {"path": path})
    return redirect("rules_draft", found.pk)


@require_http_methods(["GET", "POST"])
@administration
def discard(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Asks, and then throws the draft away."""
    found = find(request, key)
    if request.method == "GET":
        return render(request, "settings/rules/discard.html", {"draft": found, "room_address": "rules"})
    drafts.discard(found, by=doer(request))
    said = _("O rascunho «%(name)s» foi descartado. As regras que valem são as mesmas.")
    notices.success(request, said % {"name": found.name})
    return redirect("rules")


@require_POST
@administration
def rehearse(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Asks for its stories to be played."""
    found = find(request, key)
    rehearsing.ask(found, by=doer(request), at=request.at)
    return redirect(reverse("rules_draft", args=[found.pk]) + "#rehearsal")


@require_GET
@administration
def rehearsal(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """How its stories went, as far as they have."""
    found = find(request, key)
    return render(request, "settings/rules/rehearsal.html", {"draft": found, "rehearsal": remarks.of_rehearsal(found)})


def _page(request: StaffRequest, found: Draft, shown: Shown | None, *, status: int = 200) -> HttpResponse:
    problems = drafts.problems(found)
    files = list(found.files.defer("text").select_related("changed_by").order_by("path"))
    marked = {one.file for one in problems}
    open_path = shown.path if shown else text.line(request.GET.get("file", ""))
    context = {
        "draft": found,
        "room_address": "rules",
        "shown": shown,
        "theirs_at": shown.theirs.changed_at if shown and shown.theirs else None,
        "open_path": open_path,
        "picture": _picture(found, open_path) if shown is None else "",
        "groups": _groups(found, files, marked, open_path),
        "count": len(problems),
        "remarks": [remarks.row(found, one) for one in problems[:_SHOWN]],
        "here": [one for one in problems if one.file == open_path],
        "line": finding.number(request.GET.get("line", "")),
        "rehearsal": remarks.of_rehearsal(found),
        "kind": _kind(open_path),
        "proposed": publishing.is_proposed(found),
        "behind": drafts.is_behind(found, at=request.at),
    }
    return render(request, "settings/rules/draft.html", context, status=status)


def _groups(found: Draft, files: list[File], marked: set[str], open_path: str) -> list[tuple[str, list[Any]]]:
    """The files by their folder, its own first."""
    known: dict[str, list[Any]] = {}
    for one in files:
        folder, _slash, name = one.path.rpartition("/")
        row = {
            "name": name,
            "path": one.path,
            "url": _address(found, one.path),
            "marked": one.path in marked,
            "open": one.path == open_path,
        }
        known.setdefault(folder, []).append(row)
    return sorted(known.items())


def _file(found: Draft, path: str) -> File:
    return get_object_or_404(found.files.select_related("changed_by"), path=path)


def _shown(kept: File, path: str) -> Shown | None:
    return None if kept.picture else Shown(path, kept.text, kept.revision)


def _picture(found: Draft, path: str) -> str:
    kept = _file(found, path)
    return reverse("step_picture", args=[kept.picture]) if kept.picture else ""


def _kind(path: str) -> str:
    """Which part of the language the file is in, for completion: the schema's name, or empty for a text."""
    part = "playbooks" if path.startswith("playbooks/") else path.removesuffix(".yaml")
    return part if part == "rulebook" or part in schema.FILES else ""


def _address(found: Draft, path: str) -> str:
    return reverse("rules_draft", args=[found.pk], query={"file": path})
