"""Unstaffed: sellers nobody administers and queues nobody answers: what is asked of them waits for ever."""

from collections.abc import Collection, Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet

from tratativa.accounts.models import Marketplace, Membership, Partner, Seller
from tratativa.cases.core import rulebook_versions
from tratativa.rulebook.language.playbooks import Queue


def sellers(marketplace: Marketplace) -> QuerySet[Seller]:
    """Sellers without an administrator who may sign in, by name: nobody lets others in, or answers."""
    return Seller.objects.filter(~administered(), marketplace=marketplace).order_by("name", "id")


def administered() -> Exists:
    """Of a seller, whether somebody who may sign in administers it."""
    return Exists(Membership.objects.filter(seller=OuterRef("pk"), role="admin", person__is_active=True))


def queues(marketplace: Marketplace) -> Sequence[Queue]:
    """The marketplace's own queues of partners that nobody answers: no people, and no address letters go to."""
    if not marketplace.adoptions.exists():
        return []
    named = [one for one in rulebook_versions.in_force(marketplace.pk).queues if one.of == "marketplace"]
    answered = _answered(marketplace) if named else set()
    return [one for one in named if one.id not in answered]


def _answered(marketplace: Marketplace) -> Collection[str]:
    people = Membership.objects.filter(partner=OuterRef("pk"), person__is_active=True)
    found = Partner.objects.filter(Q(Exists(people)) | ~Q(email=""), marketplace=marketplace, seller=None)
    return set(found.values_list("queue", flat=True))
