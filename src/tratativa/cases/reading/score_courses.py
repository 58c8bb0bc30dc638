"""A seller's course: how each count came to be what it is, when it falls again, and what is about to add to it."""

import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Q
from django.db.models.functions import TruncDate

from tratativa.accounts.actors import Actor
from tratativa.cases.core import rulebook_versions, visibility
from tratativa.cases.models import Case, Deadline, Mark
from tratativa.rulebook.language import arguments
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.language.scoring import Score

SOON = timedelta(hours=24)
MOST = 100  # clocks about to run out that are looked at


@dataclass(frozen=True)
class Course:
    """The count at the end of each day of the window, today's being that of now; and the days on which it falls next,
    each with by how much, where nothing is added."""

    days: tuple[tuple[date, int], ...]
    falls: tuple[tuple[date, int], ...]


@dataclass(frozen=True)
class Risk:
    """A clock that runs out soon and would count: its case, the rule's label, and until when."""

    case: Case
    label: str
    due_at: datetime


def courses(seller_id: uuid.UUID, rules: Score, zone: ZoneInfo, *, at: datetime) -> Mapping[str, Course]:
    """The course of each metric of the rules, voided marks left out. One query, a row a day and metric."""
    span, today = rules.span, at.astimezone(zone).date()
    marks = Mark.objects.filter(seller=seller_id, at__gt=at - 2 * span - timedelta(days=1), at__lte=at, voided=False)
    rows = marks.order_by().values("metric", day=TruncDate("at", tzinfo=zone))
    by_metric: dict[str, dict[date, tuple[int, int]]] = defaultdict(dict)
    for row in rows.annotate(made=Count("id"), counts=Count("id", filter=Q(at__gt=at - span))):
        by_metric[row["metric"]][row["day"]] = (row["made"], row["counts"])
    return {one.id: _course(by_metric.get(one.id, {}), span, today) for one in rules.metrics}


def _course(made: Mapping[date, tuple[int, int]], span: timedelta, today: date) -> Course:
    days = [today - timedelta(days=back) for back in range(span.days - 1, -1, -1)]
    counted = [(day, sum(many for on, (many, _now) in made.items() if day - span < on <= day)) for day in days[:-1]]
    falls = sorted((on + span, now) for on, (_many, now) in made.items() if now)
    return Course((*counted, (today, sum(now for _on, now in falls))), tuple(falls))


def at_risk(seller_id: uuid.UUID, actor: Actor, *, at: datetime) -> Mapping[str, list[Risk]]:
    """What of the seller's runs out within a day and would count, by metric, the nearest first. One query."""
    soon = {"case__closed_at": None, "case__seller_due_at__gt": at, "case__seller_due_at__lte": at + SOON}
    mine = Deadline.objects.filter(case__seller=seller_id, case__in=visibility.visible_cases(actor), **soon)
    clocks = mine.filter(state="running", due_at__gt=at, due_at__lte=at + SOON).select_related("case")
    found: dict[str, list[Risk]] = defaultdict(list)
    for clock in clocks.order_by("due_at", "pk")[:MOST]:
        book = rulebook_versions.of(clock.case)
        rule = book.deadline(clock.rule)
        for metric in _counts(book, clock.rule):
            found[metric].append(Risk(clock.case, rule.label if rule else "", clock.due_at))
    return found


def _counts(book: Rulebook, rule_id: str) -> list[str]:
    """The metrics a missed clock counts."""
    rule = book.deadline(rule_id)
    counted = (one.argument for one in rule.missed) if rule else ()
    return [one.metric for one in counted if isinstance(one, arguments.Count)]
