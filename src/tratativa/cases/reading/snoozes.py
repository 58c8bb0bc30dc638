"""Snoozes as they are read: a team's own, while they hold."""

from datetime import datetime

from django.db.models import Exists, F, OuterRef

from tratativa.accounts.actors import Actor
from tratativa.cases.models import Case, Snooze
from tratativa.cases.models.tags import owner
from tratativa.rulebook.terms.parties import Party

_TEAMS = (Party.MARKETPLACE, Party.SELLER)


def holds(actor: Actor, at: datetime) -> Exists:
    """Whether the actor's team has put a case aside, and neither the moment nor anything else has come since."""
    mine = Snooze.objects.filter(owner_id=owner(actor.marketplace_id, actor.seller_id))
    return Exists(mine.filter(case=OuterRef("pk"), until__gt=at, at__gte=OuterRef("last_activity_at")))


def of_case(case: Case, actor: Actor, *, at: datetime) -> Snooze | None:
    """The team's snooze of the case, while it holds; one query."""
    if actor.party not in _TEAMS or not case.is_open:
        return None
    mine = Snooze.objects.filter(case=case, owner_id=owner(actor.marketplace_id, actor.seller_id), until__gt=at)
    return mine.filter(at__gte=F("case__last_activity_at")).select_related("by").first()
