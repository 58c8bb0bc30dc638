"""The everyday changes of a draft: what has a form, and each of the forms."""

import uuid
from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from tratativa.accounts import moments, text
from tratativa.accounts.people.refusals import Refused
from tratativa.rulebook import shipped
from tratativa.rulebook.folders import Ready
from tratativa.rulebook.terms import languages, yaml_source
from tratativa.studio import drafts
from tratativa.studio.everyday import deadlines, parts, terms
from tratativa.studio.everyday.inputs import Edit, Given, Input
from tratativa.studio.everyday.parts import Part, Unreadable
from tratativa.studio.models import Draft, File
from tratativa.studio.saving import SavedMeanwhile
from tratativa.web.forms.plain_fields import Field
from tratativa.web.frame.gates import StaffRequest, administration
from tratativa.web.settings.own_team import doer
from tratativa.web.settings.rules import finding, gone, remarks, ways
from tratativa.web.settings.rules.finding import find

FIRST = "rulebook.yaml"
_LONGEST = 5000
_LISTS = ("deadlines", "reasons", "actions")
_UNSHAPED = (Unreadable, ValueError, TypeError, KeyError, AttributeError)  # a file the linter refuses may say anything


@require_GET
@administration
def changes(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Everything that has a form, and the texts."""
    found = find(request, key)
    texts = found.files.filter(path__startswith="templates/", picture="").order_by("path").values_list("path", "text")
    read = drafts.look(found)[0]
    context = {
        "draft": found,
        "room_address": "rules",
        "groups": [group for name, part in parts.PARTS.items() if (group := _group(found, name, part, read))],
        "texts": [
            (text.first_words(words) or path, path.removeprefix("templates/"), remarks.address(found, path, 1))
            for path, words in texts
        ],
    }
    return render(request, "settings/rules/changes.html", context)


@require_http_methods(["GET", "POST"])
@administration
@gone.told
def change(request: StaffRequest, key: uuid.UUID, name: str, item: str) -> HttpResponse:
    """One form; with what was given, the file says it."""
    part = parts.PARTS.get(name)
    if part is None:
        raise Http404
    if request.method == "GET":
        found = find(request, key)
        return _page(request, found, (name, item), *_there(found, part, item), {}, {})
    opened = gone.opened(request, key)
    if isinstance(opened, HttpResponse):
        return opened
    found, anew = opened
    try:
        data, kept = _there(found, part, item)
    except Http404:
        if not anew:
            raise
        notices.error(request, _("As regras que valem agora não têm mais o que você mudava: nada foi escrito."))
        return redirect("rules_changes", found.pk)
    return _change(request, found, (name, item), data, kept, known=kept.revision if anew else finding.known(request))


def _there(found: Draft, part: Part, item: str) -> tuple[Any, File]:
    """What the part's file says, and the file. Raises Http404 where no form can show the item."""
    try:
        data, kept = parts.data(found, part)
        known_items = {one.key for one in part.items(data)}
        if item in known_items:
            part.inputs(data, item)
    except _UNSHAPED:
        raise Http404 from None
    if item not in known_items:
        raise Http404
    return data, kept


def _change(
    request: StaffRequest, found: Draft, place: tuple[str, str], data: Any, kept: File, *, known: int
) -> HttpResponse:
    name, item = place
    part = parts.PARTS[name]
    given = {field: str(value)[:_LONGEST] for field, value in request.POST.items()}
    try:
        if kept.revision != known:
            raise SavedMeanwhile(kept)
        edits = list(_edits(part, data, item, given))
        new = parts.change(found, kept, edits, known=known, by=doer(request), at=request.at)
    except Refused as no:
        return _page(request, found, (name, item), data, kept, given, {no.field or "all": str(no)}, status=422)
    except SavedMeanwhile as clash:
        told = {"all": _meanwhile(clash, request)}
        return _page(request, found, (name, item), data, kept, given, told, status=409)
    if new:
        notices.success(request, _kept(found))
    else:
        notices.info(request, _("Nada mudou: já estava assim."))
    stays = given.get("do", "") != ""
    return redirect("rules_change", found.pk, name, item) if stays else redirect("rules_changes", found.pk)


def _edits(part: Part, data: Any, item: str, given: Given) -> Iterator[Edit]:
    do = given.get("do", "")
    if do == "except" and part.file == deadlines.FILE:
        return deadlines.add(data, item, given)
    if do.startswith("drop-") and part.file == deadlines.FILE and do[5:].isdecimal():
        return deadlines.drop(data, item, int(do[5:8]))
    return part.edits(data, item, given)


def _kept(found: Draft) -> SafeString:
    """That it is kept, and what comes next."""
    return format_html(
        '{} {} <a class="link" href="{}">{}</a>',
        _("Guardado no rascunho."),
        _("Só vale depois de publicado."),
        reverse("rules_draft", args=[found.pk]),
        _("Ir para o rascunho «%(name)s»") % {"name": found.name},
    )


def _meanwhile(clash: SavedMeanwhile, request: StaffRequest) -> str:
    if clash.theirs is None:
        return _("O arquivo foi tirado do rascunho por outra pessoa.")
    gaps = {"who": clash.theirs.changed_by.name, "when": moments.short(clash.theirs.changed_at, request.at)}
    return _("%(who)s mudou este arquivo %(when)s, depois que você o abriu. Confira os campos e guarde de novo.") % gaps


def _group(found: Draft, name: str, part: Part, read: Ready | None) -> dict[str, Any]:
    try:
        data, _kept = parts.data(found, part)
        items = part.items(data)
    except _UNSHAPED:  # it is mended in the editor first
        there = found.files.filter(path=part.file).exists()
        return {"name": name, "heading": part.heading, "unreadable": part.file} if there else {}
    rows = [(one, reverse("rules_change", args=[found.pk, name, one.key])) for one in items]
    locked = _included(name, len(data), read) if read and name in _LISTS else []
    if not rows and not locked:
        return {}
    told = {"icon": ways.ICONS[name], "about": ways.ABOUT[name], "alone": rows and ways.one_alone(found, name)}
    return {"name": name, "heading": part.heading, "rows": rows, "locked": locked, **told}


def _included(name: str, own: int, read: Ready) -> list[tuple[str, str, str]]:
    """What the rules take from others they include, the law's deadlines say: its label, how long, and from where."""
    known = list(enumerate(getattr(read.loaded.book, name)))[own:]
    return [
        (one.label, terms.told(one.within) if name == "deadlines" else "",
         _title_of(read.loaded.places.problem((name, index), "").file.partition("/")[0]))
        for index, one in known
    ]  # fmt: skip


def _title_of(folder: str) -> str:
    """What an included rulebook calls itself; its folder, where it is not one that comes with the desk."""
    known = shipped.folder(folder)
    if known is None:
        return folder
    said = yaml_source.read((known / FIRST).read_bytes(), FIRST).data["title"]
    return str(said.get(languages.OWN) or folder) if isinstance(said, dict) else str(said)


def _page(
    request: StaffRequest,
    found: Draft,
    place: tuple[str, str],
    data: Any,
    kept: File,
    given: Mapping[str, str],
    errors: Mapping[str, str],
    *,
    status: int = 200,
) -> HttpResponse:
    name, item = place
    part = parts.PARTS[name]
    adding = given.get("do") == "except"
    shown = part.inputs(data, item)
    context = {
        "draft": found,
        "room_address": "rules",
        "heading": part.heading,
        "title": next(one.title for one in part.items(data) if one.key == item),
        "file": part.file,
        "file_url": remarks.address(found, part.file, 1),
        "revision": kept.revision,
        "trouble": errors.get("all", ""),
        "fields": [_field(one, {} if adding else given, errors) for one in shown],
        "exceptions": deadlines.exceptions(data, item) if name == "deadlines" else None,
        "adding": [_field(one, given if adding else {}, errors) for one in deadlines.new_exception(deadlines.facts())]
        if name == "deadlines"
        else [],
        "opened": adding,
        "combined": name == "deadlines" and not any(one.id == "amount" for one in shown),
    }
    return render(request, "settings/rules/change.html", context, status=status)


def _field(one: Input, given: Mapping[str, str], errors: Mapping[str, str]) -> Field:
    value = given.get(one.id, "" if one.type == "tick" else one.value) if given else one.value
    return Field(
        one.id, one.label, value, errors.get(one.id, ""), help=one.help, type=one.type, required=one.required,
        mode=one.mode, autocomplete="off", choices=one.options,
        options=tuple((value, label, "") for value, label in one.options),
    )  # fmt: skip
