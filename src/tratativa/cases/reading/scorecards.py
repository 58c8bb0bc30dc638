"""A seller's standing: what counts for it within the rulebook's window, from what, and what may be proposed."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from tratativa.accounts.actors import Actor
from tratativa.cases.core import rulebook_versions, visibility
from tratativa.cases.models import Case, Mark
from tratativa.rulebook.conduct.rules import ConductRule
from tratativa.rulebook.language.actions import Action
from tratativa.rulebook.language.deadlines import Deadline
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.language.scoring import Consequence, Metric, Score

LIMIT = 200  # events shown at once, newest first; totals count all


@dataclass(frozen=True)
class Event:
    """A mark and what counted it: a deadline, an action or a rule of conduct, if its rulebook still knows it."""

    mark: Mark
    book: Rulebook
    rule: Deadline | Action | ConductRule | None


@dataclass(frozen=True)
class Tally:
    """How often one metric counts now, and the events its reader may see (contested and voided ones too)."""

    metric: Metric
    counted: int
    events: tuple[Event, ...]


@dataclass(frozen=True)
class Standing:
    """A seller's standing. `rules` are all consequences of the rulebook, `proposed` those reached now."""

    score: Score
    tallies: tuple[Tally, ...]
    rules: tuple[Consequence, ...]
    proposed: tuple[Consequence, ...]


def score(marketplace_id: uuid.UUID) -> Score | None:
    """What the marketplace's current rulebook counts, if anything."""
    return rulebook_versions.in_force(marketplace_id).score


def read(seller_id: uuid.UUID, actor: Actor, *, at: datetime) -> Standing | None:
    """The seller's standing as this actor may know it; None where the rulebook counts nothing. Two queries.

    The caller has made sure that the actor may know of this seller.
    """
    rules = score(actor.marketplace_id)
    if rules is None:
        return None
    counts = totals([seller_id], rules, at=at).get(seller_id, {})
    events = _events(seller_id, actor, at=at - rules.span)
    tallies = tuple(Tally(one, counts.get(one.id, 0), tuple(events.get(one.id, ()))) for one in rules.metrics)
    proposed = tuple(one for one in rules.consequences if one.reached(counts))
    return Standing(rules, tallies, rules.consequences, proposed)


def totals(sellers: Iterable[uuid.UUID], rules: Score, *, at: datetime) -> Mapping[uuid.UUID, Mapping[str, int]]:
    """What counts now, by seller and metric id: within the window, voided marks left out. One query."""
    marks = Mark.objects.filter(seller__in=list(sellers), at__gt=at - rules.span, voided=False)
    found: dict[uuid.UUID, dict[str, int]] = defaultdict(dict)
    for row in marks.order_by().values("seller_id", "metric").annotate(found=Count("id")):
        found[row["seller_id"]][row["metric"]] = row["found"]
    return found


def nears(case: Case, metric: str, *, at: datetime) -> bool:
    """Whether what was counted on the case at this moment brought the seller to the last count before a consequence,
    or to a fifth of the limit before it; every other count the consequence asks for is above its limit already.

    Told by the mark's own place among the others: of several in one moment each has its own. Three queries at most.
    """
    rules, mark = score(case.marketplace_id), Mark.objects.filter(case=case, metric=metric, at=at).last()
    about = [one for one in rules.consequences if metric in one.when] if rules else []
    if rules is None or mark is None or not about:
        return False
    counts = totals([mark.seller_id], rules, at=at).get(mark.seller_id, {})
    earlier = Mark.objects.filter(Q(at__lt=at) | Q(at=at, pk__lte=mark.pk), seller=mark.seller_id, metric=metric)
    place = earlier.filter(at__gt=at - rules.span, voided=False).count()
    return any(
        place in {one.when[metric].gt, one.when[metric].gt - one.when[metric].gt // 5}
        and all(counts.get(other, 0) > limit.gt for other, limit in one.when.items() if other != metric)
        for one in about
    )


def _events(seller_id: uuid.UUID, actor: Actor, *, at: datetime) -> Mapping[str, list[Event]]:
    """The seller's marks since `at`, by metric; a contest that waits for its decision is never too old."""
    waiting = Q(contest__isnull=False, decision=None)
    marks = (
        visibility.visible_marks(actor)
        .filter(Q(at__gt=at) | waiting, seller_id=seller_id)
        .select_related("case", "contest__words", "decision__words")
        .order_by("-at", "-id")[:LIMIT]
    )
    found: dict[str, list[Event]] = defaultdict(list)
    for mark in marks:
        book = rulebook_versions.of(mark.case)
        found[mark.metric].append(Event(mark, book, _rule(book, mark.source)))
    return found


def _rule(book: Rulebook, source: str) -> Deadline | Action | ConductRule | None:
    kind, _colon, name = source.rpartition("@")[0].partition(":")
    if kind == "conduct":
        return next((rule for rule in book.conduct if rule.id == name), None)
    return book.deadline(name) if kind == "deadline" else book.action(name)
