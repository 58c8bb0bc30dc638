"""Unstaffed: sellers nobody administers and queues nobody answers: what is asked of them waits for ever."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from tratativa.accounts.models import Marketplace, Membership, Partner, Seller
from tratativa.accounts.people.models import Invitation
from tratativa.accounts.people.team import Team
from tratativa.cases.core import rulebook_versions
from tratativa.cases.queues import presence
from tratativa.cases.queues.assignment import OWN
from tratativa.cases.queues.presence import Span
from tratativa.rulebook.language.playbooks import Queue
from tratativa.rulebook.terms.parties import Party


def sellers(marketplace: Marketplace) -> QuerySet[Seller]:
    """Sellers without an administrator who may sign in, by name: nobody lets others in, or answers."""
    return Seller.objects.filter(~administered(), marketplace=marketplace).order_by("name", "id")


def administered() -> Exists:
    """Of a seller, whether somebody who may sign in administers it."""
    return Exists(Membership.objects.filter(seller=OuterRef("pk"), role="admin", person__is_active=True))


def uninvited(marketplace: Marketplace, at: datetime) -> QuerySet[Seller]:
    """Of those, the ones nobody is asked to administer either: an invitation that still opens waits for somebody."""
    return sellers(marketplace).annotate(invited_at=invited_at(at)).filter(invited_at=None)


def invited(marketplace: Marketplace, at: datetime) -> QuerySet[Seller]:
    """Of those, the ones somebody was asked to administer and has not come in yet; since when as `invited_at`."""
    return sellers(marketplace).annotate(invited_at=invited_at(at)).filter(invited_at__isnull=False)


def invited_at(at: datetime) -> Subquery:
    """Of a seller, since when somebody is asked to administer it, by the invitation that still opens; None for none."""
    waiting = Invitation.objects.filter(
        seller=OuterRef("pk"), role="admin", used_at=None, withdrawn_at=None, expires_at__gt=at
    )
    return Subquery(waiting.order_by("-made_at", "-id").values("made_at")[:1])


def queues(marketplace: Marketplace) -> Sequence[Queue]:
    """The marketplace's own queues of partners that nobody answers: no people, and no address letters go to."""
    if not marketplace.adoptions.exists():
        return []
    named = [one for one in rulebook_versions.in_force(marketplace.pk).queues if one.of == "marketplace"]
    answered = _answered(marketplace) if named else set()
    return [one for one in named if one.id not in answered]


def alone(marketplace: Marketplace, at: datetime, days: int = 30) -> Sequence[tuple[str, str, Sequence[Span]]]:
    """The queues of the marketplace's team that nobody of it is there for on some of the coming days: id, label, days.

    Two or three queries and one of the absences.
    """
    if not marketplace.adoptions.exists():
        return []
    book = rulebook_versions.in_force(marketplace.pk)
    labels = {one.id: one.label for one in book.queues} | {OWN: book.parties.get(Party.MARKETPLACE, marketplace.name)}
    today = rulebook_versions.today(marketplace.pk, at)
    found = presence.alone_between(Team(marketplace), today, today + timedelta(days=days))
    return [(queue, labels.get(queue, queue), spans) for queue, spans in found.items()]


def _answered(marketplace: Marketplace) -> Collection[str]:
    people = Membership.objects.filter(partner=OuterRef("pk"), person__is_active=True)
    found = Partner.objects.filter(Q(Exists(people)) | ~Q(email=""), marketplace=marketplace, seller=None)
    return set(found.values_list("queue", flat=True))
