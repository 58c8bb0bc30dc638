"""Presence on pages: what a page says while somebody writes or looks, and the door through which pages tell it."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tratativa.accounts import teams
from tratativa.accounts.actors import Actor
from tratativa.cases.core import audience, protocols, rulebook_versions
from tratativa.cases.core.refusals import Invalid
from tratativa.cases.messages import addressing
from tratativa.cases.models import Case
from tratativa.cases.reading import presence
from tratativa.cases.sentences.reader import party_name
from tratativa.rulebook.terms.parties import Party
from tratativa.web.frame import scoped_get, typed
from tratativa.web.frame.gates import CustomerRequest, StaffRequest, customer, staff


@dataclass(frozen=True)
class Presence:
    """What a page needs to speak of others: where to tell of oneself, sentences by party, one's team by key."""

    url: str
    me: str
    parties: dict[str, str]
    team: dict[str, str]
    views: bool


def of(case: Case, actor: Actor) -> Presence:
    """The sentences this reader's page shows; names of people are for their own team only."""
    book, shown = rulebook_versions.of(case), protocols.show(case.protocol)
    names = {
        Party.CUSTOMER: case.customer.name if case.customer else "",
        Party.SELLER: case.seller.name if case.seller else "",
        Party.MARKETPLACE: case.marketplace.name,
    }
    others = [party for party in names if party is not actor.party]
    writes = {str(one): _("%(who)s está digitando…") % {"who": names[one] or party_name(book, one)} for one in others}
    inside = actor.party is not Party.CUSTOMER
    team = {str(one.id): one.name for one in teams.others(actor)} if inside else {}
    url = reverse("presence" if inside else "my_presence", args=[shown])
    return Presence(url, str(actor.person), writes, team, inside)


@require_POST
@staff
def tell(request: StaffRequest, protocol: str) -> HttpResponse:
    """Takes that a member of staff writes, or has the case open, and passes it on."""
    case = scoped_get.case(request.actor, protocol)
    if request.POST.get("does") == presence.VIEWING:
        presence.viewing(case, by=request.actor)
        return HttpResponse(status=204)
    writing = typed.read(request.POST, asks=False)
    try:
        sending = addressing.address(rulebook_versions.of(case), request.actor, writing.to, writing.customer_reads)
        readers = sending.readers
    except Invalid:
        readers = audience.of(request.actor.party)
    presence.writing(case, by=request.actor, readers=readers)
    return HttpResponse(status=204)


@require_POST
@customer
def my_tell(request: CustomerRequest, protocol: str) -> HttpResponse:
    """Takes that the customer writes, and passes it on."""
    case = scoped_get.case(request.actor, protocol)
    presence.writing(case, by=request.actor, readers=audience.EVERYONE)
    return HttpResponse(status=204)
