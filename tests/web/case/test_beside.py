"""Beside a case: the order's facts, what else its customer asked, and how its seller stands just now."""

from collections.abc import Callable
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import MONDAY, Cast, make_order
from tests.web.case.test_case_page import page_of
from tests.web.conftest import Enter
from tratativa.accounts.models import Seller
from tratativa.cases.acting import opening
from tratativa.cases.acting.opening import Opening
from tratativa.cases.core import protocols
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case
from tratativa.orders.models import Order
from tratativa.web.case import beside

THEIRS = "Outros atendimentos do cliente"
NOW = "O lojista agora"


def another(cast: Cast, number: str, seller: Seller | None = None) -> Case:
    """A case the customer opens about another order, by default of the same seller."""
    order = make_order(cast.marketplace, seller or cast.seller, cast.buyer, number)
    asked = Opening(order, reason="Atraso na entrega", message=Message("E este?"))
    return opening.open_case(asked, by=cast.cliente, at=MONDAY + timedelta(hours=1))


def section(page: str, title: str) -> str:
    """The card of this title; empty where there is none."""
    _before, found, after = page.partition(f'aria-label="{title}"')
    return after.partition("</section>")[0] if found else ""


def test_how_an_order_was_paid_carried_and_given_back_stands_beside_the_decision(
    cast: Cast, case: Case, enter: Enter
) -> None:
    Order.objects.filter(pk=cast.order.pk).update(
        carrier="Correios", tracking="BR900000003BR", refunded_cents=5_000, promised_at=MONDAY.date()
    )

    for actor in (cast.ana, cast.marta):
        page = page_of(case, actor, enter)
        assert "Pago com</dt>" in page and "<dd>Pix</dd>" in page
        assert "Reembolsado</dt>" in page and "R$ 50,00" in page
        assert "Comprado em</dt>" in page and "Prometido para</dt>" in page
        assert 'href="https://rastreamento.correios.com.br/app/index.php?objetos=BR900000003BR"' in page
        assert 'rel="noopener noreferrer"' in page


def test_the_team_reads_the_customer_s_other_cases_and_a_seller_only_its_own(
    cast: Cast, case: Case, enter: Enter
) -> None:
    mine, rivals = another(cast, "2002"), another(cast, "3003", Seller.objects.get(name="Loja Rival"))

    team, seller = (section(page_of(case, one, enter), THEIRS) for one in (cast.marta, cast.ana))

    assert protocols.show(mine.protocol) in team and protocols.show(rivals.protocol) in team
    assert protocols.show(mine.protocol) in seller and protocols.show(rivals.protocol) not in seller


def test_the_order_s_own_siblings_are_not_told_twice(cast: Cast, case: Case, open_case: Callable[..., Case],
                                                     enter: Enter) -> None:  # fmt: skip
    open_case(channel="phone", words="Liguei também")

    page = page_of(case, cast.marta, enter)

    assert "Outros protocolos deste pedido" in page
    assert section(page, THEIRS) == ""


def test_more_than_a_few_are_read_in_a_list_and_cost_no_more(cast: Cast, case: Case, enter: Enter) -> None:
    another(cast, "5000")
    client = enter(cast.marta)
    client.get(f"/cases/{case.protocol}/")
    with CaptureQueriesContext(connection) as few:
        assert "Ver todos" not in section(client.get(f"/cases/{case.protocol}/").text, THEIRS)
    for number in range(6):
        another(cast, f"500{number + 1}")

    with CaptureQueriesContext(connection) as many:
        told = section(client.get(f"/cases/{case.protocol}/").text, THEIRS)

    assert told.count("<li>") == 5
    assert f"/cases/?tab=all&amp;history=all&amp;customer={cast.buyer.pk}" in told
    assert len(many) == len(few)
    assert client.get(f"/cases/?tab=all&history=all&customer={cast.buyer.pk}").text.count("data-row") >= 7


def test_the_seller_s_figures_open_the_cases_they_count(cast: Cast, case: Case, enter: Enter) -> None:
    late = another(cast, "2002")
    Case.objects.filter(pk=late.pk).update(overdue_since=MONDAY)
    another(cast, "3003", Seller.objects.get(name="Loja Rival"))

    told = section(page_of(case, cast.marta, enter), NOW)
    client = enter(cast.marta)
    opened = client.get(f"/cases/?tab=all&history=all&seller={cast.seller.pk}").text
    overdue = client.get(f"/cases/?tab=overdue&history=all&seller={cast.seller.pk}").text

    assert f"seller={cast.seller.pk}" in told
    assert ">2</a>" in told and ">1</a>" in told
    assert opened.count('data-row="') == 2 and "Lojista" in opened and "Casa Aurora" in opened
    assert overdue.count('data-row="') == 1
    assert section(page_of(case, cast.ana, enter), NOW) == ""


def test_a_seller_of_thousands_is_counted_no_further_than_is_said(cast: Cast, case: Case) -> None:
    another(cast, "2002")
    another(cast, "2003")
    found = Case.objects.filter(seller=cast.seller)

    assert beside._counted(found) == "3"
    with CaptureQueriesContext(connection) as asked:
        beside._counted(found)
    assert "LIMIT 100" in asked.captured_queries[0]["sql"]
