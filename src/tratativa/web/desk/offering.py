"""What a field offers to choose from: colleagues, a customer's last orders, the marketplace's sellers."""

from collections.abc import Sequence

from tratativa.accounts import documents, moments
from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Customer
from tratativa.cases.core import visibility
from tratativa.cases.sentences import labels
from tratativa.rulebook.language.money_rules import MoneyRules

LAST = 10  # orders of a customer's, the newest first
MANY = 200  # sellers by name; the others are found by their document


def orders(customer: Customer | None, actor: Actor, money: MoneyRules) -> list[tuple[str, str]]:
    """The customer's last orders, by number, told in a line; none where nobody knows whose."""
    if customer is None:
        return []
    last = visibility.visible_orders(actor).filter(customer=customer).select_related("seller")
    return [
        (
            one.number,
            " · ".join([
                one.number, one.seller.name, labels.stage(one.stage), money.show(one.total_cents),
                moments.day(one.ordered_at),
            ]),
        )
        for one in last.order_by("-ordered_at")[:LAST]
    ]  # fmt: skip


def sellers(actor: Actor, kinds: Sequence[str]) -> list[tuple[str, str]]:
    """The marketplace's sellers by name, with their document, one of these kinds."""
    known = visibility.visible_sellers(actor).order_by("name", "id")[:MANY]
    return [(one.name, documents.show(one.document, kinds)) for one in known]
