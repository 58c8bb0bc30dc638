"""Reaching a queue: where the letters to its partner go, before it was ever asked too."""

import uuid

from django.http import Http404

from tratativa.accounts.models import Partner
from tratativa.accounts.people import partners
from tratativa.rulebook.language.playbooks import Queue
from tratativa.web.frame.gates import StaffRequest


def addresses(request: StaffRequest, queue: Queue | None) -> list[dict[str, str]]:
    """Who answers and at which address; none for the team's own queue, which is no partner's."""
    if queue is None:
        return []
    known = partners.of_queue(request.actor.marketplace_id, queue.id)
    if not known and queue.of == "marketplace":
        return [{"key": "", "name": queue.label, "email": ""}]
    return [{"key": str(one.pk), "name": one.name, "email": one.email} for one in known]


def chosen(request: StaffRequest, queue: Queue | None) -> Partner:
    """The partner a form names, or the one a queue of the marketplace's has. Raises Http404."""
    if queue is None:
        raise Http404
    market, raw = request.actor.marketplace_id, request.POST.get("partner", "")
    if not raw and queue.of == "marketplace":
        return partners.answering(market, queue.id, name=queue.label)
    try:
        key = uuid.UUID(raw)
    except ValueError:
        raise Http404 from None
    found = next((one for one in partners.of_queue(market, queue.id) if one.pk == key), None)
    if found is None:
        raise Http404
    return found
