"""Doing an action of the rulebook: its form is drawn from its fields, its refusals are shown in place."""

from typing import Any

from django.contrib import messages as notices
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tratativa.accounts import teams
from tratativa.accounts.rights import Right
from tratativa.cases.acting import actions
from tratativa.cases.core import order_lines, protocols, rulebook_versions
from tratativa.cases.core.refusals import Invalid, NotAllowed, Outdated
from tratativa.cases.models import Case
from tratativa.cases.queues import passing_on
from tratativa.cases.queues.passing_on import Owed
from tratativa.rulebook.language.actions import Action
from tratativa.rulebook.language.arguments import Assign, EscalateTo, HandOver
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.forms import FormField
from tratativa.rulebook.terms.ids import slug
from tratativa.web.case import drawing, handover_summary, ruling
from tratativa.web.desk import offering
from tratativa.web.desk.answers import prefilling
from tratativa.web.forms import beginning, inputs
from tratativa.web.forms.inputs import Filling
from tratativa.web.frame import bodies, scoped_get, typed
from tratativa.web.frame.gates import StaffRequest, staff
from tratativa.web.frame.home import asks_fragment, go
from tratativa.web.timeline import what_changed


@bodies.takes_files
@require_http_methods(["GET", "POST"])
@staff
def action(request: StaffRequest, protocol: str, name: str) -> HttpResponse:
    """The action's form, and the action."""
    case = scoped_get.case(request.actor, protocol)
    chosen = rulebook_versions.of(case).action(name[:120])
    if chosen is None or request.actor.party not in chosen.by:
        raise Http404
    if chosen.place == "ruling" and not request.actor.may(Right.MEDIATE):
        raise PermissionDenied
    if request.method != "POST":
        return _form(request, case, chosen, _begun(request, case, chosen))
    filling = inputs.read(request, chosen.fields, rulebook_versions.of(case))
    filling.errors |= prefilling.blanks_of(filling.values)
    if filling.errors:
        return _form(request, case, chosen, filling, status=422)
    return _perform(request, case, chosen, filling)


def _perform(request: StaffRequest, case: Case, chosen: Action, filling: Filling) -> HttpResponse:
    seen = typed.number(request.POST.get("seen", ""))
    try:
        if seen is None and actions.settles(chosen):
            raise NotAllowed(_("O formulário não disse o que esta página mostrava. Confira e envie de novo."))
        if _unpassed(request, case, chosen):
            passing_on.keep(case, request.POST.get("why", ""), by=request.actor, at=request.at)
        done = actions.perform(
            case, chosen.id, by=request.actor, at=request.at, fields=filling.values,
            checked=filling.checked, warned=request.POST.get("warned") in typed.TRUE,
            seen=seen,
        )  # fmt: skip
    except Invalid as bad:
        filling.errors = bad.errors
        return _form(request, case, chosen, filling, status=422)
    except NotAllowed as no:
        filling.errors = {"": str(no)}
        return _form(request, scoped_get.case(request.actor, case.protocol), chosen, filling, status=409)
    except Outdated:
        now = scoped_get.case(request.actor, case.protocol)
        changed = what_changed.told(now, request.actor, at=request.at)
        filling.errors = {"": _("%(changed)s Confira e envie de novo.") % {"changed": changed}}
        return _form(request, now, chosen, filling, status=409)
    held = chosen.id in done.held
    said = _("«%(action)s» espera para acontecer: veja acima da conversa.") if held else _("Feito: %(action)s.")
    notices.success(request, said % {"action": chosen.label})
    if request.POST.get("then") == "next" and chosen.place == "ruling":
        return go(request, ruling.next_address(done, request.actor))
    return go(request, reverse("case", args=[protocols.show(done.protocol)]))


