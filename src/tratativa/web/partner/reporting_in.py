"""A partner tells the team of what it suspects, about an order or a registration."""

from dataclasses import dataclass

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tratativa.accounts import text
from tratativa.cases.core import protocols, rulebook_versions
from tratativa.cases.core.refusals import Invalid, NotAllowed
from tratativa.cases.queues import reporting_in
from tratativa.web.forms import uploads
from tratativa.web.frame import bodies, typed
from tratativa.web.frame.gates import PartnerRequest, partner
from tratativa.web.frame.typed import Writing


@dataclass
class About:
    """What the report is about, as it was typed."""

    number: str = ""
    document: str = ""


@bodies.takes_files
@require_http_methods(["GET", "POST"])
@partner
def report(request: PartnerRequest) -> HttpResponse:
    """The form, and the report."""
    if not reporting_in.offered(request.actor):
        raise Http404
    if request.method != "POST":
        return _form(request, About(), Writing())
    about = About(text.line(request.POST.get("order", ""))[:40], text.line(request.POST.get("document", ""))[:40])
    writing = typed.read(request.POST, asks=False)
    if "remove" in request.POST:
        uploads.discard(request, request.POST["remove"])
    kept = uploads.keep(request, rulebook_versions.in_force(request.actor.marketplace_id))
    writing.files, writing.errors = kept.files, kept.error
    if writing.errors or "remove" in request.POST:
        return _form(request, about, writing, status=422 if writing.errors else 200)
    try:
        child = reporting_in.report(
            writing.reason, writing.text, by=request.actor, at=request.at, number=about.number,
            document=about.document, files=writing.files, once=writing.once,
        )  # fmt: skip
    except Invalid as bad:
        writing.errors = bad.errors
        return _form(request, about, writing, status=422)
    except NotAllowed as no:
        writing.errors = {"": str(no)}
        return _form(request, about, writing, status=409)
    notices.success(request, _("Recebemos o que você contou. A resposta chega neste chamado."))
    return redirect("partner_case", protocol=protocols.show(child.protocol))


def _form(request: PartnerRequest, about: About, writing: Writing, *, status: int = 200) -> HttpResponse:
    offered = reporting_in.offered(request.actor)
    if len(offered) == 1:
        writing.reason = writing.reason or offered[0].id
    context = {
        "reasons": offered,
        "about": about,
        "form": writing,
        "limit": rulebook_versions.in_force(request.actor.marketplace_id).attachments.max_size,
    }
    return render(request, "partner/report_in.html", context, status=status)
