"""Shared views: filters of the list a whole team comes back to, by name; those it pinned stand above the list."""

import uuid
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Marketplace, Seller
from tratativa.cases.models import SharedView
from tratativa.cases.reading.saved_views import LIMIT, BadView, name_of

PINNED = 8  # that stand above the list


def of(actor: Actor) -> list[SharedView]:
    """The views of the actor's team, by name. One query."""
    return sorted(_of(actor), key=lambda view: view.name.casefold())


def share(actor: Actor, *, name: str, query: str, pinned: bool, at: datetime) -> SharedView:
    """Keeps a query string under a name for the whole team; the same name again replaces it. Raises BadView."""
    clean = name_of(name)
    with transaction.atomic():
        others = list(_of(actor).exclude(name=clean).select_for_update())
        if len(others) >= LIMIT:
            raise BadView(_("A equipe já tem %(limit)d vistas; apague uma antes.") % {"limit": LIMIT})
        if pinned:
            _check_room(others)
        made, _fresh = SharedView.objects.update_or_create(
            marketplace=Marketplace(pk=actor.marketplace_id),
            seller=Seller(pk=actor.seller_id) if actor.seller_id else None,
            name=clean,
            defaults={"query": query[:600], "pinned": pinned, "made_by_id": actor.person_id, "made_at": at},
        )  # fmt: skip
    return made


def pin(actor: Actor, view: SharedView) -> None:
    """Puts one of the team's views above the list. Raises BadView where as many stand there as fit."""
    with transaction.atomic():
        _check_room([other for other in _of(actor).select_for_update() if other.pk != view.pk])
        _of(actor).filter(pk=view.pk).update(pinned=True)


def unpin(actor: Actor, view: SharedView) -> None:
    """Takes one of the team's views from above the list; it stays among the others."""
    _of(actor).filter(pk=view.pk).update(pinned=False)


def forget(actor: Actor, view: SharedView) -> None:
    """Forgets one of the team's views."""
    _of(actor).filter(pk=view.pk).delete()


def find(actor: Actor, key: uuid.UUID) -> SharedView | None:
    """One of the team's views; another team's is not there."""
    return _of(actor).filter(pk=key).first()


def _of(actor: Actor) -> QuerySet[SharedView]:
    of_market = SharedView.objects.filter(marketplace_id=actor.marketplace_id)
    return of_market.filter(seller_id=actor.seller_id) if actor.seller_id else of_market.filter(seller=None)


def _check_room(others: list[SharedView]) -> None:
    if sum(one.pinned for one in others) >= PINNED:
        raise BadView(_("Já há %(limit)d vistas fixadas; solte uma antes.") % {"limit": PINNED})
