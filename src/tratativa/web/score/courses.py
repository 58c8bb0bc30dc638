"""A count as a picture: how far it is from its limit, how it came there, and what moves it next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tratativa.accounts import moments
from tratativa.cases.core import protocols
from tratativa.cases.reading.score_courses import Course, Risk
from tratativa.cases.reading.scorecards import Standing, Tally
from tratativa.reputation import wording
from tratativa.rulebook.language.scoring import Consequence

WIDE, HIGH = 300, 80  # of the drawing, in its own units
NAMED = 5  # cases about to count that are named
FALLS = 3  # days on which it falls that are named


@dataclass(frozen=True)
class Line:
    """The course as SVG: the line's points, the surface beneath it, and how high the limit stands, if there is one."""

    points: str
    surface: str
    limit_y: str


@dataclass(frozen=True)
class Gauge:
    """How far the count is: both in hundredths of the bar's length."""

    filled: int
    limit_at: int
    tone: str  # `calm`, `near` or `over`


@dataclass(frozen=True)
class Drawn:
    """What stands under a count: its limit in words and as a bar, its course with the numbers beneath, what moves it
    next, and the cases that run out within a day."""

    limit: str
    gauge: Gauge | None
    line: Line
    summary: str
    numbers: tuple[tuple[str, int], ...]
    moves: tuple[str, ...]
    risks: tuple[tuple[str, str, str, datetime], ...]
    more_risks: int


def draw(tally: Tally, course: Course, risks: Sequence[Risk], standing: Standing, *, at: datetime) -> Drawn:
    """The picture of one count for the standing it belongs to."""
    about = _nearest(tally, standing)
    limit = about.when[tally.metric.id].gt if about else None
    counts = [count for _day, count in course.days]
    return Drawn(
        limit=_limit(tally, about, standing) if about else "",
        gauge=_gauge(tally.counted, limit) if limit is not None else None,
        line=_line(counts, limit),
        summary=_summary(course, standing.score.span.days),
        numbers=tuple((moments.day(day), count) for day, count in _weekly(course)),
        moves=tuple(_moves(tally, course, since=at - standing.score.span)),
        risks=tuple(_risk(one) for one in risks[:NAMED]),
        more_risks=max(len(risks) - NAMED, 0),
    )


def _nearest(tally: Tally, standing: Standing) -> Consequence | None:
    """The consequence that speaks of this count with the lowest limit still ahead; past all, that with the highest."""
    about = sorted(
        (one for one in standing.rules if tally.metric.id in one.when), key=lambda one: one.when[tally.metric.id].gt
    )
    ahead = [one for one in about if tally.counted <= one.when[tally.metric.id].gt]
    return ahead[0] if ahead else about[-1] if about else None


def _limit(tally: Tally, about: Consequence, standing: Standing) -> str:
    left = about.when[tally.metric.id].gt + 1 - tally.counted
    kind = wording.kind(about.propose)
    if left <= 0 and about in standing.proposed:
        return _("Acima do limite: já pode ser proposta a sanção «%(kind)s».") % {"kind": kind}
    if left <= 0:
        return _("Acima do limite desta contagem; para a sanção «%(kind)s» falta outra.") % {"kind": kind}
    if len(about.when) > 1:
        said = ngettext(
            "Falta %(left)d para o limite que, com outra contagem, leva à sanção «%(kind)s».",
            "Faltam %(left)d para o limite que, com outra contagem, leva à sanção «%(kind)s».",
            left,
        )
    else:
        said = ngettext(
            "Mais %(left)d, e já pode ser proposta a sanção «%(kind)s».",
            "Mais %(left)d, e já pode ser proposta a sanção «%(kind)s».",
            left,
        )
    return said % {"left": left, "kind": kind}


def _gauge(counted: int, limit: int) -> Gauge:
    whole = max(counted, limit + 1)
    tone = "over" if counted > limit else "near" if limit - counted <= limit // 5 and counted else "calm"
    return Gauge(round(100 * counted / whole), round(100 * limit / whole), tone)


def _line(counts: Sequence[int], limit: int | None) -> Line:
    top = max([*counts, (limit or 0) + 1, 1])
    step = WIDE / max(len(counts) - 1, 1)
    points = [f"{index * step:.1f},{_height(count, top):.1f}" for index, count in enumerate(counts)]
    surface = " ".join([f"0,{HIGH}", *points, f"{WIDE},{HIGH}"])
    return Line(" ".join(points), surface, f"{_height(limit, top):.1f}" if limit is not None else "")


def _height(count: int, top: int) -> float:
    return HIGH - 2 - (HIGH - 4) * count / top


def _weekly(course: Course) -> Iterable[tuple[date, int]]:
    """Each seventh day back from today, the oldest first."""
    return course.days[::-7][::-1]


def _summary(course: Course, days: int) -> str:
    counts = [count for _day, count in course.days]
    gaps = {"first": counts[0], "last": counts[-1], "most": max(counts), "days": days}
    return _("Em %(days)d dias: começou em %(first)d, chegou a %(most)d, hoje está em %(last)d.") % gaps


def _moves(tally: Tally, course: Course, *, since: datetime) -> Iterable[str]:
    """What takes from it: age, and a contest that is accepted."""
    falls = [
        _("%(count)d em %(day)s") % {"count": count, "day": moments.day(day)} for day, count in course.falls[:FALLS]
    ]
    if falls:
        yield _("Deixam de contar pelo tempo: %(falls)s.") % {"falls": ", ".join(falls)}
    waiting = sum(one.mark.state == "contested" and one.mark.at > since for one in tally.events)
    if waiting:
        said = ngettext(
            "%(count)d contestação espera decisão: aceita, a contagem fica em %(then)d.",
            "%(count)d contestações esperam decisão: aceitas todas, a contagem fica em %(then)d.",
            waiting,
        )
        yield said % {"count": waiting, "then": max(tally.counted - waiting, 0)}


def _risk(one: Risk) -> tuple[str, str, str, datetime]:
    shown = protocols.show(one.case.protocol)
    return shown, reverse("case", args=[shown]), one.label, one.due_at
