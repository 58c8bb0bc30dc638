"""Walking: every case's chain, every marketplace's chain of heads, every anchor, read once and in order."""

import uuid
from dataclasses import dataclass

from django.db import connection, transaction

from tratativa.evidence import case_chains, head_chains, outside, signed, versions
from tratativa.evidence.case_chains import Tell
from tratativa.evidence.faults import Fault
from tratativa.evidence.limits import Limits, Share


@dataclass(frozen=True)
class Found:
    """What a walk read, and what did not fit; one fault a chain, its first."""

    entries: int
    heads: int
    anchors: int
    faults: tuple[Fault, ...]


def walk(
    *,
    marketplace_id: uuid.UUID | None = None,
    share: Share | None = None,
    kept: tuple[str, ...] = (),
    tell: Tell = lambda _read: None,
) -> Found:
    """Reads the ledger as of one moment: writing goes on meanwhile and is not waited for.

    `share` limits the cases to one part of all. `kept` are anchors somebody kept outside, each as it was sent; what the
    data's folder holds is compared without being asked for.
    """
    held = outside.read()
    alone = connection.in_atomic_block  # a transaction that has begun reads as it began
    with transaction.atomic():
        if not alone:
            with connection.cursor() as cursor:
                cursor.execute("set transaction isolation level repeatable read, read only")
        limits = Limits(marketplace_id, share)
        cases = case_chains.Reading(limits, tell)
        found = {one.chain: one for one in cases.faults()}
        heads = head_chains.Reading(limits)
        for one in heads.faults():
            found.setdefault(one.chain, one)
        anchors = signed.Reading(marketplace_id, tuple(dict.fromkeys((*kept, *held.anchors))))
        for one in (*anchors.faults(), *held.faults(marketplace_id), *versions.wrong(marketplace_id)):
            found.setdefault(one.chain, one)
    return Found(cases.read, heads.read, anchors.read, tuple(found.values()))
