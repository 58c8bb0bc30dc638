"""Quoting: a piece of a help article put after what stands in a case's draft, filled from the case; nothing is sent."""

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tratativa.cases.core import protocols, rulebook_versions
from tratativa.cases.messages import blanks, drafts, wording
from tratativa.web.frame import scoped_get, typed
from tratativa.web.frame.gates import StaffRequest, staff
from tratativa.web.help import help_articles
from tratativa.web.help.help_articles import Article

LEAD = "lead"


@require_POST
@staff
def quote(request: StaffRequest, protocol: str) -> HttpResponse:
    """Puts the article's lead, or the section of this number, into the composer of the case."""
    case = scoped_get.case(request.actor, protocol)
    known = help_articles.articles(rulebook_versions.of(case), request.actor.party)
    wanted = (request.POST.get("kind", ""), request.POST.get("name", ""))
    found = next((one for one in known if (one.kind, one.id) == wanted), None)
    words = _piece(found, request.POST.get("section", "")) if found else ""
    if not words:
        raise Http404
    filled = wording.of_case(case, words)
    drafts.add(case, by=request.actor, at=request.at, words=filled)
    notices.success(request, _("No campo da resposta, depois do que você já tinha escrito. Nada foi enviado."))
    if missing := blanks.left(filled):
        notices.warning(request, _("Preencha antes de enviar: %(missing)s.") % {"missing": ", ".join(missing)})
    return redirect(reverse("case", args=[protocols.show(case.protocol)]) + "#composer")


def _piece(article: Article, section: str) -> str:
    """What is quoted: paragraphs on a line each, a list's lines with a dash; empty where there is no such piece."""
    if section == LEAD:
        return article.summary
    number = typed.number(section)
    if number is None or number >= len(article.sections):
        return ""
    chosen = article.sections[number]
    return "\n".join(f"- {line}" if chosen.listed else line for line in chosen.paragraphs)
