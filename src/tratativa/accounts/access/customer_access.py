"""A customer's access once they are in: by which way, whether it still holds, and ending it everywhere."""

import uuid
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from tratativa.accounts.models import Customer, Key


def still(customer_id: str, *, link_id: str | None, entered: float, at: datetime) -> Customer | None:
    """The customer of a session that began at `entered` (seconds since the epoch), with its marketplace, if it holds.

    One that came by a link holds no longer than the link; none holds that began before the customer was shut out.
    """
    found = Customer.objects.select_related("marketplace").filter(pk=customer_id)
    if link_id is not None:
        found = found.filter(pk__in=_alive(at).filter(pk=link_id).values("customer"))
    customer = found.first()
    if customer is None:
        return None
    shut = customer.entered_after
    return None if shut and entered <= shut.timestamp() else customer


@transaction.atomic
def shut_out(customer_id: uuid.UUID, *, at: datetime) -> int:
    """Ends every session of the customer and every link and code given so far; returns how many links were alive.

    Later letters carry new links, and the door stays open to whoever comes anew.
    """
    Customer.objects.filter(pk=customer_id).update(entered_after=at)
    mine = Key.objects.filter(customer=customer_id, revoked_at=None)
    ended = mine.filter(kind="link", expires_at__gt=at).count()
    mine.update(revoked_at=at)
    return ended


def _alive(at: datetime) -> QuerySet[Key]:
    return Key.objects.filter(kind="link", revoked_at=None, used_at=None, expires_at__gt=at)
