"""Contacts: who is no customer, or not yet, and left a name and a way to be answered (K10, K16)."""

import uuid
from dataclasses import dataclass

from tratativa.accounts import telephones, text
from tratativa.accounts.models import Customer


@dataclass(frozen=True)
class Contact:
    """What somebody without a registration left: a name, an e-mail, a telephone; each may be empty."""

    name: str = ""
    email: str = ""
    phone: str = ""

    def __bool__(self) -> bool:
        return bool(self.name or self.email or self.phone)


def keep(marketplace_id: uuid.UUID, contact: Contact) -> Customer:
    """The row this contact is known by: a customer without a document. The same e-mail is the same one again.

    Nobody who has a registration is ever found here: an address proves nothing.
    """
    strangers = Customer.objects.filter(marketplace_id=marketplace_id, document="", email__iexact=contact.email)
    known = strangers.order_by("id").first() if contact.email else None
    if known:
        return known
    return Customer.objects.create(
        marketplace_id=marketplace_id, name=text.line(contact.name)[:160] or contact.email or contact.phone,
        email=contact.email, phone=telephones.kept(contact.phone),
    )  # fmt: skip
