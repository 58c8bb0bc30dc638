"""The runner on forms that are answered, goods that come back and money that is returned."""

from pathlib import Path

import pytest

from tratativa.orders.models import Return
from tratativa.scenarios import running, script_reading
from tratativa.scenarios.running import Failure

pytestmark = pytest.mark.django_db

RETURNING = """scenario: Uma devolução
rulebook: casas-bahia
order: {number: "5001", stage: delivered, delivered_at: 2026-11-20, total: 199.90}
steps:
  - customer: {open: {reason: Devolução do produto, text: Quero devolver.}}
"""
ASKING = """scenario: Um endereço
rulebook: casas-bahia
order: {number: "5002", stage: paid, total: 199.90}
steps:
  - customer: {open: {reason: Endereço divergente, text: O número está errado.}}
  - seller: {do: Confirmar endereço com cliente}
"""
CANCELLING = """scenario: Um reembolso
rulebook: casas-bahia
order: {number: "5003", stage: paid, total: 199.90}
steps:
  - customer: {open: {reason: Cancelamento da compra, text: Desisti.}}
  - seller: {do: Aprovar o cancelamento da compra}
"""
ALONE = """scenario: Sem vendedor
rulebook: troque-e-devolva
order: {number: "7001", stage: delivered}
steps:
  - customer: {open: {text: Como troco?}}
"""
WHOLE = "CEP: 04010-100, Logradouro: Rua A, Número: '1', Bairro: Centro, Cidade: São Paulo, UF: SP"


@pytest.fixture
def play(tmp_path: Path):
    def playing(head: str, *steps: str) -> list[Failure]:
        file = tmp_path / "historia.yaml"
        file.write_text(head + "".join(f"  - {step}\n" for step in steps), "utf-8")
        (scenario,) = script_reading.read(file)
        return running.play(scenario)

    return playing


def test_the_parts_of_an_address_may_stand_alone_or_under_its_field(play) -> None:
    assert play(ASKING, f"customer: {{answer: {{{WHOLE}}}}}", "expect: {waiting_on: seller}") == []
    assert play(ASKING, f"customer: {{answer: {{Endereço: {{{WHOLE}}}}}}}", "expect: {waiting_on: seller}") == []


def test_an_answer_to_a_field_nobody_asked_for_gets_the_nearest_label(play) -> None:
    (failure,) = play(ASKING, "customer: {answer: {Enderço: Rua A}}")

    assert "«Confirmar endereço» não tem o campo `Enderço`; você quis dizer `Endereço`?" in failure.what


def test_an_answer_where_nothing_was_asked_says_so(play) -> None:
    (failure,) = play(RETURNING, "customer: {answer: {Endereço: Rua A}}")

    assert failure.what == "ninguém pediu nada a `customer`"


def test_answering_twice_is_refused_and_not_a_mistake_of_the_story(play) -> None:
    answer = f"customer: {{answer: {{{WHOLE}}}}}"

    (failure,) = play(ASKING, answer, answer)

    assert (failure.what, failure.actual) == (
        "o passo `customer` foi recusado",
        "Este pedido já não espera resposta.",
    )


@pytest.mark.parametrize(
    ("expectation", "expected", "actual"),
    [
        ("return: none", "none", "code_given"),
        ("return: {stage: posted}", "posted", "code_given"),
        ("return: {posting_code: AB1}", "AB1", "AB2"),
        ("return: {collect_on: 2026-11-30}", "2026-11-30", "None"),
        ("return: {code_valid_until: 2026-12-04 23:59}", "2026-12-04 23:59", "2026-12-03 23:59:59"),
    ],
)
def test_what_a_return_does_not_say_fails(play, expectation: str, expected: str, actual: str) -> None:
    give = "seller: {do: Informar o código de postagem, with: {Código de postagem: AB2}}"

    (failure,) = play(RETURNING, give, f"expect: {{{expectation}}}")

    assert (failure.expected, failure.actual) == (expected, actual)


def test_a_return_begun_elsewhere_arrives_as_a_fact_and_leaves_nothing_behind(play) -> None:
    assert play(RETURNING, "return: {stage: posted}", "expect: {return: {stage: posted}}") == []

    assert not Return.objects.exists()


def test_a_return_does_not_go_back(play) -> None:
    back = "return: {stage: posted}"

    (failure,) = play(RETURNING, "return: {stage: received}", back)

    assert failure.what == "o passo `return` foi recusado"


@pytest.mark.parametrize(
    ("says", "hint"),
    [
        ("return: {stage: postd}", "você quis dizer `posted`?"),
        ("return: {stages: posted}", "você quis dizer `stage`?"),
        ("expect: {return: {stag: posted}}", "você quis dizer `stage`?"),
    ],
)
def test_a_misspelt_return_gets_the_nearest_spelling(play, says: str, hint: str) -> None:
    failures = play(RETURNING, "return: {stage: posted}", says)

    assert hint in str(failures[0])


def test_refunds_are_the_whole_list_in_reais(play) -> None:
    assert play(CANCELLING, "expect: {refunds: [199.90]}") == []

    (failure,) = play(CANCELLING, "expect: {refunds: [100.00, 99.90]}")

    assert (failure.expected, failure.actual) == ("100.0, 99.9", "199.90")


def test_where_no_seller_takes_part_a_story_cannot_let_one_act(play) -> None:
    (failure,) = play(ALONE, "seller: {reply: {to: customer, text: Oi}}")

    assert failure.what == "neste rulebook não há `seller`"


def test_a_question_waits_for_the_customer_and_a_notice_does_not(play) -> None:
    notice = "marketplace: {reply: {text: Estamos vendo.}}"
    question = "marketplace: {reply: {text: Qual tamanho?, wait_for_answer: true}}"

    assert play(ALONE, notice, "expect: {waiting_on: marketplace}", question, "expect: {waiting_on: customer}") == []
