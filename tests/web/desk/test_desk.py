"""Orders, opening, mediations and sellers: the desk beyond the list (rows A-02 to A-05, A-26, A-27, A-29, A-31)."""

import re
from collections.abc import Callable

import time_machine

from tests.cast import Cast, local, make_order
from tests.web.conftest import NINE, Enter
from tests.web.pages import flat
from tratativa.cases import sweeping
from tratativa.cases.acting import actions, replying
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case, Entry
from tratativa.orders.models import Command

GOOD = {
    "reason": "nota-fiscal", "to": "customer", "customer_reads": "yes", "switch": "shown", "text": "Segue a nota.",
}  # fmt: skip


def test_an_order_is_found_by_its_number(cast: Cast, enter: Enter) -> None:
    make_order(cast.marketplace, cast.seller, cast.buyer, "2002")

    page = enter(cast.ana).get("/orders/?q=200").content.decode()

    assert "/orders/2002/" in page
    assert "/orders/1001/" not in page


def test_the_order_lists_its_cases_and_opens_new_ones(cast: Cast, case: Case, enter: Enter) -> None:
    page = enter(cast.ana).get("/orders/1001/").content.decode()

    assert "Abrir Atendimento" in page
    assert f"{case.protocol[:8]}-{case.protocol[8:15]}" in page


def test_an_order_not_concluded_says_why_nothing_can_be_opened(cast: Cast, enter: Enter) -> None:
    make_order(cast.marketplace, cast.seller, cast.buyer, "1002", stage="received")
    client = enter(cast.ana)

    page = client.get("/orders/1002/").content.decode()
    refused = client.post("/orders/1002/open", GOOD)

    assert "Abrir Atendimento</a>" not in flat(page)
    assert "A venda deste pedido ainda não foi concluída" in page
    assert refused.status_code == 409
    assert "Segue a nota." in refused.content.decode()
    assert not Case.objects.exists()


def test_a_seller_whose_goods_the_marketplace_delivers_has_no_such_flow(cast: Cast, enter: Enter) -> None:
    cast.seller.delivery = "marketplace"
    cast.seller.save()

    page = enter(cast.ana).get("/orders/1001/").content.decode()

    assert "Abrir Atendimento</a>" not in flat(page)
    assert "só para pedidos de entrega própria" in page


def test_a_seller_opens_with_the_customer(cast: Cast, enter: Enter) -> None:
    opened = enter(cast.ana).post("/orders/1001/open", GOOD)

    assert opened.status_code == 302
    case = Case.objects.get()
    assert (case.origin, case.waiting_on, case.customer_in) == ("seller", "customer", True)


def test_a_seller_opens_with_the_marketplace_and_the_customer_knows_nothing(cast: Cast, enter: Enter) -> None:
    enter(cast.ana).post("/orders/1001/open", {**GOOD, "to": "marketplace", "customer_reads": ""})

    case = Case.objects.get()
    assert case.waiting_on == "marketplace"
    assert enter(cast.cliente).get(f"/my/cases/{case.protocol}/").status_code == 404


def test_each_mistake_is_named_beside_its_field_and_the_rest_is_kept(cast: Cast, enter: Enter) -> None:
    client = enter(cast.ana)

    for wrong, field in (
        ({"reason": ""}, "reason"),
        ({"to": ""}, "to"),
        ({"customer_reads": ""}, "customer_reads"),
        ({"text": "  "}, "text"),
    ):
        refused = client.post("/orders/1001/open", {**GOOD, **wrong})
        page = refused.content.decode()
        assert refused.status_code == 422
        assert f'id="{field}-error"' in page
        assert field == "text" or "Segue a nota." in page

    assert not Case.objects.exists()


def test_the_mediator_sees_both_sides_and_decides(
    cast: Cast, case: Case, enter: Enter, clock: time_machine.Traveller
) -> None:
    _mediate(case, cast, clock)
    client = enter(cast.marta)
    assert "Decidir" in client.get("/mediations/").content.decode()
    place = f"/cases/{case.protocol}/actions/decidir-mediacao"

    form = client.get(place).content.decode()
    assert form.index("Joana Prado") < form.index("Casa Aurora")
    assert "Ninguém respondeu" in form
    assert "Em branco: tudo, se o pedido for cancelado" in form

    decided = client.post(place, _ruling(case))
    assert decided.status_code == 302
    ruled = Case.objects.get(pk=case.pk)
    assert (ruled.mediation, ruled.is_open) == ("ruled", False)
    verbs = Command.objects.values_list("verb", flat=True)
    assert sorted(verbs) == ["cancel_order", "refund"]
    page = client.get(f"/cases/{case.protocol}/").content.decode()
    assert "cláusula 9.9.1" in page
    assert "Decidimos pelo cliente." in enter(cast.cliente).get(f"/my/cases/{case.protocol}/").content.decode()


