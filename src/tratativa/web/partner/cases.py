"""The partner's list: what waits for its answer first, then what else is open, then what closed."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tratativa.accounts import moments
from tratativa.accounts.actors import Actor
from tratativa.cases.core import facts, protocols, rulebook_versions, visibility
from tratativa.cases.models import Case
from tratativa.cases.queues import reporting_in
from tratativa.cases.reading import partner_list
from tratativa.cases.reading.inbox import Page
from tratativa.rulebook import verdict as verdicts
from tratativa.rulebook.terms.parties import Party
from tratativa.web.frame.gates import PartnerRequest, partner
from tratativa.web.lists import rows


@require_GET
@partner
def cases(request: PartnerRequest) -> HttpResponse:
    """The first of each kind; with `show`, one kind page by page. Who came by a link has one case and no list."""
    if request.actor.only_case:
        only = visibility.visible_cases(request.actor).get()
        return redirect("partner_case", protocol=protocols.show(only.protocol))
    show = request.GET.get("show", "")
    if show in partner_list.SHOWS:
        after, before = request.GET.get("after", ""), request.GET.get("before", "")
        pages = {show: partner_list.page(request.actor, show, at=request.at, after=after, before=before)}
    else:
        show, pages = "", partner_list.overview(request.actor, at=request.at)
    context = {
        "show": show,
        "sections": [_section(name, page, request, whole=bool(show)) for name, page in pages.items()],
        "anything": any(page.cases for page in pages.values()),
        "here": request.get_full_path(),
        "reports": bool(reporting_in.offered(request.actor)),
    }
    return render(request, "partner/cases.html", context)


def _section(name: str, page: Page, request: PartnerRequest, *, whole: bool) -> dict[str, Any]:
    labels = {
        "waiting": (_("Esperam a sua resposta"), _("Nada espera por você agora.")),
        "open": (_("Em andamento"), _("Nenhum outro chamado aberto.")),
        "closed": (_("Encerrados"), _("Nenhum chamado encerrado.")),
    }
    label, empty = labels[name]
    address = reverse("partner_cases")
    return {
        "label": label,
        "empty": empty,
        "rows": [_row(case, request.actor, request.at) for case in page.cases],
        "all_url": f"{address}?show={name}" if page.after and not whole else "",
        "after_url": f"{address}?show={name}&after={page.after}" if page.after and whole else "",
        "before_url": f"{address}?show={name}&before={page.before}" if page.before and whole else "",
    }


def _row(case: Case, actor: Actor, now: datetime) -> dict[str, Any]:
    status, tone = verdicts.status_label(rulebook_versions.of(case), facts.of_columns(case), actor.party)
    due, exact, urgency = rows.due_words(case, Party.PARTNER, now)
    return {
        "url": reverse("partner_case", args=[protocols.show(case.protocol)]),
        "shown": protocols.show(case.protocol),
        "subject": rulebook_versions.subject(case),
        "order": case.order_number,
        "status": status,
        "tone": tone,
        "due": due if case.waiting_on == Party.PARTNER else "",
        "due_exact": exact,
        "urgency": urgency,
        "last": moments.short(case.last_activity_at, now),
    }
