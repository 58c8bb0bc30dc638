"""The outbox: the letters a customer was sent about a case, for whoever works on it (T-01)."""

from django.db.models import F, QuerySet

from tratativa.accounts.actors import Actor
from tratativa.cases import audience, visibility
from tratativa.mail.models import Letter
from tratativa.rulebook.parties import Party


def visible(actor: Actor) -> QuerySet[Letter]:
    """The letters to customers this actor may read: of its cases, about entries it may read. For others: none."""
    if actor.party not in {Party.SELLER, Party.MARKETPLACE}:
        return Letter.objects.none()
    letters = Letter.objects.filter(case__in=visibility.visible_cases(actor), party=str(Party.CUSTOMER))
    return letters.annotate(heard=F("entry__audience").bitand(audience.BIT[actor.party])).filter(heard__gt=0)
