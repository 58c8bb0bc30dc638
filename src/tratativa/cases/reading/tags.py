"""Tags as they are read: a case's, a page of cases', and those a team uses; each team its own alone."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Count, Exists, OuterRef, QuerySet

from tratativa.accounts import text
from tratativa.accounts.actors import Actor
from tratativa.cases.models import Case, Tag, Tagging
from tratativa.cases.models.tags import owner
from tratativa.rulebook.terms.parties import Party

OFFERED = 200  # those a field suggests: the most used
_TEAMS = (Party.MARKETPLACE, Party.SELLER)


def of_case(case: Case, actor: Actor) -> list[Tag]:
    """The tags the actor's team has on this case, by word."""
    return list(_own(actor).filter(taggings__case=case).order_by("word"))


def of_cases(cases: Iterable[Case], actor: Actor) -> Mapping[uuid.UUID, list[str]]:
    """The words the actor's team has on each of these cases, in one query."""
    found: dict[uuid.UUID, list[str]] = defaultdict(list)
    rows = Tagging.objects.filter(case__in=[case.pk for case in cases], tag__in=_own(actor))
    for case_id, word in rows.order_by("tag__word").values_list("case_id", "tag__word"):
        found[case_id].append(word)
    return found


def in_use(actor: Actor) -> list[str]:
    """The words the actor's team has on any case, the most used first."""
    used = _own(actor).annotate(uses=Count("taggings")).filter(uses__gt=0)
    return list(used.order_by("-uses", "word").values_list("word", flat=True)[:OFFERED])


def of(actor: Actor) -> QuerySet[Tag]:
    """The tags of the actor's team."""
    return _own(actor)


def listed(actor: Actor) -> list[tuple[Tag, int]]:
    """The tags of the actor's team by word, each with on how many cases it is."""
    rows = _own(actor).annotate(cases=Count("taggings")).order_by("folded")
    return [(one, one.cases) for one in rows]


def on_case(word: str, party: Party) -> Exists:
    """For queries over cases: whether the team of this party has a tag of this word on it, however it is spelled."""
    mine = OuterRef("seller_id") if party is Party.SELLER else OuterRef("marketplace_id")
    return Exists(Tagging.objects.filter(case=OuterRef("pk"), tag__folded=text.folded(word), tag__owner_id=mine))


def _own(actor: Actor) -> QuerySet[Tag]:
    if actor.party not in _TEAMS:
        return Tag.objects.none()
    return Tag.objects.filter(owner_id=owner(actor.marketplace_id, actor.seller_id))