def test_a_ruling_without_reading_both_sides_is_refused_and_kept(
    cast: Cast, case: Case, enter: Enter, clock: time_machine.Traveller
) -> None:
    _mediate(case, cast, clock)
    unticked = {name: value for name, value in _ruling(case).items() if name != "checked"}

    refused = enter(cast.marta).post(f"/cases/{case.protocol}/actions/decidir-mediacao", unticked)

    page = refused.content.decode()
    assert refused.status_code == 422
    assert 'id="checked-error"' in page
    assert "Decidimos pelo cliente." in page
    assert not Entry.objects.filter(event="mediation.ruled").exists()


def test_an_action_not_of_this_moment_is_refused_with_its_reason(cast: Cast, case: Case, enter: Enter) -> None:
    seen = {"seen": Case.objects.get(pk=case.pk).row_version}
    refused = enter(cast.ana).post(f"/cases/{case.protocol}/actions/encerrar-atendimento", seen)

    assert refused.status_code == 409
    assert "Responda ao cliente antes de encerrar." in refused.content.decode()
    assert Case.objects.get(pk=case.pk).is_open


def test_an_action_that_ends_a_case_is_not_done_by_a_form_that_saw_nothing(
    cast: Cast, case: Case, enter: Enter
) -> None:
    replying.reply(case, Message("Pronto", to="customer", customer_reads=True), by=cast.ana, at=NINE)

    refused = enter(cast.ana).post(f"/cases/{case.protocol}/actions/encerrar-atendimento")

    assert refused.status_code == 409
    assert "não disse o que esta página mostrava" in refused.content.decode()
    assert Case.objects.get(pk=case.pk).is_open


def test_an_action_of_another_party_does_not_exist_here(cast: Cast, case: Case, enter: Enter) -> None:
    assert enter(cast.ana).get(f"/cases/{case.protocol}/actions/decidir-mediacao").status_code == 404


def test_a_script_gets_the_form_without_the_page_around(cast: Cast, case: Case, enter: Enter) -> None:
    answer = enter(cast.ana).get(f"/cases/{case.protocol}/actions/anotar", headers={"HX-Request": "true"})

    page = answer.content.decode()
    assert "<form" in page
    assert "<html" not in page


def test_missed_answers_are_counted_for_each_seller(
    cast: Cast, open_case: Callable[..., Case], enter: Enter
) -> None:
    open_case()
    open_case(words="Outra")
    sweeping.sweep(at=local("2026-11-24 09:01"))

    page = enter(cast.marta).get("/sellers/").content.decode()

    row = page[page.index("Casa Aurora") :]
    assert '<span class="badge badge--urgent">2</span>' in row[: row.index("</tr>")]


def _mediate(case: Case, cast: Cast, clock: time_machine.Traveller) -> None:
    late = local("2026-11-24 09:01")
    sweeping.sweep(at=late)
    actions.perform(case, "Falar com a Americanas", by=cast.cliente, at=late, fields={"mensagem": "Ninguém respondeu"})
    clock.move_to(local("2026-11-24 10:00"))


def _ruling(case: Case) -> dict[str, object]:
    return {
        "seen": Case.objects.get(pk=case.pk).row_version,
        "a-favor-de": "customer",
        "cancelar-o-pedido": "yes",
        "decisao": "Decidimos pelo cliente.",
        "checked": "Li o que o cliente e o parceiro disseram",
    }


def test_the_second_page_of_orders_skips_none_that_were_placed_at_once(cast: Cast, enter: Enter) -> None:
    for number in range(54):
        make_order(cast.marketplace, cast.seller, cast.buyer, f"3{number:03d}")
    client = enter(cast.ana)

    first = client.get("/orders/?q=3").content.decode()
    following = re.search(r'href="([^"]+)" rel="next"', flat(first))
    assert following
    second = client.get(following.group(1).replace("&amp;", "&")).content.decode()

    seen = re.findall(r'class="rows__main" href="/orders/(\d+)/"', flat(first + second))
    assert sorted(seen) == [f"3{number:03d}" for number in range(54)]
