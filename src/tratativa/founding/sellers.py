"""Sellers: found by name or document, and made by hand."""

import uuid
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tratativa.accounts import documents, text
from tratativa.accounts.models import Marketplace, Seller
from tratativa.accounts.people.refusals import Refused
from tratativa.accounts.people.team import Doer
from tratativa.cases.core import rulebook_versions
from tratativa.founding import companies

SIZE = 50
_ORDER = ("name", "id")


@dataclass(frozen=True)
class Page:
    """Sellers by name, and the keys to go on after and back before; None where there is nothing more that way."""

    rows: list[Seller]
    after: uuid.UUID | None = None
    before: uuid.UUID | None = None


def find(marketplace: Marketplace, said: str) -> QuerySet[Seller]:
    """The marketplace's sellers whose name holds these words or whose document begins so; all where nothing is said."""
    every, said = Seller.objects.filter(marketplace=marketplace), text.line(said)[:160]
    if not said:
        return every
    wanted = Q()
    for word in said.split():
        wanted &= Q(name__icontains=word)
    plain = documents.plain(said)
    if any(char.isdigit() for char in plain):
        wanted |= Q(document__startswith=plain)
    return every.filter(wanted)


def page(found: QuerySet[Seller], *, after: uuid.UUID | None = None, before: uuid.UUID | None = None) -> Page:
    """A page of them by name, after or before the seller with this key, never by counting past others.

    A key that is none of theirs begins at the beginning.
    """
    cursor = after or before
    place = found.filter(pk=cursor).first() if cursor else None
    backwards = bool(place and before and not after)
    rows = found.order_by(*(f"-{name}" for name in _ORDER) if backwards else _ORDER)
    if place:
        step = "lt" if backwards else "gt"
        rows = rows.filter(Q(**{f"name__{step}": place.name}) | Q(name=place.name, **{f"id__{step}": place.pk}))
    got = list(rows[: SIZE + 1])
    more, got = len(got) > SIZE, got[:SIZE]
    if backwards:
        got.reverse()
    if not got:
        return Page([])
    follows, precedes = (True, more) if backwards else (more, place is not None)
    return Page(got, got[-1].pk if follows else None, got[0].pk if precedes else None)


@transaction.atomic
def make(marketplace: Marketplace, document: str, name: str, *, by: Doer) -> Seller:
    """A seller that was not there before. Raises Refused, for a wrong document and for one that somebody has, too."""
    try:
        plain = documents.parse(document, rulebook_versions.in_force(marketplace.pk).land.documents)
    except documents.BadDocument as bad:
        raise Refused(str(bad), "document") from None
    seller, made = companies.add_seller(marketplace, plain, name, by=by)
    if not made:
        raise Refused(_("%(name)s já tem este documento.") % {"name": seller.name}, "document")
    return seller
