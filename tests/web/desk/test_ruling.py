"""A mediation is decided on one screen: both sides, the facts, what each choice does, and the next one after it."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast, local
from tests.web.conftest import Enter
from tratativa.accounts import keys
from tratativa.accounts.models import Membership, Person, Role
from tratativa.accounts.people.team import Doer, Team
from tratativa.cases import sweeping
from tratativa.cases.acting import actions
from tratativa.cases.core import protocols, rulebook_versions
from tratativa.cases.models import Case
from tratativa.orders import refunds
from tratativa.orders.models import Order
from tratativa.saved_replies import keeping
from tratativa.web.case import ruling

LATE = local("2026-11-25 10:00")
DECIDED = {"a-favor-de": "customer", "decisao": "Devolva-se.", "checked": "Li o que o cliente e o parceiro disseram",
           "reembolso": "none"}  # fmt: skip


@pytest.fixture
def mediated(cast: Cast, open_case: Callable[..., Case]) -> Callable[[], Case]:
    """Opens a case whose customer has called the marketplace."""

    def make() -> Case:
        case = open_case()
        sweeping.sweep(at=LATE)
        return actions.perform(case, "Falar com a Americanas", by=cast.cliente, at=LATE)

    return make


def page_of(case: Case) -> str:
    return reverse("action", args=[protocols.show(case.protocol), "decidir-mediacao"])


def test_the_facts_both_sides_and_what_the_choices_do_are_on_one_page(
    cast: Cast, mediated: Callable[[], Case], enter: Enter
) -> None:
    case = mediated()
    Order.objects.filter(pk=cast.order.pk).update(carrier="Correios", tracking="BR900000003BR")
    refunds.refund(cast.order, 5_000, case_id=keys.new(), key="k", at=LATE)

    page = enter(cast.marta).get(page_of(case)).text.replace("\xa0", " ")

    assert "Joana Prado" in page and "Casa Aurora" in page
    assert "Pago com</dt>" in page and "rastreamento.correios.com.br" in page
    assert "O lojista agora" in page and "Responder ao cliente" in page
    assert "«Tudo o que foi pago» devolve R$ 149,90." in page
    assert "«Um valor» devolve até R$ 149,90." in page
    assert "De R$ 199,90 pagos, R$ 50,00 já foram devolvidos ou pedidos." in page
    assert "«Cancelar o pedido» pede o cancelamento do pedido 1001." in page
    assert "A decisão em si não conta no desempenho do lojista." in page
    assert "O atendimento é encerrado." in page


def test_what_nobody_paid_is_promised_to_nobody(cast: Cast, mediated: Callable[[], Case]) -> None:
    case = mediated()
    Order.objects.filter(pk=cast.order.pk).update(total_cents=0)
    chosen = next(one for one in rulebook_versions.of(case).actions if one.place == "ruling")

    told = ruling.brings_about(Case.objects.get(pk=case.pk), chosen, rulebook_versions.of(case))

    assert any("a mesa deixa uma tarefa" in one for one in told)
    assert not any("devolve R$" in one for one in told)


def test_after_a_decision_the_next_that_waits_longest_is_decided(
    cast: Cast, mediated: Callable[[], Case], enter: Enter
) -> None:
    first, second, third = mediated(), mediated(), mediated()
    Case.objects.filter(pk=third.pk).update(waiting_since=local("2026-11-24 10:00"))
    client = enter(cast.marta)
    assert "Decidir e ir à próxima" in client.get(page_of(first)).text

    gone_on = client.post(page_of(first), {**DECIDED, "seen": first.row_version, "then": "next"})
    stayed = client.post(page_of(third), {**DECIDED, "seen": third.row_version})
    last = client.post(page_of(second), {**DECIDED, "seen": second.row_version, "then": "next"})

    assert gone_on["Location"] == page_of(third)
    assert stayed["Location"] == reverse("case", args=[protocols.show(third.protocol)])
    assert last["Location"] == reverse("mediations")


def test_where_no_other_waits_no_next_is_offered(cast: Cast, mediated: Callable[[], Case], enter: Enter) -> None:
    assert "Decidir e ir à próxima" not in enter(cast.marta).get(page_of(mediated())).text


def test_a_decision_may_begin_with_a_ready_text(cast: Cast, mediated: Callable[[], Case], enter: Enter) -> None:
    case, by = mediated(), Doer(Person.objects.get(pk=cast.marta.person_id))
    writing = keeping.Writing("Procedente", "procedente", "Decidimos a favor de {{primeiro nome}}, pedido {{pedido}}.")
    keeping.write(Team(cast.marketplace), writing, actor=cast.marta, by=by, at=LATE)
    client = enter(cast.marta)

    page = client.get(page_of(case)).text
    link = page.split('href="' + page_of(case) + "?reply=")[1].split("#")[0]
    begun = client.get(f"{page_of(case)}?reply={link}").text

    assert ">Procedente</a>" in page
    assert "Decidimos a favor de Joana, pedido 1001." in begun


def test_who_decides_no_mediations_has_no_page_to_decide_on(
    cast: Cast, mediated: Callable[[], Case], enter: Enter
) -> None:
    case, client = mediated(), enter(cast.marta)
    Membership.objects.filter(person=cast.marta.person_id).update(role=Role.AGENT)

    assert client.get(page_of(case)).status_code == 403
    assert client.post(page_of(case), {**DECIDED, "seen": case.row_version}).status_code == 403
    assert Case.objects.get(pk=case.pk).mediation == "asked"


def test_the_page_asks_whether_another_waits_and_loads_it_only_to_go_there(
    cast: Cast, mediated: Callable[[], Case], enter: Enter
) -> None:
    case, other = mediated(), mediated()
    client = enter(cast.marta)

    with CaptureQueriesContext(connection) as shown:
        client.get(page_of(case))
    with CaptureQueriesContext(connection) as gone:
        assert ruling.next_address(case, cast.marta) == page_of(other)

    asked = [one["sql"] for one in shown if '"cases_case"."mediation" = \'asked\'' in one["sql"]]
    assert len(asked) == 1
    assert "select 1" in asked[0].lower()
    assert len([one for one in gone if '"cases_case"' in one["sql"]]) == 1