def _form(request: StaffRequest, case: Case, chosen: Action, filling: Filling, *, status: int = 200) -> HttpResponse:
    view = drawing.view(case, request.actor, at=request.at)
    context = {
        "view": view,
        "form": filling,
        "fields": [_field(request, case, chosen, one, filling) for one in order_lines.offered(case, chosen.fields)],
        "action": {
            "label": chosen.label,
            "help": chosen.help,
            "links": chosen.links,
            "confirm": chosen.confirm,
            "check_first": [(statement, statement in filling.checked) for statement in chosen.check_first],
            "url": reverse("action", args=[view.shown, chosen.id]),
            # Where words for the own team alone are written, colleagues can be named.
            "mentions": reverse("colleagues", args=[view.shown]) if _is_of_the_team(chosen) else "",
        },
        "owed": rulebook_versions.of(case).queue_label(owed.queue)
        if (owed := _unpassed(request, case, chosen))
        else "",
        "fragment": asks_fragment(request),
        **(ruling.context(view, case, chosen, request.actor) if chosen.place == "ruling" else {}),
    }
    page = "desk/ruling.html" if chosen.place == "ruling" else "desk/action.html"
    return render(request, page, context, status=status)


def _is_of_the_team(chosen: Action) -> bool:
    return any(effect.name in {"note", "hand_over"} for effect in chosen.do)


def _unpassed(request: StaffRequest, case: Case, chosen: Action) -> Owed | None:
    """The queue's answer the customer has not heard, where this action would finish the case."""
    return passing_on.owed(case, request.actor) if chosen.place == "close" else None


def _begun(request: StaffRequest, case: Case, chosen: Action) -> Filling:
    return beginning.of(request, case, chosen.fields, _suggested(request, case, chosen))


def _suggested(request: StaffRequest, case: Case, chosen: Action) -> dict[str, Any]:
    """What the form begins with: for a hand-over, the summary that can be told from the case; from a saved reply, its
    words."""
    given = handing_over(chosen)
    if given:
        return {slug(given.summary): handover_summary.suggest(case, request.actor, at=request.at)}
    return prefilling.of_reply(request, case, chosen)


def _field(request: StaffRequest, case: Case, chosen: Action, one: FormField, filling: Filling) -> dict[str, Any]:
    book = rulebook_versions.of(case)
    choices: list[tuple[str, str]] = []
    if one.type == "person":
        given = handing_over(chosen)
        if given and one.id == slug(given.field):
            choices = [("", _("Escolha um colega")), *_colleagues(request)]
        else:
            # An agent takes a case; handing it to somebody else without a summary is an administrator's.
            others = _colleagues(request) if request.actor.may(Right.ASSIGN) or _anyone_assigns(chosen) else []
            choices = [(str(request.actor.person), request.actor.name), *others]
            responsible = case.assignee_for(request.actor.party)
            filling.values.setdefault(one.id, str(responsible.pk if responsible else request.actor.person_id))
    if one.type == "order":
        choices = offering.orders(case.customer, request.actor, book.money)
    if one.type == "seller":
        choices = offering.sellers(request.actor, book.land.documents)
    notes = _notes(book, chosen, one)
    return inputs.draw(one, filling, book, at=request.at, choices=choices, notes=notes)


def _notes(book: Rulebook, chosen: Action, one: FormField) -> dict[str, str]:
    """What the rulebook says of each queue, where this field chooses the one a case is escalated to."""
    asks = any(isinstance(done.argument, EscalateTo) and slug(done.argument.field) == one.id for done in chosen.do)
    return {queue.id: queue.note for queue in book.queues if queue.note} if asks else {}


def handing_over(chosen: Action) -> HandOver | None:
    """What the action hands a case over by, if it does."""
    return next((one.argument for one in chosen.do if isinstance(one.argument, HandOver)), None)


def _anyone_assigns(chosen: Action) -> bool:
    return any(isinstance(done.argument, Assign) and done.argument.anyone for done in chosen.do)


def _colleagues(request: StaffRequest) -> list[tuple[str, str]]:
    return [(str(one.id), one.name) for one in teams.others(request.actor)]
