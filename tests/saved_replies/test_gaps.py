"""Gaps are written in people's own words, filled for whoever will read, and never leave unfilled."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from tests.cast import MONDAY, Cast, ask, gather, opener
from tratativa.cases.messages import blanks
from tratativa.cases.models import Case
from tratativa.orders.models import Line
from tratativa.rulebook.terms.parties import Party
from tratativa.saved_replies import filling, gaps


@pytest.fixture
def cast(db: None) -> Cast:
    return gather()


@pytest.fixture
def case(cast: Cast) -> Case:
    found: Case = opener(cast)()
    return found


def said(case: Case, cast: Cast, words: str, reader: Party = Party.CUSTOMER) -> str:
    stored, unknown = gaps.read(words)
    assert not unknown
    return filling.fill(case, stored, writer=cast.ana, reader=reader, at=MONDAY).words


def test_a_gap_is_known_by_its_words_in_either_language_whatever_case_and_accents() -> None:
    stored, unknown = gaps.read("Oi {{ Primeiro Nome }}, {{first name}}: {{TRANSPORTADORA}}")

    assert stored == "Oi {{first_name}}, {{first_name}}: {{carrier}}"
    assert unknown == []
    with translation.override("en"):
        assert gaps.shown(stored) == "Oi {{first name}}, {{first name}}: {{carrier}}"


def test_gaps_there_are_none_of_are_named_as_they_were_written() -> None:
    assert gaps.read("{{cpf do cliente}} e {{}}")[1] == ["cpf do cliente", "–"]


def test_every_gap_of_the_table_is_filled_by_something(case: Case, cast: Cast) -> None:
    everything = " ".join("{{" + gap.id + "}}" for gap in gaps.GAPS)

    filled = filling.fill(case, everything, writer=cast.ana, reader=Party.CUSTOMER, at=MONDAY)

    assert "{{" not in filled.words
    assert len({gap.label for gap in gaps.GAPS}) == len(gaps.GAPS)


def test_dates_and_money_are_written_as_the_rulebook_has_them(case: Case, cast: Cast) -> None:
    assert case.order
    case.order.promised_at = date(2026, 12, 3)

    told = said(
        case, cast, "{{primeiro nome}}: pedido {{pedido}}, {{valor do pedido}}, até {{entrega prevista}}, {{hoje}}"
    )

    assert told.replace("\xa0", " ") == "Joana: pedido 1001, R$ 199,90, até 03/12/2026, 23/11/2026"


def test_what_the_case_lacks_stands_as_a_marked_blank(case: Case, cast: Cast) -> None:
    told = said(case, cast, "O código é {{rastreio}}.")

    assert told == "O código é ⟦rastreio⟧."
    assert blanks.error(told) == "Falta preencher no texto: rastreio."
    assert blanks.error("O código é BR123.") == ""


def test_what_stands_in_a_name_is_neither_a_gap_nor_a_blank_nor_a_mark(case: Case, cast: Cast) -> None:
    assert case.order
    Line.objects.create(order=case.order, sku="1", title="Mesa {{prazo}} ⟦x⟧ **já**")

    filled = filling.fill(case, "**Veja** {{product}}", writer=cast.ana, reader=Party.CUSTOMER, at=MONDAY)

    assert filled.words == "Veja Mesa {{prazo}} [x] **já**"
    assert filled.html == "<p><strong>Veja</strong> Mesa {{prazo}} [x] **já**</p>"


def test_a_deadline_is_told_to_each_reader_as_their_own_pages_have_it(case: Case, cast: Cast) -> None:
    customer = case.deadlines.filter(to="customer", answered_at=None).order_by("due_at").first()
    assert customer
    assert "24/11/2026" in said(case, cast, "{{prazo}}")

    case.deadlines.update(to="marketplace")  # what the seller owes the marketplace is not the customer's to know

    assert said(case, cast, "{{prazo}}") == "⟦prazo⟧"
    assert said(case, cast, "{{prazo}}", Party.MARKETPLACE) != "⟦prazo⟧"


def test_a_queue_is_told_nothing_of_the_order_and_its_customer(case: Case, cast: Cast) -> None:
    child = ask(case, "ka", cast.marta)
    writer = replace(cast.marta)

    stored, _unknown = gaps.read("{{cliente}} {{pedido}} {{valor do pedido}} {{protocolo}}")
    told = filling.fill(child, stored, writer=writer, reader=Party.PARTNER, at=MONDAY).words

    assert told.startswith("⟦cliente⟧ ⟦pedido⟧ ⟦valor do pedido⟧ ")
    assert told[-1].isdigit()
