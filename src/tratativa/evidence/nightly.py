"""The nightly walk: a seventh of all cases, so that within a week each was read, and some of their files' bytes; what
was seen is a row."""

import logging
from datetime import datetime, timedelta

from django.db.models import QuerySet

from tratativa.accounts import clock
from tratativa.evidence import case_files, walking
from tratativa.evidence.limits import Limits, Share
from tratativa.evidence.models import Head, Walk

log = logging.getLogger(__name__)

SHARES = 7
BYTES = 2 * 1024**3  # of files a night, drawn by lot of its share
KEPT = timedelta(days=400)
AHEAD = timedelta(days=1)  # a worker's clock before the database's; a walk of a later moment is no walk
PATIENCE = timedelta(days=9)  # a week, and two nights that failed


def walk(*, at: datetime) -> Walk:
    """Walks the share that waited longest, and reads files of it."""
    share = _longest_unread()
    found = walking.walk(share=Share(share, SHARES))
    faults = [*found.faults, *case_files.altered(Limits(share=Share(share, SHARES)), most=BYTES)]
    row = Walk.objects.create(
        share=share, at=at, entries=found.entries, faults=len(faults), first=str(faults[0])[:300] if faults else "",
    )  # fmt: skip
    if faults:
        log.error("the ledger does not hold: %s chains, the first is %s", len(faults), row.first)
    Walk.objects.filter(at__lt=at - KEPT).delete()
    return row


def newest() -> dict[int, Walk]:
    """The newest walk of each share; what speaks of a moment that has not come, or of no share, is none."""
    come = Walk.objects.filter(share__lt=SHARES, at__lte=clock.asked() + AHEAD)
    return {walk.share: walk for walk in come.order_by("share", "-at").distinct("share")}


def wild() -> QuerySet[Walk]:
    """Walks of a moment that has not come: somebody wrote them who did not walk."""
    return Walk.objects.filter(at__gt=clock.asked() + AHEAD)


def unread(*, at: datetime) -> list[int]:
    """The shares no walk has read of late, where there was time for it."""
    begun = Head.objects.filter(at__lt=at - PATIENCE).exists()
    seen = newest()
    return [share for share in range(SHARES) if begun and (share not in seen or seen[share].at < at - PATIENCE)]


def _longest_unread() -> int:
    seen = newest()
    never = [share for share in range(SHARES) if share not in seen]
    return never[0] if never else min(seen, key=lambda share: seen[share].at)
