"""The outbox: the letters a customer was sent about a case, and those of the marketplace that did not arrive (T-01)."""

from django.db import transaction
from django.db.models import F, Q, QuerySet

from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Customer
from tratativa.cases.core import audience, visibility, work
from tratativa.mail.models import Letter
from tratativa.rulebook.terms.parties import Party


def visible(actor: Actor) -> QuerySet[Letter]:
    """The letters to customers this actor may read: of its cases, about entries it may read. For others: none."""
    if actor.party not in {Party.SELLER, Party.MARKETPLACE}:
        return Letter.objects.none()
    letters = Letter.objects.filter(case__in=visibility.visible_cases(actor), party=str(Party.CUSTOMER))
    return letters.annotate(heard=F("entry__audience").bitand(audience.BIT[actor.party])).filter(heard__gt=0)


def lost(actor: Actor) -> QuerySet[Letter]:
    """What the marketplace's letters could not reach: given up, or returned. For its team alone."""
    if actor.party is not Party.MARKETPLACE:
        return Letter.objects.none()
    mine = Letter.objects.filter(marketplace_id=actor.marketplace_id)
    return mine.filter(Q(state="failed") | Q(bounced_at__isnull=False))


def again(letter: Letter) -> bool:
    """Sends a lost letter again, to the address its customer has now, under the Message-ID it had; false if it is lost
    no longer."""
    with transaction.atomic():
        waiting = Q(state="failed") | Q(state="sent", bounced_at__isnull=False)
        found = Letter.objects.select_for_update().filter(waiting, pk=letter.pk).first()
        if found is None:
            return False
        found.state, found.tries, found.trouble, found.bounce = "waiting", 0, "", ""
        found.sent_at = found.bounced_at = None
        found.address = _address(found)
        found.save()
        work.ask("mail.send_letter", lock=found.case_id, letter_id=found.pk)
    return True


def _address(letter: Letter) -> str:
    """The customer's own may have been mended since; a colleague's or a partner's letter goes where it went."""
    if letter.party != Party.CUSTOMER:
        return letter.address
    known = Customer.objects.filter(pk=letter.reader_id).values_list("email", flat=True).first()
    return known or letter.address
