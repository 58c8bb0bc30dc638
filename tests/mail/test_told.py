"""What the desk tells by itself: whole sentences or none, in the name of whoever speaks, by a clock that is named."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from tests.cast import MONDAY, Cast, gather, opener
from tests.tampering import switched_off
from tratativa.cases import sweeping
from tratativa.cases.acting import actions, opening
from tratativa.cases.acting.opening import Opening
from tratativa.cases.clocks import judgement
from tratativa.cases.core import rulebook_versions
from tratativa.cases.messages import wording
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case, Entry
from tratativa.cases.requests import requests
from tratativa.mail.models import Letter
from tratativa.mail.outgoing import sending, writing
from tratativa.orders.models import Order
from tratativa.playbooks import running
from tratativa.rulebook import reading, shipped

SURE = 'cases: {"0": sem-valor, unknown: sem-pedido, else: criar-voucher}'


@pytest.fixture
def careless(db: None, tmp_path: Path) -> Cast:
    """Compra Agora with a procedure that asks nobody whether the amount is known: written before the linter was."""
    folder = tmp_path / "compra-agora"
    shutil.copytree(shipped.FOLDER / "compra-agora", folder)
    page = folder / "playbooks" / "04-ruptura-do-pedido.yaml"
    page.write_text(page.read_text().replace(SURE, "cases: {else: criar-voucher, unknown: criar-voucher}"))
    cast = gather("compra-agora")
    rulebook_versions.adopt(cast.marketplace, reading.load(folder), at=MONDAY - timedelta(days=1))
    return cast


def asked(cast: Cast, order: Order | None) -> Case:
    """A case about a shortage in which the retailer was asked how they want their money."""
    case = opening.open_case(
        Opening(order, reason="Ruptura do pedido", message=Message("Faltaram itens."), customer=cast.buyer),
        by=cast.marta,
        at=MONDAY,
    )
    running.start(case, "Ruptura do pedido", by=cast.marta, at=MONDAY)
    running.choose(case, "Sim", by=cast.marta, at=MONDAY)
    if order is None:
        running.choose(case, "Pix", by=cast.marta, at=MONDAY)
    return case


def letter(case: Case, kind: str = "message.told") -> Letter:
    found = Letter.objects.filter(case=case, party="customer", kind=kind).latest("at")
    sending.send(found.pk, at=MONDAY)
    found.refresh_from_db()
    return found


def test_silence_leads_to_no_sentence_with_holes_but_to_an_agent(careless: Cast) -> None:
    case = asked(careless, None)

    sweeping.sweep(at=MONDAY + timedelta(hours=49))

    case.refresh_from_db()
    run = running.of(case)
    assert run is not None and (run.step, case.waiting_on) == ("criar-voucher", "marketplace")
    assert not Entry.objects.filter(case=case, event="message.told").exists()
    assert "o valor do voucher, o pedido" in Entry.objects.get(case=case, event="run.refused").said


def test_the_agent_is_told_what_is_missing_and_goes_on_once_it_is_there(careless: Cast) -> None:
    case = asked(careless, None)
    sweeping.sweep(at=MONDAY + timedelta(hours=49))
    later = MONDAY + timedelta(hours=50)

    with pytest.raises(wording.Unfilled, match=r"o valor do voucher, o pedido"):
        running.choose(case, "next", by=careless.marta, at=later)
    Order.objects.filter(pk=careless.order.pk).update(shortage_cents=6135)
    with switched_off():
        Case.objects.filter(pk=case.pk).update(order=careless.order, order_number=careless.order.number)
    run = running.choose(case, "next", by=careless.marta, at=later)

    assert run.step == "fim"
    assert "um voucher de R$ 61,35" in Entry.objects.get(case=case, event="message.told").said


def test_a_retailer_s_answer_stands_though_the_procedure_stops_before_the_voucher(careless: Cast) -> None:
    case = asked(careless, careless.order)
    (request,) = requests.pending(case, careless.cliente)
    run = running.of(case)
    assert run is not None

    requests.answer(request, {"Opção de estorno": "Voucher"}, by=careless.cliente, at=MONDAY)

    run.refresh_from_db()
    assert run.step == "criar-voucher"
    assert Entry.objects.filter(case=case, event="request.answered").exists()
    assert not Entry.objects.filter(case=case, event="command.requested").exists()


def test_a_text_of_the_rulebook_is_the_marketplace_s_word_whoever_caused_it(careless: Cast) -> None:
    Order.objects.filter(pk=careless.order.pk).update(shortage_cents=6135)
    careless.order.refresh_from_db()
    case = asked(careless, careless.order)
    (request,) = requests.pending(case, careless.cliente)

    requests.answer(request, {"Opção de estorno": "Voucher"}, by=careless.cliente, at=MONDAY)

    told = letter(case)
    assert f"{careless.marketplace.name} avisa:" in told.text
    assert "Joana Prado escreveu" not in told.text
    assert "Criamos um voucher de R$ 61,35 pelos itens que não puderam ser entregues no pedido 1001." in told.text


@pytest.fixture
def bahia(db: None) -> Cast:
    return gather("casas-bahia")


def test_marks_are_strong_in_the_page_of_a_letter_and_nowhere_else(bahia: Cast) -> None:
    Order.objects.filter(pk=bahia.order.pk).update(stage="paid")
    bahia.order.refresh_from_db()
    case = opener(bahia)(reason="Atraso na entrega")

    actions.perform(
        case, "Informar nova data de entrega", by=bahia.ana, at=MONDAY, fields={"Nova data de entrega": "2026-12-01"}
    )

    told = letter(case)
    assert "tem uma nova data: 01/12/2026." in told.text
    assert "**" not in told.text + told.html
    assert "<strong>01/12/2026</strong>" in told.html
    entry = Entry.objects.get(case=case, event="message.told")
    assert "**" not in entry.said
    assert "<strong>01/12/2026</strong>" in entry.rich


def test_a_due_time_names_its_zone(db: None) -> None:
    case = opener(gather())()
    due = judgement.unanswered(case)[0].due_at

    written = letter(case, "case.opened")

    assert f"{timezone.localtime(due):%d/%m/%Y %H:%M} (horário de Brasília)" in written.text


def test_a_due_time_is_told_by_the_clock_that_the_rulebook_counts_in(db: None, tmp_path: Path) -> None:
    folder = tmp_path / "americanas"
    shutil.copytree(shipped.FOLDER / "americanas", folder)
    page = folder / "rulebook.yaml"
    page.write_text(page.read_text().replace("timezone: America/Sao_Paulo", "timezone: America/Manaus"))
    cast = gather()
    rulebook_versions.adopt(cast.marketplace, reading.load(folder), at=MONDAY - timedelta(days=1))
    case = opener(cast)()
    due = judgement.unanswered(case)[0].due_at

    text = letter(case, "case.opened").text

    assert f"{due - timedelta(hours=4):%d/%m/%Y %H:%M} (horário do Amazonas)" in text


def test_a_seller_reads_that_the_customer_was_told_and_no_word_as_if_to_them(db: None) -> None:
    cast = gather("essencial")
    Order.objects.filter(pk=cast.order.pk).update(stage="paid")
    cast.order.refresh_from_db()
    case = opener(cast)(reason="atraso", words="Comprei duas vezes.")
    actions.perform(case, "desistir-da-compra", by=cast.cliente, at=MONDAY)
    found = Letter.objects.filter(case=case, party="seller", kind="message.told").latest("at")

    content = writing.write(found, at=MONDAY)

    assert content.subject.startswith("O cliente foi avisado")
    assert content.quoted == f"{cast.marketplace.name} avisou o cliente:"
    assert "O cliente foi avisado sobre" in content.sentences[0]
