"""The rules as articles, as any version says them or as they applied on any day."""

import uuid
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from tratativa.accounts import text
from tratativa.cases.core import rulebook_versions
from tratativa.cases.models import Adoption
from tratativa.rulebook.terms.parties import Party
from tratativa.studio import publications
from tratativa.studio.publications import Publication
from tratativa.web.forms.plain_fields import day_of
from tratativa.web.frame.gates import StaffRequest, administration
from tratativa.web.help import help_articles
from tratativa.web.settings.rules import signing


@require_GET
@administration
def on_day(request: StaffRequest) -> HttpResponse:
    """Leads to the version that applied at the end of a day, or applies now where the day is today."""
    day = day_of(request.GET.get("day", ""))
    if day is None:
        notices.error(request, _("Escolha um dia."))
        return redirect("rules")
    found = _applied(request, day)
    if found is None:
        notices.error(request, _("Nesse dia ainda não havia regras."))
        return redirect("rules")
    return redirect(reverse("rules_version", args=[found.pk], query={"day": day.isoformat()}))


@require_GET
@administration
def version(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Its articles, all or those with the words that were typed."""
    found = _find(request, key)
    book = rulebook_versions.of_version(found.adoption.version_id)
    query = text.line(request.GET.get("q", ""))[:80]
    known = help_articles.search(help_articles.articles(book, Party.MARKETPLACE), query)
    headings = {"reason": _("Motivos"), "action": _("Ações"), "deadline": _("Prazos")}
    groups = [
        (heading, [(one, reverse("rules_article", args=[key, one.kind, one.id])) for one in known if one.kind == kind])
        for kind, heading in headings.items()
    ]
    context = {
        "found": found,
        "signed": signing.row(found),
        "title": book.title,
        "query": query,
        "groups": [group for group in groups if group[1]],
        **_day(request, found),
        "room_address": "rules",
    }
    return render(request, "settings/rules/version.html", context)


@require_GET
@administration
def article(request: StaffRequest, key: uuid.UUID, kind: str, name: str) -> HttpResponse:
    """One article, as this version says it."""
    found = _find(request, key)
    book = rulebook_versions.of_version(found.adoption.version_id)
    known = help_articles.articles(book, Party.MARKETPLACE)
    shown = next((one for one in known if (one.kind, one.id) == (kind, name)), None)
    if shown is None:
        raise Http404
    related = [(one.title, reverse("rules_article", args=[key, one.kind, one.id])) for one in shown.related]
    context = {"article": shown, "found": found, "related": related, "room_address": "rules"}
    return render(request, "settings/rules/article.html", context)


def _day(request: StaffRequest, found: Publication) -> dict[str, Any]:
    """The day the rules were asked for, and whether it is `past`, `today` or `ahead`; none that others applied on."""
    day = day_of(request.GET.get("day", ""))
    try:
        applied = _applied(request, day) if day else None
    except OverflowError:
        applied = None
    if day is None or applied is None or applied.pk != found.adoption.pk:
        return {}
    today = timezone.localdate(request.at)
    return {"day": day, "lies": "today" if day == today else "past" if day < today else "ahead"}


def _applied(request: StaffRequest, day: date) -> Adoption | None:
    """What applied at the end of a day, or applies now where the day is today. Raises OverflowError."""
    ends = timezone.make_aware(datetime.combine(day + timedelta(days=1), time())) - timedelta(microseconds=1)
    at = request.at if timezone.localdate(request.at) == day else ends
    return rulebook_versions.applied_at(request.marketplace.pk, at)


def _find(request: StaffRequest, key: uuid.UUID) -> Publication:
    known = publications.history(request.marketplace, at=request.at)
    found = next((one for one in known if one.adoption.pk == key), None)
    if found is None:
        raise Http404
    return found
