"""Etiquetas: the team's tags, on how many cases each is, called otherwise, taken off or forgotten."""

import uuid

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from tratativa.accounts.rights import Right
from tratativa.batches import asking
from tratativa.batches.models import What
from tratativa.batches.wanted import Wanted
from tratativa.cases.acting.tags import team_tags
from tratativa.cases.core import visibility
from tratativa.cases.core.refusals import Invalid, NotAllowed
from tratativa.cases.reading import tags as reading
from tratativa.web.frame.gates import StaffRequest, staff
from tratativa.web.settings.own_team import doer, team


@require_GET
@staff
def tags(request: StaffRequest) -> HttpResponse:
    """Every tag of the team, by word."""
    return _page(request)


@require_POST
@staff
def tag(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Calls a tag otherwise (`do=rename`), takes it off every case (`clear`), or forgets it (`delete`)."""
    wanted = request.POST.get("do", "")
    try:
        if wanted == "rename":
            word = request.POST.get("word", "")[:200]
            named = team_tags.rename(team(request), key, word, actor=request.actor, by=doer(request))
            notices.success(request, _("A etiqueta chama-se «%(word)s».") % {"word": named.word})
        elif wanted == "delete":
            word = team_tags.delete(team(request), key, actor=request.actor, by=doer(request))
            notices.success(request, _("«%(word)s» foi apagada.") % {"word": word})
        elif wanted == "clear":
            return _clear(request, key)
    except Invalid as bad:
        return _page(request, trouble=str(bad), status=422)
    except NotAllowed as no:
        return _page(request, trouble=str(no), status=409)
    return redirect("tags")


def _clear(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Each case is changed through the door, by a batch."""
    tagged = visibility.visible_cases(request.actor).filter(
        taggings__tag=key, taggings__tag__in=reading.of(request.actor)
    )
    chosen = list(tagged.order_by("-opened_at").values_list("pk", "row_version")[: asking.MOST])
    batch = asking.ask(request.actor, Wanted(What.UNTAG, tags=[str(key)]), chosen, at=request.at)
    if batch.total <= asking.AT_ONCE:
        asking.perform(batch.pk)
    return redirect("batch", batch.pk)


def _page(request: StaffRequest, *, trouble: str = "", status: int = 200) -> HttpResponse:
    rows = [
        {
            "tag": one,
            "uses": uses,
            "url": reverse("cases", query={"tab": "all", "tag": one.word}),
            "change": _("Mudar %(word)s") % {"word": one.word},
        }
        for one, uses in reading.listed(request.actor)
    ]
    context = {"rows": rows, "trouble": trouble, "changes": request.actor.may(Right.TAGS), "room_address": "tags"}
    return render(request, "settings/tags.html", context, status=status)
