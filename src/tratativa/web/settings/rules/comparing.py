"""What a draft changes of the rules that apply, in sentences, part by part."""

import json
import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tratativa.cases.core import rulebook_versions
from tratativa.cases.models import Version
from tratativa.comparing import compare, differences
from tratativa.comparing.differences import Told
from tratativa.rulebook.folders import Ready
from tratativa.studio import drafts
from tratativa.studio.models import Draft
from tratativa.web.frame.gates import StaffRequest, administration
from tratativa.web.settings.rules.finding import find


@require_GET
@administration
def comparison(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """The page of it; the draft's page takes only the list."""
    found = find(request, key)
    page = "comparison" if request.htmx else "compare"  # type: ignore[attr-defined]  # django-htmx sets it
    return render(
        request,
        f"settings/rules/{page}.html",
        {"draft": found, "room_address": "rules"} | told(found, drafts.look(found)[0]),
    )


def told(draft: Draft, read: Ready | None) -> dict[str, list[Told] | bool]:
    """What differs, under its headings; `unread` where something is wrong with the draft and it was not `read`,
    `first` where no rules apply that it could be compared with."""
    if read is None:
        return {"parts": [], "unread": True, "first": False}
    try:
        version = rulebook_versions.current(draft.marketplace_id)
    except rulebook_versions.NoRulebook:
        return {"parts": [], "unread": False, "first": True}
    old = json.loads(Version.objects.values_list("source", flat=True).get(pk=version.pk))
    return {"parts": differences.by_part(compare.compared(old, read.loaded.data)), "unread": False, "first": False}
