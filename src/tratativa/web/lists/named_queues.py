"""A team's queues by name: its own, and for the marketplace those of its rulebook."""

from dataclasses import dataclass

from django.http import Http404
from django.utils.translation import gettext as _

from tratativa.cases.core import rulebook_versions
from tratativa.cases.models import QueueAssignment
from tratativa.cases.queues.assignment import OWN
from tratativa.cases.sentences.reader import party_name
from tratativa.rulebook.language.playbooks import Queue
from tratativa.rulebook.terms.parties import Party
from tratativa.web.frame.gates import StaffRequest


@dataclass(frozen=True)
class Named:
    """A queue as pages speak of it; without one of the rulebook it is the team's own."""

    id: str
    label: str
    note: str
    queue: Queue | None = None


def of(request: StaffRequest) -> list[Named]:
    """The queues whoever asks may say something about, the team's own first."""
    book = rulebook_versions.in_force(request.actor.marketplace_id)
    team = party_name(book, request.actor.party) or _("Equipe")
    own = Named(OWN, team, _("O que espera a sua equipe."))
    if request.actor.party is Party.SELLER:
        return [own]
    named = [own, *(Named(one.id, one.label, one.note, one) for one in book.queues)]
    # What newer rules dropped goes on giving the cases of older ones, until somebody says otherwise.
    given = QueueAssignment.objects.filter(marketplace=request.actor.marketplace_id, seller=None).exclude(way="off")
    dropped = set(given.values_list("queue", flat=True)) - {one.id for one in named}
    return [*named, *(Named(one, one, _("As regras de hoje não têm mais esta fila.")) for one in sorted(dropped))]


def find(request: StaffRequest, name: str) -> Named:
    """The queue of this name among them. Raises Http404."""
    found = next((one for one in of(request) if one.id == name), None)
    if found is None:
        raise Http404
    return found
