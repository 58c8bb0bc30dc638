"""Ajuda: the rulebook as articles people read, searched by words, each asked whether it helped."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tratativa.accounts import opinions, text
from tratativa.accounts.rights import Right
from tratativa.cases.core import protocols, rulebook_versions
from tratativa.cases.models import Case
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.web.frame import scoped_get
from tratativa.web.frame.gates import StaffRequest, staff
from tratativa.web.help import help_articles


@require_GET
@staff
def articles(request: StaffRequest) -> HttpResponse:
    """All articles by kind, or those with the words that were typed."""
    query = text.line(request.GET.get("q", ""))[:80]
    found = help_articles.search(
        help_articles.articles(rulebook_versions.in_force(request.actor.marketplace_id), request.actor.party), query
    )
    headings = {"reason": _("Motivos"), "action": _("Ações"), "deadline": _("Prazos")}
    groups = [
        (heading, [(one, reverse("article", args=[one.kind, one.id])) for one in found if one.kind == kind])
        for kind, heading in headings.items()
    ]
    context = {"groups": [group for group in groups if group[1]], "query": query}
    return render(request, "desk/articles.html", context)


@require_GET
@staff
def article(request: StaffRequest, kind: str, name: str) -> HttpResponse:
    """One article."""
    case = _case(request)
    found = _find(request, kind, name, rulebook_versions.of(case) if case else None)
    shown = protocols.show(case.protocol) if case else ""
    context = {
        "article": found,
        "shown": shown,
        "quote_url": reverse("quote", args=[shown]) if case and request.actor.may(Right.ANSWER) else "",
        "adopted_at": rulebook_versions.adoption(request.actor.marketplace_id, at=request.at).from_at,
        "useful": opinions.of(request.actor, f"{kind}/{name}"),
    }
    return render(request, "desk/article.html", context)


@require_POST
@staff
def opinion(request: StaffRequest, kind: str, name: str) -> HttpResponse:
    """«Isto foi útil?»: yes or no, changed as often as one likes."""
    found = _find(request, kind, name)
    opinions.give(request.actor, f"{found.kind}/{found.id}", useful=request.POST.get("useful") == "yes", at=request.at)
    return redirect("article", kind=found.kind, name=found.id)


def _case(request: StaffRequest) -> Case | None:
    """The case somebody came from, whose rules the article tells then."""
    return scoped_get.case(request.actor, request.GET["case"]) if request.GET.get("case") else None


def _find(request: StaffRequest, kind: str, name: str, book: Rulebook | None = None) -> help_articles.Article:
    book = book or rulebook_versions.in_force(request.actor.marketplace_id)
    known = help_articles.articles(book, request.actor.party)
    found = next((one for one in known if (one.kind, one.id) == (kind, name)), None)
    if found is None:
        raise Http404
    return found
