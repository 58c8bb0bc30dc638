"""Chains of cases: each entry continues the one before, says what was sealed, and has its words or says they went.

Read by two cursors side by side, entries and cases, both in the order of the cases: a million entries pass through
memory a few thousand at a time.
"""

import json
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from django.db import connection

from tratativa.cases import events
from tratativa.cases.core import ledger
from tratativa.evidence import faults
from tratativa.evidence.faults import Fault

CHUNK = 5_000  # rows a cursor brings at once
Tell = Callable[[int], object]  # how many entries more have been read


@dataclass(frozen=True)
class Share:
    """One of `of` parts of all cases; every case is in one of them, always the same."""

    number: int
    of: int


class _Row(NamedTuple):
    case_id: uuid.UUID
    number: int
    event: str
    data: str
    party: str
    actor_id: uuid.UUID | None
    audience: int
    at: Any
    digest: str
    previous: str
    hash: str
    id: uuid.UUID
    readers: int | None
    of: uuid.UUID | None
    beside: uuid.UUID | None
    body: str | None
    rich: str | None
    salt: str | None


class _Case(NamedTuple):
    id: uuid.UUID
    chain: str
    marketplace_id: uuid.UUID
    entries: int
    last: str


_ENTRIES = """
    select e.case_id, e.number, e.event, e.data::text, e.party, e.actor_id, e.audience, e.at, e.digest, e.previous,
        e.hash, e.id, t.audience, t.marketplace_id, t.case_id, t.body, t.rich, t.salt
    from cases_entry e left join cases_text t on t.entry_id = e.id where {where} order by e.case_id, e.number
"""
_CASES = """
    select c.id, m.slug || ' ' || c.protocol, c.marketplace_id, c.entries_count, c.last_hash
    from cases_case c join accounts_marketplace m on m.id = c.marketplace_id where {where} order by c.id
"""
# What was erased before an erasure named its words: the sealed words of the child cases of a case that says so.
_ERASED_OF_OLD = """
    select s.child_id from cases_escalation s join cases_entry e on e.case_id = s.parent_id
    where e.event = %s and not e.data ? 'words'
"""
_OF = "{case} in (select id from cases_case where marketplace_id = %s)"
_COUNT = "select coalesce(sum(entries_count), 0) from cases_case c where {where}"
# An erasure speaks for its own case and for the child cases it asked, and for no other.
_ERASED = """
    select told.id from cases_entry e
    cross join lateral jsonb_array_elements_text(e.data -> 'words') named
    join cases_entry told on told.id = named::uuid join cases_case c on c.id = told.case_id
    where e.event = %s and e.data ? 'words' and e.case_id in (c.id, c.parent_id)
"""


def count(marketplace_id: uuid.UUID | None = None) -> int:
    """How many entries there are to walk."""
    where, values = _where("c.id", marketplace_id, None)
    with connection.cursor() as cursor:
        cursor.execute(_COUNT.format(where=where), values)
        return int(cursor.fetchone()[0])


def in_share(column: str, share: Share) -> str:
    """The SQL that says whether the case this column names is in the share."""
    return f"(uuid_hash({column}) & 2147483647) %% {share.of} = {share.number}"


class Reading:
    """One reading of the cases' chains; `read` is how many entries it has seen."""

    def __init__(self, marketplace_id: uuid.UUID | None, share: Share | None, tell: Tell) -> None:
        """Nothing is read yet."""
        self.read = 0
        self._limits = (marketplace_id, share)
        self._tell = tell
        self._erased = self._keys(_ERASED)
        self._erased_of_old = self._keys(_ERASED_OF_OLD)

    def faults(self) -> Iterator[Fault]:
        """The first fault of each case's chain, in the order of the cases."""
        cases = map(_Case._make, self._rows(_CASES, "c.id"))
        case = next(cases, None)
        for key, rows in groupby(map(_Row._make, self._rows(_ENTRIES, "e.case_id")), itemgetter(0)):
            while case and case.id < key:
                yield Fault(case.chain, 1, faults.CUT)  # a case is opened by an entry: one without any lost them
                case = next(cases, None)
            if case and case.id == key:
                yield from self._walk(rows, case)
                case = next(cases, None)
            else:
                self._pass(sum(1 for _row in rows))
                yield Fault(str(key), 1, faults.NO_CASE)
        while case:
            yield Fault(case.chain, 1, faults.CUT)
            case = next(cases, None)

    def _walk(self, rows: Iterator[_Row], case: _Case) -> Iterator[Fault]:
        previous, expected, found = "", 0, None
        for expected, row in enumerate(rows, 1):
            found = found or self._fault(row, case, expected, previous)
            previous = row.hash
        self._pass(expected)
        if found is None and (expected != case.entries or previous != case.last):
            found = Fault(case.chain, expected + 1, faults.CUT)
        if found:
            yield found

    def _fault(self, row: _Row, case: _Case, expected: int, previous: str) -> Fault | None:
        if row.number != expected:
            return Fault(case.chain, expected, faults.MISSING)
        if row.previous != previous:
            return Fault(case.chain, row.number, faults.UNLINKED)
        sealed = ledger.fingerprint(
            row.previous, row.case_id, row.number, row.event, json.loads(row.data), row.party, row.actor_id,
            row.audience, row.at, row.digest,
        )  # fmt: skip
        if row.hash != sealed:
            return Fault(case.chain, row.number, faults.ALTERED)
        return self._fault_of_words(row, case)

    def _fault_of_words(self, row: _Row, case: _Case) -> Fault | None:
        if row.body is None:
            lost = row.digest and not self._was_erased(row)
            return Fault(case.chain, row.number, faults.WORDS_GONE) if lost else None
        if row.digest != ledger.words_digest(row.body, row.salt or "", row.rich or ""):
            return Fault(case.chain, row.number, faults.WORDS_ALTERED)
        if (row.readers, row.of, row.beside) != (row.audience, case.marketplace_id, case.id):
            return Fault(case.chain, row.number, faults.READERS_ALTERED)
        return None

    def _was_erased(self, row: _Row) -> bool:
        if row.id in self._erased:
            return True
        return row.case_id in self._erased_of_old and row.event == events.DataShared.name

    def _pass(self, entries: int) -> None:
        self.read += entries
        self._tell(entries)

    def _rows(self, sql: str, case: str) -> Iterator[tuple[Any, ...]]:
        where, values = _where(case, *self._limits)
        with connection.chunked_cursor() as cursor:
            cursor.execute(sql.format(where=where), values)
            while rows := cursor.fetchmany(CHUNK):
                yield from rows

    def _keys(self, sql: str) -> frozenset[uuid.UUID]:
        with connection.cursor() as cursor:
            cursor.execute(sql, [events.DataErased.name])
            return frozenset(row[0] for row in cursor.fetchall())


def _where(case: str, marketplace_id: uuid.UUID | None, share: Share | None) -> tuple[str, list[uuid.UUID]]:
    """The condition on the column that names the case, and its values; of all cases, `true`."""
    conditions, values = [], list[uuid.UUID]()
    if marketplace_id:
        conditions.append(_OF.format(case=case))
        values.append(marketplace_id)
    if share:
        conditions.append(in_share(case, share))
    return " and ".join(conditions) or "true", values
