"""Heads: a minute behind the door, what each case's chain has come to is chained once more, for its marketplace.

Never in the door: two cases would wait for each other. What is hidden between two heads is found by nobody, and
docs/security.md says for how long that is.
"""

import hashlib
import json
import uuid
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime

from django.db import connection, transaction

from tratativa.cases.models import Case
from tratativa.evidence.models import Head, Unchained

BATCH = 20_000  # entries looked at in one transaction


def chain(*, at: datetime) -> int:
    """Chains the heads of every case that has grown; returns how many heads that made."""
    made = 0
    while True:
        taken, heads = _chain_batch(at)
        made += heads
        if taken < BATCH:
            return made


def seal(head: Head) -> str:
    """sha256 over the hash before it and everything the head says."""
    said = [
        head.previous, str(head.marketplace_id), head.number, str(head.case_id), head.entries, head.case_hash,
        head.at.astimezone(UTC).isoformat(),
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(said, separators=(",", ":")).encode()).hexdigest()


@transaction.atomic
def _chain_batch(at: datetime) -> tuple[int, int]:
    # Taken before the cases are read: an entry committed meanwhile leaves a row of its own behind.
    oldest = Unchained.objects.order_by("id").values_list("id", flat=True).select_for_update(skip_locked=True)
    ids = list(oldest[:BATCH])
    cases = set(Unchained.objects.filter(id__in=ids).values_list("case_id", flat=True))
    Unchained.objects.filter(id__in=ids).delete()
    grown: dict[uuid.UUID, list[Case]] = defaultdict(list)
    rows = Case.objects.filter(pk__in=cases).only("id", "marketplace_id", "entries_count", "last_hash")
    for case in rows.order_by("id"):
        grown[case.marketplace_id].append(case)
    return len(ids), sum(_append(key, grown[key], at) for key in sorted(grown))


def _append(marketplace_id: uuid.UUID, cases: Iterable[Case], at: datetime) -> int:
    """Appends the heads of one marketplace's cases; whoever else does so waits."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 1))", [f"heads:{marketplace_id}"])
    last = Head.objects.filter(marketplace_id=marketplace_id).order_by("-number").first()
    before, previous = (last.number, last.hash) if last else (0, "")
    heads = []
    for number, case in enumerate(cases, before + 1):
        head = Head(
            marketplace_id=marketplace_id, number=number, case_id=case.pk, entries=case.entries_count,
            case_hash=case.last_hash, at=at, previous=previous,
        )  # fmt: skip
        head.hash = previous = seal(head)
        heads.append(head)
    Head.objects.bulk_create(heads, batch_size=2_000)
    return len(heads)
