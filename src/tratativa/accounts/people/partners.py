"""Partners: who answers a queue, and the address the letters of its child cases go to."""

import uuid

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from tratativa.accounts import text
from tratativa.accounts.models import Partner, Seller

LIMIT = 200


class BadAddress(ValueError):
    """What was written is no e-mail address; the message says so to its author."""


def answering(marketplace_id: uuid.UUID, queue: str, *, name: str, seller: Seller | None = None) -> Partner:
    """The partner that answers this queue, or this seller's own; made when it is first needed."""
    partner, _made = Partner.objects.get_or_create(
        marketplace_id=marketplace_id, queue=queue, seller=seller, defaults={"name": name}
    )
    return partner


def of_queue(marketplace_id: uuid.UUID, queue: str) -> list[Partner]:
    """Who answers this queue, by name; of a queue each seller has for its own, the first 200."""
    return list(Partner.objects.filter(marketplace_id=marketplace_id, queue=queue).order_by("name", "id")[:LIMIT])


def write_to(partner: Partner, raw: str) -> None:
    """Sends the partner's letters to this address from now on; empty, to its people only. Raises BadAddress."""
    address = text.line(raw)
    try:
        if address:
            validate_email(address)
    except ValidationError:
        raise BadAddress(_("Este não é um endereço de e-mail: «%(address)s».") % {"address": address[:80]}) from None
    partner.email = address
    partner.save(update_fields=["email"])
