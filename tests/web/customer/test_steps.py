"""What happens next, step by step: whose turn, until when, what follows; said to *you*, and only what the rules say."""

import re
from typing import Any

from tests.cast import Cast, gather, local, opener, rewrite
from tests.web.conftest import NINE, Enter
from tests.web.pages import flat
from tratativa.accounts.actors import Actor
from tratativa.cases import sweeping
from tratativa.cases.acting import actions, replying
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case
from tratativa.cases.orders import command_outcomes
from tratativa.orders.models import Command, Order

LATE = local("2026-11-25 10:00")


def told(enter: Enter, who: Actor, case: Case, part: str = "state") -> str:
    """The words of one part of the customer's page of a case."""
    page = flat(enter(who).get(f"/my/cases/{case.protocol}/").text)
    found = re.search(rf'<section class="[^"]*" id="{part}"(.*?)</section>', page)
    assert found
    return " ".join(re.sub(r"<[^>]+>", " ", found.group(1).partition(">")[2]).split())


def stages(enter: Enter, cast: Cast, case: Case) -> list[tuple[str, str]]:
    """Each stage of the order with its place on the page."""
    page = flat(enter(cast.cliente).get(f"/my/cases/{case.protocol}/").text)
    line = re.search(r'<ol class="stages"(.*?)</ol>', page)
    steps = re.findall(r'<li class="step step--(\w+)".*?</li>', line.group(1)) if line else []
    words = re.findall(r"<span>([^<]+)</span>", line.group(1)) if line else []
    return list(zip(words, steps, strict=True))


def test_the_shops_turn_is_said_with_its_end_and_what_the_customer_may_do_then(
    cast: Cast, case: Case, enter: Enter
) -> None:
    said = told(enter, cast.cliente, case)

    assert "Você abriu o atendimento 23/11/2026" in said
    assert "Agora é a vez da loja, até ter 24/11/2026 09:00 (horário de Brasília)." in said
    assert "Sem resposta até lá, você pode usar «Falar com a Americanas»." in said
    assert cast.seller.name not in said and cast.buyer.name not in said


def test_after_a_miss_nothing_is_promised_once_more(cast: Cast, case: Case, enter: Enter, clock: Any) -> None:
    clock.move_to(LATE)
    sweeping.sweep(at=LATE)

    said = told(enter, cast.cliente, case)

    assert "A loja não respondeu a você no prazo, que terminou em ter 24/11/2026 09:00" in said
    assert "Sem resposta até lá" not in said
    assert "Falar com a Americanas" in said


def test_what_happens_only_under_a_condition_is_not_promised(cast: Cast, enter: Enter) -> None:
    def only_sometimes(data: dict[str, Any]) -> None:
        (rule,) = (one for one in data["deadlines"] if one["label"] == "Responder ao cliente")
        rule["missed"] = [{"close": "Ninguém respondeu.", "when": {"case.critical": True}}]

    rewrite(cast.marketplace, only_sometimes, at=NINE)
    case = opener(cast)()

    said = told(enter, cast.cliente, case)

    assert "Agora é a vez da loja, até" in said
    assert "Sem resposta até lá" not in said


def test_the_customers_own_turn_says_what_you_need_to_do(db: None, enter: Enter) -> None:
    cast = gather("troque-e-devolva")
    case = opener(cast)(to="marketplace", reason="")
    replying.reply(case, Message("Qual é a voltagem?", wait_for_answer=True), by=cast.marta, at=NINE)

    assert "É a sua vez de responder." in told(enter, cast.cliente, case)


def test_a_mediation_is_followed_by_a_decision(cast: Cast, case: Case, enter: Enter, clock: Any) -> None:
    clock.move_to(LATE)
    sweeping.sweep(at=LATE)
    actions.perform(case, "Falar com a Americanas", by=cast.cliente, at=LATE)

    assert "Você recebe a decisão aqui e por e-mail." in told(enter, cast.cliente, case)


def test_the_orders_stage_stands_in_its_line(cast: Cast, case: Case, enter: Enter) -> None:
    orders = Order.objects.filter(pk=cast.order.pk)
    orders.update(stage="shipped")
    assert stages(enter, cast, case) == [
        ("Recebido", "done"), ("Pago", "done"), ("Faturado", "done"), ("Enviado", "now"), ("Entregue", "next"),
    ]  # fmt: skip

    orders.update(stage="delivered")
    assert {place for _label, place in stages(enter, cast, case)} == {"done"}

    orders.update(stage="cancelled")
    assert stages(enter, cast, case) == [("Cancelado", "now")]


def test_a_refunds_way_has_its_days_its_amount_and_how_it_comes(
    cast: Cast, case: Case, enter: Enter, clock: Any
) -> None:
    clock.move_to(LATE)
    sweeping.sweep(at=LATE)
    actions.perform(case, "Falar com a Americanas", by=cast.cliente, at=LATE)
    fields = {"a-favor-de": "customer", "decisao": "Não chegou.", "reembolso": "full"}
    checked = ["Li o que o cliente e o parceiro disseram"]
    actions.perform(case, "Decidir mediação", by=cast.marta, at=LATE, fields=fields, checked=checked)
    asked = told(enter, cast.cliente, case, "decision")
    for command in Command.objects.filter(answered_at=None):
        command_outcomes.settle(command.marketplace_id, command.key, "confirmed", at=local("2026-11-27 10:00"))
    paid = told(enter, cast.cliente, case, "decision")

    assert "Reembolso de R$ 199,90 solicitado em 25/11/2026; falta a confirmação." in asked
    assert "Feito: Reembolso de R$ 199,90 solicitado em 25/11/2026." in paid
    assert "Feito: Reembolso de R$ 199,90 confirmado em 27/11/2026." in paid
    assert "Depois: O dinheiro chega na conta de onde saiu o Pix" in paid
