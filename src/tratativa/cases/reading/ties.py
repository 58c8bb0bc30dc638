"""The cases that were tied to one, as far as a reader may know of them."""

from django.db.models import Q, QuerySet

from tratativa.accounts.actors import Actor
from tratativa.cases.core import visibility
from tratativa.cases.models import Case, Tie
from tratativa.rulebook.terms.parties import Party


def of(case: Case, actor: Actor) -> QuerySet[Case]:
    """The cases tied to this one that the actor may see, newest first; customers and partners know of no tie."""
    if actor.party not in (Party.MARKETPLACE, Party.SELLER):
        return Case.objects.none()
    after, before = Tie.objects.filter(first=case.pk), Tie.objects.filter(second=case.pk)
    found = visibility.visible_cases(actor).filter(Q(pk__in=after.values("second")) | Q(pk__in=before.values("first")))
    return found.order_by("-opened_at", "pk")
