"""Outcomes: one history as it was and as it would be, counted into a tally.

A history is judged under the draft; where something comes out otherwise, under its own rules too. Only what its own
rules give as it was is counted: of a case that they do not, nobody knows whether the draft makes the difference.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from tratativa.replay import judging, moments, tallies
from tratativa.replay.apart import waits, words
from tratativa.replay.apart.words import Otherwise
from tratativa.replay.histories import Counted, History, Kept
from tratativa.replay.judging import Bench, Judged, Refused
from tratativa.replay.tallies import Example, Tally

_NEVER = datetime.max.replace(tzinfo=UTC)


def compare(history: History, bench: Bench, own: Callable[[], Bench], tally: Tally) -> None:
    """Counts a history into the tally; `own` is the bench of the rules it lived under."""
    would = judged(history, bench)
    was = _as_it_was(history, bench)
    refused = would.refused
    if refused or not _same(was, would):
        again = judged(history, own())
        allowed = {(one.number, one.action) for one in again.refused}
        refused = [one for one in refused if (one.number, one.action) not in allowed]
        if not _same(was, again):
            tally.cases += 1
            tally.inexact += 1
            tally.show("inexact", _example(history, ""))
            return
    said = [] if bench.same_conduct else _count_words(history, bench, tally)
    _count(history, was, would, refused, tally, otherwise=bool(said))


def judged(history: History, bench: Bench) -> Judged:
    """The case, and with its own clocks those of the questions it put to queues."""
    found = judging.judge(history, moments.cut(history.happened), bench)
    for child in history.children:
        found.clocks += judging.judge(child, moments.cut(child.happened), bench).clocks
    return found


def _count_words(history: History, bench: Bench, tally: Tally) -> list[Otherwise]:
    """What conduct would have made of its words."""
    found, erased = words.judged(history, bench.own.book, bench.rules.book, bench.roles)
    tally.erased += erased
    for one in found:
        tally.differs(f"conduct_{one.would}", one.rule, _example(
            history, one.rule, was=one.said.at.isoformat(), would=one.why, party=one.said.party))  # fmt: skip
    return found


def _as_it_was(history: History, bench: Bench) -> Judged:
    """What the rows say: the clocks of either version's rules, and the marks that count."""
    rules = bench.rules.deadlines | bench.own.deadlines
    clocks = [one for one in history.clocks if one.rule in rules]
    clocks += [wait.kept for one in (history, *history.children) for wait in one.waits]
    return Judged(clocks, [], [mark for mark in history.marks if not mark.voided])


def _same(one: Judged, other: Judged) -> bool:
    return _by_start(one.clocks) == _by_start(other.clocks) and _counts(one.marks) == _counts(other.marks)


def _by_start(clocks: Sequence[Kept]) -> dict[tuple[str, datetime, int], Kept]:
    """The clocks by rule and beginning; two that began at once by their end."""
    found: dict[tuple[str, datetime, int], Kept] = {}
    for one in sorted(clocks, key=_by_end):
        number = 0
        while (one.rule, one.started_at, number) in found:
            number += 1
        found[one.rule, one.started_at, number] = one
    return found


def _by_end(clock: Kept) -> tuple[datetime, datetime]:
    return clock.started_at, clock.answered_at or _NEVER


def _counts(marks: Sequence[Counted]) -> list[tuple[str, datetime]]:
    return sorted((one.metric, one.at) for one in marks)


def _count(
    history: History, was: Judged, would: Judged, refused: Sequence[Refused], tally: Tally, *, otherwise: bool
) -> None:
    tally.cases += 1
    tally.unknown.update(would.unknown)
    before, after = _by_start(was.clocks), _by_start(would.clocks)
    for states, clocks in ((tally.was, was.clocks), (tally.would, would.clocks)):
        for clock in clocks:
            if not waits.is_pause(clock.rule):
                tally.clock(states, clock.rule, clock.state)
    differing = {key for key in {*before, *after} if before.get(key) != after.get(key)}
    for key in sorted(differing):
        _count_clock(history, before.get(key), after.get(key), tally)
    for one in refused:
        tally.refused[one.action, one.party, "" if one.gone else one.why or "when"] += 1
        tally.show("refused", _example(history, one.action, was=one.at.isoformat(), would=one.why, party=one.party))
    marks_differ = _counts(was.marks) != _counts(would.marks)
    _count_marks(history, was, would, tally)
    if marks_differ:
        tally.show("score", _example(history, ""))
    tally.changed += bool(differing or refused or marks_differ or otherwise)


def _count_clock(history: History, was: Kept | None, would: Kept | None, tally: Tally) -> None:
    one = was or would
    assert one is not None
    kind = _kind(was, would)
    if kind in {tallies.BECOMES_MISSED, tallies.BECOMES_MET} and waits.is_pause(one.rule):
        kind = tallies.OTHERWISE  # nobody owes what only lets time pass
    due, other = (clock.due_at.isoformat() if clock else "" for clock in (was, would))
    tally.differs(kind, one.rule, _example(history, one.rule, was=due, would=other))


def _kind(was: Kept | None, would: Kept | None) -> str:
    if was is None:
        return tallies.APPEARS
    if would is None:
        return tallies.GONE
    if was.state == would.state:
        return tallies.OTHER_DUE
    if would.state == "missed":
        return tallies.BECOMES_MISSED
    return tallies.BECOMES_MET if was.state == "missed" else tallies.OTHERWISE


def _count_marks(history: History, was: Judged, would: Judged, tally: Tally) -> None:
    seller = history.case.seller_id
    if seller is None:
        return
    for mark in was.marks:
        tally.score(str(seller), mark.metric).was[mark.at.date().isoformat()] += 1
    for mark in would.marks:
        tally.score(str(seller), mark.metric).would[mark.at.date().isoformat()] += 1


def _example(history: History, name: str, *, was: str = "", would: str = "", party: str = "") -> Example:
    return Example(str(history.case.pk), history.case.protocol, name, was, would, party)
