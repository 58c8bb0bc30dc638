"""Chains of cases: each entry continues the one before, says what was sealed, and has its words or says they went.

Read by two cursors side by side, entries and cases, both in the order of the cases: a million entries pass through
memory a few thousand at a time.
"""

import json
import uuid
from collections.abc import Callable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import connection
from django.utils.functional import Promise

from tratativa.accounts import clock
from tratativa.cases import events
from tratativa.cases.core import ledger
from tratativa.evidence import case_files, case_rows, faults
from tratativa.evidence.case_rows import Case, Owners, Row
from tratativa.evidence.faults import Fault
from tratativa.evidence.limits import Limits

CHUNK = 5_000  # rows a cursor brings at once
_LAST = uuid.UUID(int=2**128 - 1)
Tell = Callable[[int], object]  # how many entries more have been read


class _Said:
    """What the entries of a case have said so far of whose it is (nothing where it began before they did), and its
    files; no object is made of these where it has none."""

    __slots__ = ("files", "of")

    def __init__(self, files: case_files.Held | None) -> None:
        self.files = files
        self.of: Owners | None = None


def count(marketplace_id: uuid.UUID | None = None) -> int:
    """How many entries there are to walk."""
    where, values = Limits(marketplace_id).where("c.id")
    with connection.cursor() as cursor:
        cursor.execute(case_rows.COUNT.format(where=where), values)
        return int(cursor.fetchone()[0])


class Reading:
    """One reading of the cases' chains; `read` is how many entries it has seen."""

    def __init__(self, limits: Limits, tell: Tell) -> None:
        """Nothing is read yet."""
        self.read = 0
        self._limits, self._tell = limits, tell
        self._files, self._now = case_files.by_case(limits), clock.asked()
        self._ahead: tuple[uuid.UUID, case_files.Files] | None = None
        self._erased, self._erased_of_old = frozenset[uuid.UUID](), frozenset[uuid.UUID]()

    def faults(self) -> Iterator[Fault]:
        """The first fault of each case's chain, in the order of the cases."""
        self._erased = self._keys(case_rows.ERASED, "c.id")
        self._erased_of_old = self._keys(case_rows.ERASED_OF_OLD, "s.child_id")
        cases = (_case(row) for row in self._rows(case_rows.CASES, "c.id"))
        case = next(cases, None)
        for key, rows in groupby(map(Row._make, self._rows(case_rows.ENTRIES, "e.case_id")), itemgetter(0)):
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

    def _walk(self, rows: Iterator[Row], case: Case) -> Iterator[Fault]:
        files = self._files_of(case.id)
        said = _Said(case_files.Held(files, self._now) if files else None)
        previous, expected, found = "", 0, None
        for expected, row in enumerate(rows, 1):
            found = found or self._fault(row, case, expected, previous, said)
            previous = row.hash
        self._pass(expected)
        if found is None and (expected != case.entries or previous != case.last):
            found = Fault(case.chain, expected + 1, faults.CUT)
        if found := found or _fault_at_the_end(case, expected, said):
            yield found

    def _fault(self, row: Row, case: Case, expected: int, previous: str, said: _Said) -> Fault | None:
        if row.number != expected:
            return Fault(case.chain, expected, faults.MISSING)
        if row.previous != previous:
            return Fault(case.chain, row.number, faults.UNLINKED)
        try:
            why = self._wrong(row, case, json.loads(row.data), said)
        except faults.ODD:
            why = faults.ALTERED  # sealed over what we never write
        return Fault(case.chain, row.number, why) if why else None

    def _wrong(self, row: Row, case: Case, data: dict[str, Any], said: _Said) -> Promise | None:
        if row.at is None:
            return faults.ALTERED
        sealed = ledger.fingerprint(
            row.previous, row.case_id, row.number, row.event, data, row.party, row.actor_id, row.audience, row.at,
            row.digest,
        )  # fmt: skip
        if row.hash != sealed:
            return faults.ALTERED
        if "owners" in data:
            said.of = Owners(**data["owners"])
            if said.files and row.number == 1:
                said.files.every = True
        if row.event == events.DataErased.name and not _names_words(data):
            return faults.ALTERED
        why = self._wrong_words(row, case, said.of)
        if why is None and (said.files or "files" in data):
            why = (said.files or case_files.Held({}, self._now)).wrong(row, data.get("files"))
        return why

    def _wrong_words(self, row: Row, case: Case, of: Owners | None) -> Promise | None:
        if row.body is None:
            return faults.WORDS_GONE if row.digest and not self._was_erased(row) else None
        if row.digest != ledger.words_digest(row.body, row.salt or "", row.rich or ""):
            return faults.WORDS_ALTERED
        if (row.readers, row.of, row.beside) != (row.audience, case.marketplace_id, case.id):
            return faults.READERS_ALTERED
        # Words are whose the case was when they were written: the row never changes afterwards.
        if of and (row.seller, row.customer) != (of.seller, of.customer):
            return faults.READERS_ALTERED
        return None

    def _was_erased(self, row: Row) -> bool:
        if row.id in self._erased:
            return True
        return row.case_id in self._erased_of_old and row.event == events.DataShared.name

    def _files_of(self, case_id: uuid.UUID) -> case_files.Files:
        """The case's files; those of cases that came before it, and have no entries, are passed over."""
        while self._ahead is None or self._ahead[0] < case_id:
            self._ahead = next(self._files, None)
            if self._ahead is None:
                self._ahead = (_LAST, {})
        return self._ahead[1] if self._ahead[0] == case_id else {}

    def _pass(self, entries: int) -> None:
        self.read += entries
        self._tell(entries)

    def _rows(self, sql: str, case: str) -> Iterator[tuple[Any, ...]]:
        where, values = self._limits.where(case)
        with connection.chunked_cursor() as cursor:
            cursor.execute(sql.format(where=where), values)
            while rows := cursor.fetchmany(CHUNK):
                yield from rows

    def _keys(self, sql: str, case: str) -> frozenset[uuid.UUID]:
        where, values = self._limits.where(case)
        with connection.cursor() as cursor:
            cursor.execute(sql.format(where=where), [events.DataErased.name, *values])
            return frozenset(row[0] for row in cursor.fetchall())


def _case(row: tuple[Any, ...]) -> Case:
    key, chain, entries, last, marketplace_id, *of = row
    return Case(key, chain, entries, last, marketplace_id, Owners._make(of))


def _names_words(data: dict[str, Any]) -> bool:
    """Whether an erasure names its words by their keys. Raises ValueError, TypeError, AttributeError as `UUID` does."""
    named = data.get("words", [])
    return isinstance(named, list) and [str(uuid.UUID(one)) for one in named] == named


def _fault_at_the_end(case: Case, last: int, said: _Said) -> Fault | None:
    if said.of and said.of != case.of:
        return Fault(case.chain, last, faults.OWNERS_ALTERED)
    wrong = said.files.at_the_end(last) if said.files else None
    return Fault(case.chain, *wrong) if wrong else None
