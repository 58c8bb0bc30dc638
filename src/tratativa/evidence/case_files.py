"""Files of cases: each stands at the entry that brought it, as that entry says; its bytes, where one asks for them.

Entries from before files were sealed say nothing of theirs: such a row is believed, and its bytes are held against it.
"""

import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from django.core.exceptions import SuspiciousOperation
from django.db import connection
from django.utils.functional import Promise

from tratativa.cases.core import ledger
from tratativa.cases.files import attachments
from tratativa.evidence import case_rows, faults
from tratativa.evidence.faults import Fault
from tratativa.evidence.limits import Limits
from tratativa.evidence.papers import Said

CHUNK = 500


class Row(NamedTuple):
    """A sent file's row."""

    case_id: uuid.UUID
    entry_id: uuid.UUID
    id: uuid.UUID
    sha256: str
    size: int
    name: str
    path: str
    sensitive: bool


Files = dict[uuid.UUID, dict[str, Row]]  # by entry, then by key
_ROWS = """
    select a.case_id, a.entry_id, a.id, a.sha256, a.size, a.name, a.path, a.sensitive
    from cases_attachment a where a.entry_id is not null and a.case_id is not null and {where} order by a.case_id
"""
_BYTES = """
    select a.id, m.slug || ' ' || c.protocol, e.number, a.sha256, a.path, a.size
    from cases_attachment a join cases_entry e on e.id = a.entry_id join cases_case c on c.id = e.case_id
    join accounts_marketplace m on m.id = c.marketplace_id where a.path <> '' and {where}
"""
_SIZE = "select coalesce(sum(a.size), 0) from cases_attachment a where a.entry_id is not null and a.path <> '' and "


def by_case(limits: Limits) -> Iterator[tuple[uuid.UUID, Files]]:
    """The files of each case that has any, in the order of the cases."""
    where, values = limits.where("a.case_id")
    with connection.chunked_cursor() as cursor:
        cursor.execute(_ROWS.format(where=where), values)
        rows = (Row._make(row) for chunk in iter(lambda: cursor.fetchmany(CHUNK), []) for row in chunk)
        for case_id, found in groupby(rows, itemgetter(0)):
            files: Files = {}
            for row in found:
                files.setdefault(row.entry_id, {})[str(row.id)] = row
            yield case_id, files


@dataclass
class Held:
    """The files of one case held against its entries, one entry after the other; `now` is the database's moment.

    `every` is whether each of its entries says what it brings: a file at one that says nothing is a stranger.
    """

    files: Files
    now: datetime
    every: bool = False
    papers: Said = field(default_factory=Said)
    delicate: list[tuple[int, Row]] = field(default_factory=list)  # papers, and whatever has no bytes any more

    def wrong(self, entry: case_rows.Row, told: list[dict[str, Any]] | None) -> Promise | None:
        """What does not fit at this entry, which says that it brought these."""
        here = self.files.pop(entry.id, {})
        assert entry.at is not None, "an entry of no moment is told before"
        if not self.papers.hear(entry.event, entry.audience, entry.at, told or []):
            return faults.NO_PAPER
        for one in told or ():
            row = here.pop(one["id"], None)
            if row is None:
                return faults.FILE_GONE
            same = (row.sha256, ledger.row_digest(row.id, row.sha256, row.size, row.name)) == (
                one["sha256"],
                one["row"],
            )
            if not same or ("until" in one and not row.sensitive):
                return faults.FILE_ALTERED
            if row.sensitive or not row.path:
                self.delicate.append((entry.number, row))
        return faults.FILE_STRANGE if here and (self.every or told) else None

    def at_the_end(self, last: int) -> tuple[int, Promise] | None:
        """What does not fit once all entries were read: files at no entry of the case, papers emptied before time."""
        if self.files:
            return last, faults.FILE_STRANGE
        for number, row in self.delicate:
            until = self.papers.until(str(row.id), row.sha256)
            if not row.path and (until is None or until > self.now):
                return number, faults.BYTES_GONE
            if row.sensitive and until is None:
                return number, faults.NO_PAPER
        return None


def size(limits: Limits) -> int:
    """How many bytes `altered` has to read."""
    where, values = limits.where("a.case_id")
    with connection.cursor() as cursor:
        cursor.execute(_SIZE + where, values)
        return int(cursor.fetchone()[0])


def altered(limits: Limits, *, most: int | None = None, tell: Callable[[int], object] = lambda _: None) -> list[Fault]:
    """Reads the stored bytes of sent files, and says which are lost or are not those that were sent.

    `most` is how many bytes at most, of files drawn by lot; `tell` hears how many more were read. No transaction is
    open meanwhile.
    """
    found, left = [], most
    for chain, number, sha256, path, length in _stored(limits, by_lot=most is not None):
        if left is not None:
            if length > left:
                continue  # not the end: how long it is said to be is whoever's word that put it there
            left -= length
        if why := _wrong_bytes(path, sha256):
            found.append(Fault(chain, number, why))
        tell(length)
    return found


def _wrong_bytes(path: str, sha256: str) -> Promise | None:
    try:
        return None if attachments.bytes_are_whole(path, sha256) else faults.BYTES_ALTERED
    except (OSError, SuspiciousOperation):  # a path that leads out of the folder is nobody's file
        return faults.BYTES_GONE


def _stored(limits: Limits, *, by_lot: bool) -> Iterator[tuple[str, int, str, str, int]]:
    where, values = limits.where("c.id")
    sql = _BYTES.format(where=where)
    with connection.cursor() as cursor:
        if by_lot:
            cursor.execute(f"{sql} order by random() limit 20000", values)
            yield from [row[1:] for row in cursor.fetchall()]
            return
        last: uuid.UUID | None = None
        while True:
            after = "" if last is None else "and a.id > %s"
            cursor.execute(f"{sql} {after} order by a.id limit {CHUNK}", [*values, *([last] if last else [])])
            rows = cursor.fetchall()
            yield from (row[1:] for row in rows)
            if len(rows) < CHUNK:
                return
            last = rows[-1][0]
