"""Going back from a publication, and whether two administrators publish together."""

import uuid

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tratativa.accounts import moments
from tratativa.accounts.people.refusals import Refused
from tratativa.studio import demanding, publications, publishing
from tratativa.web.frame.gates import StaffRequest, administration
from tratativa.web.settings.own_team import doer
from tratativa.web.settings.rules import signing


@require_http_methods(["GET", "POST"])
@administration
def withdraw(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Asks, and then publishes the former version anew."""
    history = publications.history(request.marketplace, at=request.at)
    found = next((one for one in history if one.adoption.pk == key), None)
    if found is None:
        raise Http404
    former = publications.before(history, found.adoption)
    if request.method == "GET":
        context = {
            "gone": signing.row(found), "former": signing.row(former) if former else None, "room_address": "rules",
        }  # fmt: skip
        return render(request, "settings/rules/withdraw.html", context)
    try:
        done = publishing.withdraw(request.marketplace, found.adoption, by=doer(request), at=request.at)
    except Refused as no:
        notices.error(request, str(no))
        return redirect("rules")
    gaps = {"title": done.title, "when": moments.long(done.from_at)}
    notices.success(request, _("%(title)s vale a partir de %(when)s. Nenhum atendimento aberto muda.") % gaps)
    return redirect("rules")


@require_POST
@administration
def two(request: StaffRequest) -> HttpResponse:
    """Demands two people, asks to end that, or keeps it."""
    place, by, wanted = request.marketplace, doer(request), request.POST.get("do", "")
    try:
        if wanted == "demand":
            demanding.demand(place, by=by, at=request.at)
            notices.success(request, _("A partir de agora, duas pessoas publicam as regras."))
        elif wanted == "keep":
            demanding.keep(place, by=by)
            notices.success(request, _("Continuam sendo duas pessoas."))
        elif wanted == "end" and demanding.end(place, by=by, at=request.at):
            notices.success(request, _("Uma pessoa só publica as regras de novo."))
        elif wanted == "end":
            notices.success(request, _("Pedido feito: outra pessoa que administra o marketplace precisa confirmar."))
    except Refused as no:
        notices.error(request, str(no))
    return redirect("rules")
