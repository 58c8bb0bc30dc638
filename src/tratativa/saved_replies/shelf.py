"""The shelf: which saved replies somebody may use, and which of them they may change."""

import uuid
from datetime import datetime

from django.db.models import Case as When
from django.db.models import F, IntegerField, Q, QuerySet, Value
from django.db.models import When as If

from tratativa.accounts import text
from tratativa.accounts.actors import Actor
from tratativa.accounts.rights import Right
from tratativa.cases.models.tags import owner
from tratativa.rulebook.terms.parties import Party
from tratativa.saved_replies.models import Reach, SavedReply

MOST = 500  # of one reach: what a picker shows at once
_TEAMS = (Party.MARKETPLACE, Party.SELLER)


def of(actor: Actor) -> QuerySet[SavedReply]:
    """The replies this person may use: their own, their team's, and for a seller those the marketplace offers."""
    if actor.party not in _TEAMS or actor.person_id is None:
        return SavedReply.objects.none()
    here = SavedReply.objects.filter(marketplace_id=actor.marketplace_id)
    own = Q(reach=Reach.PERSONAL, owner_id=actor.person_id, seller_id=actor.seller_id)
    team = Q(reach=Reach.TEAM, owner_id=owner(actor.marketplace_id, actor.seller_id), seller_id=actor.seller_id)
    return here.filter(own | team | Q(reach=Reach.SELLERS))


def offered(actor: Actor) -> QuerySet[SavedReply]:
    """Those to choose from while answering: one's own first, then the team's, the most used first."""
    mine = of(actor)
    if actor.party is Party.MARKETPLACE:
        mine = mine.exclude(reach=Reach.SELLERS)  # they are written for sellers to say
    nearest = When(
        If(reach=Reach.PERSONAL, then=Value(0)), If(reach=Reach.TEAM, then=Value(1)), default=Value(2),
        output_field=IntegerField(),
    )  # fmt: skip
    return mine.annotate(nearness=nearest).order_by("nearness", "-uses", "folded")[: 3 * MOST]


def find(actor: Actor, said: str, reach: str = "") -> QuerySet[SavedReply]:
    """Those whose name, shortcut or text has all of these words, by name; `reach` narrows to one."""
    found = of(actor)
    if reach in Reach.values:
        found = found.filter(reach=reach)
    for word in text.folded(said).split():
        found = found.filter(found_by__contains=word)
    return found.order_by("folded", "id")


def reaches(actor: Actor) -> list[Reach]:
    """For whom this person may write replies: anybody who answers for themselves, who leads for the team."""
    if actor.party not in _TEAMS or not actor.may(Right.ANSWER):
        return []
    if not actor.may(Right.REPLIES):
        return [Reach.PERSONAL]
    return [Reach.PERSONAL, Reach.TEAM, *([Reach.SELLERS] if actor.party is Party.MARKETPLACE else [])]


def may_change(reply: SavedReply, actor: Actor) -> bool:
    """Whether this person may change or delete a reply they may use."""
    return reply.reach in reaches(actor)


def used(reply: SavedReply, *, at: datetime) -> None:
    """Counts that a reply was put into an answer."""
    SavedReply.objects.filter(pk=reply.pk).update(uses=F("uses") + 1, used_at=at)


def chosen(actor: Actor, raw: str) -> SavedReply | None:
    """The reply of this key, as a form or an address carries it, among those the person may use; None otherwise."""
    try:
        return of(actor).filter(pk=uuid.UUID(raw)).first()
    except ValueError:
        return None
