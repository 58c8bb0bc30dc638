"""Everything of the retailer's 360 in one view, for the panel beside a case and for the page that enlarges it."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Customer, Person
from tratativa.cases.core import protocols, rulebook_versions, visibility
from tratativa.cases.models import Case
from tratativa.orders import registrations, registry
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.parties import Party
from tratativa.web.lists import siblings
from tratativa.web.lists.siblings import Sibling
from tratativa.web.retailer import bought_orders, funds, identity, registration
from tratativa.web.retailer.bought_orders import Bought, Short
from tratativa.web.retailer.funds import Credit, Slip
from tratativa.web.retailer.identity import Identified, Paper
from tratativa.web.retailer.registration import Card


@dataclass(frozen=True)
class View:
    """The retailer as the page shows it. `push_url` and `ask_url` are empty where no case is there to act from."""

    key: uuid.UUID
    card: Card
    checks: list[Identified]
    papers: list[Paper]
    orders: list[Bought]
    ruptures: list[Short]
    credit: Credit
    slips: list[Slip]
    usable: int
    cases: list[Sibling]
    number: str
    shown: str
    page_url: str
    push_url: str
    ask_url: str


def address(case: Case, actor: Actor) -> str:
    """Where the panel of this case is fetched; empty where there is none: for others than the team, for child cases,
    and where customers are people."""
    if actor.party is not Party.MARKETPLACE or case.queue or not companies(rulebook_versions.of(case)):
        return ""
    if case.customer is None or not case.customer.is_registered:
        return ""
    return reverse("retailer_panel", args=[protocols.show(case.protocol)])


def page(case: Case, actor: Actor) -> str:
    """The page that enlarges this case's panel; empty where there is none."""
    return _page(case.customer_id, protocols.show(case.protocol)) if address(case, actor) else ""


def companies(book: Rulebook) -> bool:
    """Whether these rules are about registered companies."""
    return book.customers == "companies"


def view(
    customer: Customer, actor: Actor, book: Rulebook, *, at: datetime, case: Case | None = None, number: str = "",
    most: int = bought_orders.FEW,
) -> View:  # fmt: skip
    """The retailer; `case` is where one came from, `number` narrows the orders and what they lack."""
    known, lookup = registrations.of(customer), registry.last(customer)
    done = identity.entries(customer, actor)
    names = _names(identity.people(done) | registration.people(known, lookup))
    bought = bought_orders.of(customer, actor, number=number, most=most)
    slips = funds.slips(customer, at=at)
    shown = protocols.show(case.protocol) if case else ""
    return View(
        key=customer.pk,
        card=registration.card(customer, known, lookup, names, land=book.land, at=at),
        checks=identity.checks(done, names),
        papers=identity.papers(customer, actor, done, names),
        orders=bought,
        ruptures=[short for one in bought for short in one.ruptures],
        credit=funds.credit(customer, known, book, at=at),
        slips=slips,
        usable=sum(1 for slip in slips if slip.usable),
        cases=_others(customer, actor, case),
        number=number,
        shown=shown,
        page_url=_page(customer.pk, shown),
        push_url=reverse("push_signup", args=[shown]) if case else "",
        ask_url=reverse("ask_registry", args=[shown]) if case else "",
    )


def _page(key: uuid.UUID | None, shown: str) -> str:
    return reverse("retailer", args=[key], query={"case": shown} if shown else {})


def _names(keys: set[uuid.UUID]) -> dict[uuid.UUID, str]:
    return dict(Person.objects.filter(pk__in=keys).values_list("pk", "name"))


def _others(customer: Customer, actor: Actor, but: Case | None) -> list[Sibling]:
    cases = visibility.visible_cases(actor).filter(customer=customer).order_by("-opened_at", "-id")[:31]
    return [siblings.of(one, actor) for one in cases if but is None or one.pk != but.pk][:30]
