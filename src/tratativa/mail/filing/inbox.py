"""The inbox: the letters that came in, for the team that looks after the post and for the pages of a case."""

from datetime import datetime

from django.db.models import QuerySet

from tratativa.accounts.actors import Actor
from tratativa.cases.models import Case
from tratativa.mail.models import Arrival, Mailbox
from tratativa.rulebook.terms.parties import Party


def visible(actor: Actor) -> QuerySet[Arrival]:
    """The letters this actor may see whole: the marketplace's team alone, for they hold addresses (A-34)."""
    if actor.party is not Party.MARKETPLACE:
        return Arrival.objects.none()
    return Arrival.objects.filter(marketplace_id=actor.marketplace_id)


def mailboxes(actor: Actor) -> QuerySet[Mailbox]:
    """The mailboxes this actor looks after."""
    if actor.party is not Party.MARKETPLACE:
        return Mailbox.objects.none()
    return Mailbox.objects.filter(marketplace_id=actor.marketplace_id).order_by("address")


def unopened(case: Case, by: datetime) -> bool:
    """Whether a letter that came by then waits to be opened on this case."""
    return Arrival.objects.filter(case=case, state="waiting", at__lte=by).exists()
