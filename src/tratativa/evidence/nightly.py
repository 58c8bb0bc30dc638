"""The nightly walk: a seventh of all cases, so that within a week each was read, and some of their files' bytes; what
was seen is a row."""

import logging
from datetime import datetime, timedelta

from tratativa.evidence import case_files, walking
from tratativa.evidence.limits import Limits, Share
from tratativa.evidence.models import Walk

log = logging.getLogger(__name__)

SHARES = 7
BYTES = 2 * 1024**3  # of files a night, drawn by lot of its share
KEPT = timedelta(days=400)


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
    """The newest walk of each share."""
    return {walk.share: walk for walk in Walk.objects.order_by("share", "-at").distinct("share")}


def _longest_unread() -> int:
    seen = newest()
    unread = [share for share in range(SHARES) if share not in seen]
    return unread[0] if unread else min(seen, key=lambda share: seen[share].at)
