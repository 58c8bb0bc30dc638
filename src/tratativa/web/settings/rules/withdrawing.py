"""Going back from a publication, and whether two administrators publish together."""

import uuid

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tratativa.accounts import moments
from tratativa.accounts.people.refusals import Refused
from tratativa.founding.rules import Published
from tratativa.studio import demanding, publications, publishing
from tratativa.studio.publications import Publication
from tratativa.web.frame.gates import StaffRequest, administration
from tratativa.web.settings.own_team import doer
from tratativa.web.settings.rules import signing


@require_http_methods(["GET", "POST"])
@administration
def withdraw(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Asks, and then publishes the former version anew; where two publish, begins a draft of it to be proposed."""
    history = publications.history(request.marketplace, at=request.at)
    found = next((one for one in history if one.adoption.pk == key), None)
    if found is None:
        raise Http404
    if request.method == "GET":
        return _page(request, history, found)
    seen = request.POST.get("applies", "")[:40]
    try:
        if demanding.of(request.marketplace):
            draft = publishing.draft_of_former(request.marketplace, found.adoption, by=doer(request), at=request.at)
            return redirect("publish_draft", draft.pk)
        done = publishing.withdraw(request.marketplace, found.adoption, applies=seen, by=doer(request), at=request.at)
    except Refused as no:
        return _page(request, history, found, trouble=str(no), status=409)
    notices.success(request, _said(found, done))
    return redirect("rules")


def _said(gone: Publication, done: Published) -> str:
    gaps = {"number": gone.number, "title": done.title, "when": moments.long(done.from_at)}
    if gone.state == "waits":
        return _("A publicação %(number)d foi retirada e não chega a valer. Nenhum atendimento aberto muda.") % gaps
    return _("%(title)s vale a partir de %(when)s. Nenhum atendimento aberto muda.") % gaps


def _page(
    request: StaffRequest, history: list[Publication], found: Publication, *, trouble: str = "", status: int = 200
) -> HttpResponse:
    former = publications.before(history, found.adoption)
    waits = found.state == "waits"
    context = {
        "heading": (
            _("Retirar a publicação %(number)d") % {"number": found.number}
            if waits
            else _("Voltar às regras anteriores")
        ),
        "gone": signing.row(found),
        "former": signing.row(former) if former else None,
        "by_two": demanding.of(request.marketplace) is not None,
        "applies": publishing.newest(request.marketplace),
        "trouble": trouble,
        "room_address": "rules",
    }
    return render(request, "settings/rules/withdraw.html", context, status=status)


@require_POST
@administration
def two(request: StaffRequest) -> HttpResponse:
    """Demands two people, asks to end that, or keeps it."""
    place, by, wanted = request.marketplace, doer(request), request.POST.get("do", "")
    seen = request.POST.get("seen", "")[:90]
    try:
        if wanted == "demand":
            demanding.demand(place, seen=seen, by=by, at=request.at)
            notices.success(request, _("A partir de agora, duas pessoas publicam as regras."))
        elif wanted == "keep":
            demanding.keep(place, seen=seen, by=by)
            notices.success(request, _("Continuam sendo duas pessoas."))
        elif wanted == "end" and demanding.end(place, seen=seen, by=by, at=request.at):
            notices.success(request, _("Uma pessoa só publica as regras de novo."))
        elif wanted == "end":
            notices.success(request, _("Pedido feito: outra pessoa que administra o marketplace precisa confirmar."))
    except Refused as no:
        notices.error(request, str(no))
    return redirect("rules")
