"""Teams: the people of an organisation, to choose somebody from."""

import time
import uuid
from dataclasses import dataclass

from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Membership

LIMIT = 200
_REMEMBERED = 30.0  # seconds
_KNOWN: dict[tuple[uuid.UUID, uuid.UUID | None], tuple[float, list["Member"]]] = {}


@dataclass(frozen=True)
class Member:
    """Someone of a team, by key and name."""

    id: uuid.UUID
    name: str


def of(actor: Actor) -> list[Member]:
    """The active people of the actor's organisation, by name, at most 200.

    Remembered for half a minute in each process: every list offers them, and choosing somebody who has just left
    is refused when it is done.
    """
    key = (actor.marketplace_id, actor.seller_id or actor.partner_id)
    known = _KNOWN.get(key)
    if known and time.monotonic() - known[0] < _REMEMBERED:
        return known[1]
    rows = Membership.objects.filter(
        marketplace=actor.marketplace_id, seller=actor.seller_id, partner=actor.partner_id, person__is_active=True
    )
    names = rows.order_by("person__name").values_list("person_id", "person__name")[:LIMIT]
    members = [Member(person_id, name) for person_id, name in names]
    _KNOWN[key] = (time.monotonic(), members)
    return members


def others(actor: Actor) -> list[Member]:
    """The actor's colleagues: as `of`, without the actor."""
    return [member for member in of(actor) if member.id != actor.person_id]
