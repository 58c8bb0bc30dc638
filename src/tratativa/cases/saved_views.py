"""Saved views: filters a member of staff named, to come back to."""

import uuid

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tratativa.accounts import text
from tratativa.accounts.actors import Actor
from tratativa.cases.models import SavedView
from tratativa.cases.refusals import Invalid

LIMIT = 30


def of(actor: Actor) -> QuerySet[SavedView]:
    """The actor's views in this organisation, by name."""
    return SavedView.objects.filter(author_id=actor.person, organisation_id=_place(actor)).order_by("name")


def save(actor: Actor, *, name: str, query: str) -> SavedView:
    """Keeps a query string under a name; the same name again replaces it. Raises Invalid."""
    clean = text.line(name)
    if not clean or len(clean) > 60:
        raise Invalid({"name": _("Dê um nome de até 60 letras à vista.")})
    if of(actor).exclude(name=clean).count() >= LIMIT:
        raise Invalid({"name": _("Você já tem %(limit)d vistas; apague uma antes.") % {"limit": LIMIT}})
    view, _made = SavedView.objects.update_or_create(
        organisation_id=_place(actor), author_id=actor.person, name=clean, defaults={"query": query[:600]}
    )
    return view


def delete(actor: Actor, view_id: uuid.UUID) -> None:
    """Forgets one of the actor's views; another's stays untouched."""
    SavedView.objects.filter(pk=view_id, author_id=actor.person, organisation_id=_place(actor)).delete()


def _place(actor: Actor) -> uuid.UUID:
    """The organisation the view belongs to: the seller, or else the marketplace."""
    return actor.seller_id or actor.marketplace_id
