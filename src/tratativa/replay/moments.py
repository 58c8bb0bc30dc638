"""Moments: a ledger cut into the changes it was written by, and what followed from misses taken out of them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.utils.dateparse import parse_datetime

from tratativa.cases import events
from tratativa.cases.clocks import planning
from tratativa.replay.histories import Happened

# What the clocks themselves wrote: under other rules they write it anew.
CLOCKS = frozenset(
    {events.DeadlineStarted.name, events.DeadlineWarned.name, events.DeadlineMet.name, events.DeadlineMissed.name}
)
_OURS = frozenset({planning.SURVEY, planning.TIMER, planning.ANSWER})
Miss = tuple[str, datetime]


@dataclass
class Moment:
    """One change: what happened in it, and when."""

    at: datetime
    happened: list[Happened] = field(default_factory=list)


@dataclass(frozen=True)
class Past:
    """The changes of a case in their order, and what followed from each miss, by its rule and due time."""

    moments: Sequence[Moment]
    followed: Mapping[Miss, Sequence[Happened]]
    # For each change, the earliest moment of those recorded after it: a letter counts from when it came, and a message
    # that waited to be said, its own change's too, from when it was sent.
    later: Sequence[datetime | None]


def cut(happened: Sequence[Happened]) -> Past:
    """Cuts a ledger into its changes.

    Entries of one change have one author and one moment; those of a clock end it. What the desk did by itself right
    after a miss, dated when it fell due, followed from it.
    """
    moments: list[Moment] = []
    followed: dict[Miss, list[Happened]] = {}
    consequences: list[Happened] | None = None
    due, author, ended = None, object(), True
    for one in happened:
        if one.event == events.DeadlineMissed.name and one.data["rule"] not in _OURS:
            due = parse_datetime(one.data["due"])
            assert due is not None
            consequences = followed.setdefault((one.data["rule"], due), [])
            ended = True
            continue
        if consequences is not None and one.actor_id is None and one.at == due:
            if one.event not in CLOCKS:
                consequences.append(one)
            continue
        consequences = None
        if one.event in CLOCKS:
            ended = True
            continue
        if ended or one.at != moments[-1].at or one.actor_id != author:
            moments.append(Moment(one.at))
            author, ended = one.actor_id, False
        moments[-1].happened.append(one)
    return Past(moments, followed, list(_later(moments)))


def _sent(moment: Moment) -> datetime:
    """When its message was sent, where that waited to be said; else the moment itself."""
    waited = [parse_datetime(one.data["pressed_at"]) for one in moment.happened if one.data.get("pressed_at")]
    return min([moment.at, *(at for at in waited if at)])


def _later(moments: Sequence[Moment]) -> Iterator[datetime | None]:
    earliest: datetime | None = None
    found: list[datetime | None] = []
    for one in reversed(moments):
        sent = _sent(one)
        found.append(min(earliest or one.at, sent) if sent < one.at else earliest)
        earliest = sent if earliest is None else min(earliest, sent)
    yield from reversed(found)
