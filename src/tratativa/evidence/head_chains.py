"""Chains of heads: each head continues the one before, and the case it speaks of still has what it had then."""

import uuid
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from django.db import connection

from tratativa.evidence import faults, heads
from tratativa.evidence.case_chains import CHUNK
from tratativa.evidence.faults import Fault
from tratativa.evidence.limits import Limits, in_share
from tratativa.evidence.models import Head

# Cases that no head knows as far as they have come, and that nobody said are to be chained: that word was taken away.
_FORGOTTEN = """
    select m.slug || ' ' || c.protocol, coalesce(max(h.entries), 0) + 1
    from cases_case c join accounts_marketplace m on m.id = c.marketplace_id
    left join evidence_head h on h.case_id = c.id
    where {where} and not exists (select from evidence_unchained u where u.case_id = c.id)
    group by m.slug, c.protocol, c.entries_count having coalesce(max(h.entries), 0) < c.entries_count
    order by 1
"""


class _Row(NamedTuple):
    slug: str
    marketplace_id: uuid.UUID
    number: int
    case_id: uuid.UUID
    entries: int
    case_hash: str
    at: datetime | None
    previous: str
    hash: str
    looked: bool
    protocol: str | None
    of: uuid.UUID | None
    now: str | None


# Without the moments that Python does not know, as the entries are read.
_HEADS = """
    select m.slug, h.marketplace_id, h.number, h.case_id, h.entries, h.case_hash,
        case when h.at between '1900-01-01' and '9000-01-01' then h.at end, h.previous, h.hash, {looked}, c.protocol,
        c.marketplace_id, e.hash
    from evidence_head h join accounts_marketplace m on m.id = h.marketplace_id
    left join cases_case c on c.id = h.case_id
    left join cases_entry e on e.case_id = h.case_id and e.number = h.entries and {looked}
    {where} order by h.marketplace_id, h.number
"""


class Reading:
    """One reading of the chains of heads; `read` is how many heads it has seen."""

    def __init__(self, limits: Limits) -> None:
        """Nothing is read yet. The heads are read whole; the cases behind them only in the share."""
        self.read = 0
        self._marketplace_id, self._share = limits.marketplace_id, limits.share

    def faults(self) -> Iterator[Fault]:
        """Whatever does not fit, in the order of the heads: several where several cases lost something."""
        of, number, previous, whole = None, 0, "", True
        for row in self._rows():
            if row.marketplace_id != of:
                of, number, previous = row.marketplace_id, 0, ""
            number += 1
            self.read += 1
            if fault := _fault_of_link(row, number, previous) or _fault_of_case(row):
                whole = False
                yield fault
            number, previous = row.number, row.hash
        if whole:  # else what is not spoken of is among what was found
            yield from self._forgotten()

    def _forgotten(self) -> Iterator[Fault]:
        conditions = ["c.marketplace_id = %s"] if self._marketplace_id else []
        conditions += [in_share("c.id", self._share)] if self._share else []
        with connection.cursor() as cursor:
            sql = _FORGOTTEN.format(where=" and ".join(conditions) or "true")
            cursor.execute(sql, [self._marketplace_id] if self._marketplace_id else [])
            for chain, number in cursor.fetchall():
                yield Fault(chain, number, faults.FORGOTTEN)

    def _rows(self) -> Iterator[_Row]:
        looked = in_share("h.case_id", self._share) if self._share else "true"
        where = "where h.marketplace_id = %s" if self._marketplace_id else ""
        values = [self._marketplace_id] if self._marketplace_id else None
        sql = _HEADS.format(looked=looked, where=where)
        with connection.chunked_cursor() as cursor:
            cursor.execute(sql, values or [])
            while rows := cursor.fetchmany(CHUNK):
                yield from map(_Row._make, rows)


def _fault_of_link(row: _Row, number: int, previous: str) -> Fault | None:
    if row.at is None:
        return Fault(row.slug, number, faults.ALTERED)
    head = Head(
        marketplace_id=row.marketplace_id, number=row.number, case_id=row.case_id, entries=row.entries,
        case_hash=row.case_hash, at=row.at, previous=row.previous,
    )  # fmt: skip
    if row.number != number:
        return Fault(row.slug, number, faults.MISSING)
    if row.previous != previous:
        return Fault(row.slug, number, faults.UNLINKED)
    if row.hash != heads.seal(head):
        return Fault(row.slug, number, faults.ALTERED)
    return None


def _fault_of_case(row: _Row) -> Fault | None:
    if row.protocol is None:
        return Fault(str(row.case_id), 1, faults.NO_CASE)
    if row.of != row.marketplace_id:
        return Fault(f"{row.slug} {row.protocol}", 1, faults.MOVED)
    if not row.looked or row.now == row.case_hash:
        return None
    chain = f"{row.slug} {row.protocol}"
    return Fault(chain, row.entries, faults.SHORTER if row.now is None else faults.REWRITTEN)
