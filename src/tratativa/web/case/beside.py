"""Beside a case: what else its customer asked, and how its seller stands just now."""

import uuid
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse

from tratativa.accounts.actors import Actor
from tratativa.cases.core import visibility
from tratativa.cases.models import Case
from tratativa.cases.models.case import OPEN, OVERDUE
from tratativa.rulebook.terms.parties import Party
from tratativa.web.lists import siblings
from tratativa.web.lists.siblings import Sibling

MOST = 99  # cases of a seller that are counted; of more, «99+» says enough


@dataclass(frozen=True)
class SellerNow:
    """A seller as the team sees it beside a case: its open and its late cases, as far as they are
    counted."""

    name: str
    url: str
    open: str
    open_url: str
    late: str
    late_url: str


@dataclass(frozen=True)
class Beside:
    """The customer's other cases, where to read them all, and the seller for whom the team decides."""

    customers: list[Sibling]
    all_url: str
    seller: SellerNow | None


def of(case: Case, actor: Actor) -> Beside:
    """What stands beside a case for this actor: one query, and two more for the team."""
    others, more = siblings.of_customer(case, actor)
    return Beside(
        customers=others,
        all_url=_list(customer=str(case.customer_id)) if more else "",
        seller=_seller(case, actor) if actor.party is Party.MARKETPLACE and case.seller_id else None,
    )


def _seller(case: Case, actor: Actor) -> SellerNow | None:
    if case.seller is None:
        return None
    theirs = visibility.visible_cases(actor).filter(seller=case.seller_id)
    return SellerNow(
        name=case.seller.name,
        url=reverse("seller", args=[case.seller_id]),
        open=_counted(theirs.filter(OPEN)),
        open_url=_list(seller=case.seller_id),
        late=_counted(theirs.filter(OVERDUE)),
        late_url=_list(seller=case.seller_id, tab="overdue"),
    )


def _counted(cases: QuerySet[Case]) -> str:
    found = cases[: MOST + 1].count()
    return f"{MOST}+" if found > MOST else str(found)


def _list(tab: str = "all", **narrowed: uuid.UUID | str | None) -> str:
    return reverse("cases", query={"tab": tab, "history": "all", **narrowed})
