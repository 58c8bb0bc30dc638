"""A draft's files: one of them open to be edited, and what the linter says of all."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tratativa.accounts import text
from tratativa.accounts.people.refusals import Refused
from tratativa.rulebook.language import schema
from tratativa.studio import drafts, saving
from tratativa.studio.models import Draft, File
from tratativa.studio.saving import SavedMeanwhile
from tratativa.web.frame.gates import StaffRequest, administration
from tratativa.web.settings.own_team import doer
from tratativa.web.settings.rules import finding, gone, overview, remarks
from tratativa.web.settings.rules.finding import find

FIRST = "rulebook.yaml"


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
@gone.told
def draft(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """The page; with the form, the open file is saved."""
    if request.method == "POST":
        return _saved(request, key)
    found, path = find(request, key), text.line(request.GET.get("file", "")) or FIRST
    if "file" not in request.GET:
        return overview.page(request, found)
    return _opened(request, found, get_object_or_404(found.files.select_related("changed_by"), path=path))


def _saved(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    opened, path = gone.opened(request, key), text.line(request.POST.get("file", "")) or FIRST
    if isinstance(opened, HttpResponse):
        return opened
    found, anew = opened
    words, known = request.POST.get("text", ""), finding.known(request)
    if anew:
        known = found.files.filter(path=path, picture="").values_list("revision", flat=True).first() or known
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
@gone.told
def add(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """A new file, or one that was taken away while somebody was writing in it."""
    opened, words = gone.opened(request, key), request.POST.get("text", "")
    if isinstance(opened, HttpResponse):
        return opened
    found, _anew = opened
    path = text.line(request.POST.get("path", "")[:300])
    try:
        made = saving.add(found, path, words, by=doer(request), at=request.at)
    except Refused as no:
        return _not_added(request, found, path, words, str(no))
    return redirect(_address(found, made.path))


def _not_added(request: StaffRequest, found: Draft, path: str, words: str, why: str) -> HttpResponse:
    """What was written is kept on the page, beside what another person has put there meanwhile."""
    theirs = found.files.select_related("changed_by").filter(path=path, picture="").first()
    if words and theirs:
        over = Shown(path, words, theirs.revision, theirs=theirs, clash=True)
        return _page(request, found, over, status=409)
    if words:
        return _page(request, found, Shown(path, words, 0, error=why, clash=True), status=422)
    notices.error(request, why)
    return redirect(_address(found, FIRST))


@require_POST
@administration
@gone.told
def remove(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """A file less."""
    found, path = find(request, key), text.line(request.POST.get("file", ""))
    try:
        taken = saving.remove(found, path, known=finding.known(request), by=doer(request), at=request.at)
    except Refused as no:
        notices.error(request, str(no))
        return redirect(_address(found, path))
    except SavedMeanwhile as clash:
        assert clash.theirs is not None  # of one that is gone there is nothing left to take away
        return _opened(request, found, clash.theirs, stays=True, status=409)
    said = _("%(path)s saiu do rascunho.") if taken else _("%(path)s já não estava no rascunho.")
    notices.success(request, said % {"path": path})
    return redirect(_address(found, FIRST))


def _opened(request: StaffRequest, found: Draft, kept: File, *, stays: bool = False, status: int = 200) -> HttpResponse:
    """The page of a file as it was saved last; `stays` where somebody wanted to take away an older one."""
    shown = None if kept.picture else Shown(kept.path, kept.text, kept.revision)
    return _page(request, found, shown, picture=kept if kept.picture else None, stays=kept if stays else None,
                 status=status)  # fmt: skip


def _page(
    request: StaffRequest,
    found: Draft,
    shown: Shown | None,
    *,
    picture: File | None = None,
    stays: File | None = None,
    status: int = 200,
) -> HttpResponse:
    problems = drafts.problems(found)
    files = list(found.files.defer("text").select_related("changed_by").order_by("path"))
    marked = {one.file for one in problems}
    open_path = shown.path if shown else picture.path if picture else ""
    context = {
        "stays": stays,
        "draft": found,
        "room_address": "rules",
        "shown": shown,
        "theirs_at": shown.theirs.changed_at if shown and shown.theirs else None,
        "open_path": open_path,
        "picture": reverse("step_picture", args=[picture.picture]) if picture else "",
        "file_revision": shown.revision if shown else picture.revision if picture else 0,
        "groups": _groups(found, files, marked, open_path),
        "remarks": [remarks.row(found, one) for one in problems[: remarks.SHOWN]],
        "here": [one for one in problems if one.file == open_path],
        "line": finding.number(request.GET.get("line", "")),
        "kind": _kind(open_path),
    }
    return render(request, "settings/rules/files.html", context, status=status)


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


def _kind(path: str) -> str:
    """Which part of the language the file is in, for completion: the schema's name, or empty for a text."""
    part = "playbooks" if path.startswith("playbooks/") else path.removesuffix(".yaml")
    return part if part == "rulebook" or part in schema.FILES else ""


def _address(found: Draft, path: str) -> str:
    return reverse("rules_draft", args=[found.pk], query={"file": path})
