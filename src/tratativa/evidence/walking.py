"""Walking: every case's chain, every marketplace's chain of heads, every anchor, read once and in order."""

import logging
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import DataError, connection, transaction
from django.utils.translation import gettext as _

from tratativa.evidence import case_chains, faults, head_chains, outside, shared_rows, signed, versions
from tratativa.evidence.case_chains import Tell
from tratativa.evidence.faults import Fault
from tratativa.evidence.limits import Limits, Share

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Found:
    """What a walk read, and what did not fit; one fault a chain, its first. `held` is whether the data's folder holds
    how far the heads had come: else the database was compared with itself alone."""

    entries: int
    heads: int
    anchors: int
    faults: tuple[Fault, ...]
    held: bool


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
        cases, heads = case_chains.Reading(limits, tell), head_chains.Reading(limits)
        anchors = signed.Reading(marketplace_id, tuple(dict.fromkeys((*kept, *held.anchors))))
        found = dict[str, Fault]()
        for what, reading in (
            (_("os atendimentos"), cases.faults()),
            (_("o que as filas veem"), shared_rows.wrong(limits)),
            (_("os elos"), heads.faults()),
            (_("as âncoras"), anchors.faults()),
            (_("a pasta dos dados"), held.faults(marketplace_id)),
            (_("as versões das regras"), versions.wrong(marketplace_id)),
        ):
            for one in told(what, reading):
                found.setdefault(one.chain, one)
    return Found(cases.read, heads.read, anchors.read, tuple(found.values()), held.speaks_of(marketplace_id))


def told(what: str, reading: Iterator[Fault]) -> Iterator[Fault]:
    """What one reading finds. One that something nobody writes ends is a fault itself: the others are read."""
    try:
        with transaction.atomic():
            yield from reading
    except (DataError, *faults.ODD):
        log.exception("the reading of %s came to its end before all was read", what)
        yield Fault(what, 1, faults.UNREAD)
