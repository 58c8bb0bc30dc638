"""Saved views: filters a member of staff named, kept on the membership so that a page reads both at once."""

import uuid
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from tratativa.accounts import keys, text
from tratativa.accounts.models import Membership

LIMIT = 30
NAME_LIMIT = 60


class BadView(ValueError):
    """A view that cannot be kept; the message is the sentence for whoever named it."""


@dataclass(frozen=True)
class View:
    """A name and the query string it stands for."""

    id: uuid.UUID
    name: str
    query: str


def of(membership: Membership) -> list[View]:
    """The member's views, by name."""
    found = [View(uuid.UUID(view["id"]), view["name"], view["query"]) for view in membership.views]
    return sorted(found, key=lambda view: view.name.casefold())


def save(membership: Membership, *, name: str, query: str) -> None:
    """Keeps a query string under a name; the same name again replaces it. Raises BadView."""
    clean = name_of(name)
    with transaction.atomic():
        mine = Membership.objects.select_for_update().get(pk=membership.pk)
        others = [view for view in mine.views if view["name"] != clean]
        if len(others) >= LIMIT:
            raise BadView(_("Você já tem %(limit)d vistas; apague uma antes.") % {"limit": LIMIT})
        _keep(mine, [*others, {"id": str(keys.new()), "name": clean, "query": query[:600]}])


def name_of(raw: str) -> str:
    """A view's name as it is kept. Raises BadView."""
    clean = text.line(raw)
    if not clean or len(clean) > NAME_LIMIT:
        raise BadView(_("Dê um nome de até %(limit)d letras à vista.") % {"limit": NAME_LIMIT})
    return clean


def delete(membership: Membership, view_id: uuid.UUID) -> None:
    """Forgets one of the member's views; one that is not theirs is not there to forget."""
    with transaction.atomic():
        mine = Membership.objects.select_for_update().get(pk=membership.pk)
        _keep(mine, [view for view in mine.views if view["id"] != str(view_id)])


def _keep(mine: Membership, views: list[dict[str, str]]) -> None:
    mine.views = views
    mine.save(update_fields=["views"])
