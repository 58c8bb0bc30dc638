"""Sanctions in two hands: the marketplace gives notice and decides, the seller defends itself and appeals."""

import uuid
from collections.abc import Callable

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tratativa.accounts.models import Seller
from tratativa.cases.core.refusals import Invalid, NotAllowed
from tratativa.cases.reading import scorecards as counting
from tratativa.reputation import sanctions
from tratativa.reputation.models import Sanction
from tratativa.reputation.sanctions import Rule
from tratativa.web.frame.gates import StaffRequest, marketplace
from tratativa.web.frame.gates import seller as seller_only
from tratativa.web.score import scorecards
from tratativa.web.score import seller as seller_page
from tratativa.web.score import standing as standing_page
from tratativa.web.score.sanctions import Posted

DECISIONS = {
    "impose": sanctions.impose,
    "drop": sanctions.drop,
    "uphold": sanctions.uphold,
    "lift": sanctions.lift,
}
ANSWERS = {"defend": sanctions.defend, "appeal": sanctions.appeal}


@require_POST
@marketplace
def notify(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Gives the seller notice of a sanction the rulebook proposes."""
    found = get_object_or_404(Seller, marketplace_id=request.actor.marketplace_id, pk=key)
    said, proposal = request.POST.get("text", ""), request.POST.get("proposal", "")
    try:
        sanctions.notify(found, _rule(request, proposal), said, by=request.actor, at=request.at)
    except (Invalid, NotAllowed) as no:
        posted = Posted(f"proposal-{proposal[:3]}", said, str(no))
        return seller_page.page(request, found, sanction=posted, status=_status(no))
    notices.success(request, _("O lojista foi avisado e já pode se defender."))
    return redirect("seller", found.pk)


@require_POST
@marketplace
def decide(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Applies, drops, upholds or lifts a sanction, with the reason."""
    sanction = get_object_or_404(sanctions.visible(request.actor).select_related("seller"), pk=key)
    posted, status = _say(request, sanction, DECISIONS)
    if posted:
        return seller_page.page(request, sanction.seller, sanction=posted, status=status)
    notices.success(request, _("Decisão registrada. O lojista já pode lê-la."))
    return redirect("seller", sanction.seller_id)


@require_POST
@seller_only
def answer(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """The seller's defence, or its appeal."""
    sanction = get_object_or_404(sanctions.visible(request.actor), pk=key)
    posted, status = _say(request, sanction, ANSWERS)
    if posted:
        return standing_page.page(request, sanction=posted, status=status)
    notices.success(request, _("Enviado. O marketplace vai decidir."))
    return redirect("standing")


def _say(request: StaffRequest, sanction: Sanction, verbs: dict[str, Callable[..., None]]) -> tuple[Posted | None, int]:
    said, verb = request.POST.get("text", ""), verbs.get(request.POST.get("decision", ""))
    try:
        if verb is None:
            raise Invalid({"decision": _("Escolha o que fazer.")})
        verb(sanction, said, by=request.actor, at=request.at)
    except (Invalid, NotAllowed) as no:
        return Posted(str(sanction.pk), said, str(no)), _status(no)
    return None, 302


def _status(no: Exception) -> int:
    return 422 if isinstance(no, Invalid) else 409


def _rule(request: StaffRequest, proposal: str) -> Rule:
    """The consequence of this place in the rulebook's list, in words."""
    score = counting.score(request.actor.marketplace_id)
    rules = score.consequences if score else ()
    if score is None or not proposal.isascii() or not proposal.isdigit() or int(proposal[:3]) >= len(rules):
        raise Invalid({"proposal": _("Esta proposta não existe nas regras.")})
    chosen = rules[int(proposal[:3])]
    return Rule(chosen.propose, chosen.text, scorecards.condition(chosen, score))
