"""Telling a person's browsers of a notice: each once, while they may know of it, and not in their quiet hours."""

import uuid
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F
from django.db.models.functions import Least
from django.urls import reverse
from django.utils import timezone

from tratativa.cases.core import rulebook_versions, work
from tratativa.notices import choosing, leaving, standing, wording
from tratativa.notices.models import Kind, Notice, Pushed, Subscription
from tratativa.notices.push import sending, subscriptions

PATIENCE = 3  # refusals in a row by a browser's server, after which it is left alone…
REST = timedelta(hours=1)  # …for so long: one that never answers costs a hand `sending.LONGEST` each time
WORTH = timedelta(hours=12)  # how old a notice is pushed at most


def spread(notice_id: uuid.UUID, *, at: datetime) -> None:
    """Asks for a push to each of the person's browsers, if it is still to be told; where it is quiet, for later."""
    notice = Notice.objects.select_related("case").get(pk=notice_id)
    if not _wanted(notice):
        return
    if (later := leaving.moment(notice, at)) > at:
        work.ask("notices.push", at=later, lock=f"notice:{notice.pk}", notice_id=notice.pk)
        return
    for one in subscriptions.of(notice.person_id, at=at):
        work.ask("notices.push_one", lock=f"push:{one.pk}", notice_id=notice.pk, subscription_id=one.pk)


def push(notice_id: uuid.UUID, subscription_id: uuid.UUID, *, at: datetime) -> None:
    """Pushes it to one browser, once. Raises sending.Later.

    Asked again at this moment: whether its session goes on, and whether its person may still know of the case.
    """
    notice = Notice.objects.select_related("case__marketplace", "entry", "batch").get(pk=notice_id)
    alive = [one for one in subscriptions.of(notice.person_id, at=at) if one.pk == subscription_id]
    if not alive or not _wanted(notice) or Pushed.objects.filter(notice=notice, subscription=subscription_id).exists():
        return
    if alive[0].failures >= PATIENCE and alive[0].failed_at and at - alive[0].failed_at < REST:
        if at - notice.at < WORTH:
            again = alive[0].failed_at + REST
            work.ask("notices.push_one", at=again, notice_id=notice.pk, subscription_id=subscription_id)
        return
    mine = Subscription.objects.filter(pk=subscription_id)
    try:
        trouble = sending.send(notice, alive[0], said(notice), at=at)
    except sending.Later:
        mine.update(**_failed(at))
        raise
    if trouble:  # whatever it answered it took a hand's time, and one that drips takes all of `sending.LONGEST`
        mine.update(trouble=trouble[:200], **_failed(at))
    elif mine.update(trouble="", failures=0, failed_at=None):
        Pushed.objects.get_or_create(
            notice=notice, subscription=alive[0], defaults={"person_id": notice.person_id, "at": at}
        )


def _failed(at: datetime) -> dict[str, Any]:
    return {"failures": Least(F("failures") + 1, PATIENCE), "failed_at": at}


def said(notice: Notice) -> dict[str, object]:
    """What the browser shows: whose desk, what happened and the protocol, and no words of anybody's."""
    zone = rulebook_versions.in_force(notice.marketplace_id).clock.zone
    with rulebook_versions.letters_of(notice.marketplace_id), timezone.override(zone):
        told = wording.tell(notice)
    body = told.happening if notice.batch_id else f"{told.happening} · {told.protocol}"
    return {
        "title": notice.case.marketplace.name, "body": body, "tag": str(notice.pk),
        "url": reverse("open_notice", args=[notice.pk]),
    }  # fmt: skip


def _wanted(notice: Notice) -> bool:
    chosen = choosing.of_people(Kind(notice.kind), [notice.person_id])[notice.person_id]
    return chosen.push and standing.still(notice) is not None
