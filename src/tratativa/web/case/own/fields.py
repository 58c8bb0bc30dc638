"""The card of a case's own fields: each shown where it stands, and filled in there by whoever's it is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tratativa.accounts import text
from tratativa.accounts.actors import Actor
from tratativa.cases.acting.fields import filling
from tratativa.cases.core import protocols, rulebook_versions
from tratativa.cases.core.filled import fields
from tratativa.cases.core.refusals import Invalid, NotAllowed, Outdated
from tratativa.cases.models import Case
from tratativa.cases.reading import case_fields
from tratativa.cases.reading.case_fields import Held
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.web.forms import inputs
from tratativa.web.forms.inputs import Filling
from tratativa.web.frame import scoped_get, typed
from tratativa.web.frame.gates import StaffRequest, staff
from tratativa.web.frame.home import asks_fragment

Row = dict[str, Any]


@dataclass(frozen=True)
class Tried:
    """What somebody typed into one field, and why it was not kept."""

    field: str
    typed: str
    why: str


def of(case: Case, actor: Actor, *, at: datetime, tried: Tried | None = None, touched: str = "") -> list[Row]:
    """The card's rows for this actor; at most one query. `touched` is the field that was just sent."""
    book = rulebook_versions.of(case)
    rows = [_row(one, case, book, at, tried) for one in case_fields.of(case, actor)]
    return [row | {"touched": row["key"] == _key(touched)} for row in rows]


@require_POST
@staff
def fill(request: StaffRequest, protocol: str, name: str) -> HttpResponse:
    """Keeps what was typed into one field."""
    case = scoped_get.case(request.actor, protocol)
    raw = request.POST.get(_key(name), "")[: text.MESSAGE_LIMIT + 1]
    seen = typed.number(request.POST.get("version", "")) or 0
    try:
        filling.fill(case, name, raw, seen=seen, by=request.actor, at=request.at)
    except Invalid as bad:
        return _answer(request, case, name, Tried(name, raw, " ".join(bad.errors.values())))
    except NotAllowed as no:
        return _answer(request, case, name, Tried(name, raw, str(no)))
    except Outdated:
        why = _("Outra pessoa mudou este campo: veja o que ele diz agora e guarde de novo.")
        return _answer(request, case, name, Tried(name, raw, why))
    return _answer(request, case, name, None)


def _answer(request: StaffRequest, case: Case, name: str, tried: Tried | None) -> HttpResponse:
    shown = protocols.show(case.protocol)
    if asks_fragment(request):
        own = of(case, request.actor, at=request.at, tried=tried, touched=name)
        # htmx puts in place what came with a 200 alone; the words beside the field say that it was not kept.
        return render(request, "desk/cards/own.html", {"view": {"shown": shown, "own": own}})
    if tried:
        notices.error(request, _("Campo não guardado. %(why)s") % {"why": tried.why})
    return redirect(reverse("case", args=[shown]) + "#own")


def _key(field: str) -> str:
    """What a field is called on the page: no action's form beside it, and nothing of the form itself, is called so."""
    return f"own-{field}"


def _row(held: Held, case: Case, book: Rulebook, at: datetime, tried: Tried | None) -> Row:
    form = held.field.form
    mine = tried if tried and tried.field == held.field.id else None
    value = mine.typed if mine else _typed(held, book)
    filled = Filling({form.id: value}, errors={form.id: mine.why} if mine else {})
    drawn = inputs.draw(form, filled, book, at=at)
    blank = [("", _("em branco"), "")] if form.type == "choice" else []
    return {
        "key": _key(form.id),
        "label": held.field.label,
        "shown": fields.show(form, held.value, book),
        "mine": held.mine,
        "open": mine is not None,
        "why": mine.why if mine else "",
        "version": held.version,
        "field": drawn | {"id": _key(form.id), "required": True, "options": [*blank, *drawn["options"]]},
        "url": reverse("fill_field", args=[protocols.show(case.protocol), form.id]),
    }


def _typed(held: Held, book: Rulebook) -> Any:
    """The value as somebody would type it."""
    if held.value is None:
        return ""
    return book.money.cell(held.value) if held.field.type == "money" else held.value
