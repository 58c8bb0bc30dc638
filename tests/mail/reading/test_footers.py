"""Footers: what a phone or a signature adds is folded; what somebody says in its place, or below it, is not."""

import pytest

from tests.mail.reading.writing import ANSWER, letter
from tratativa.mail import summary

SAID = [
    "Enviado do meu celular para a loja no dia 10, e nada. Quero reembolso.",
    "Veio errado.\n\nEnviado pelo celular o comprovante, e até agora nada.",
    "Veio errado:\n--\nesperado: azul\nveio: preto\n--\nQuero reembolso.",
    "Veio errado:\n--\nesperado: azul\nveio: preto\n--\nO azul combina com a sala",
]


@pytest.mark.parametrize("text", SAID)
def test_what_is_said_where_footers_stand_is_shown(text: str) -> None:
    read = summary(letter(text))

    assert read["visible_text"] == text


@pytest.mark.parametrize(
    "below", ["Quero reembolso.", "P.S.: mandem a nota", "A peça chega quando?", "Ainda não chegou"]
)
def test_words_below_a_signature_are_shown_and_the_signature_folded(below: str) -> None:
    read = summary(letter(f"{ANSWER}\n-- \nJoana Prado\nRua das Palmeiras, 12\n\n{below}"))

    assert below in read["visible_text"]
    assert "Palmeiras" in read["quoted_text"]


@pytest.mark.parametrize(
    "footer",
    [
        "-- \nJoana Prado\n\nGerente de compras\n(41) 3333-2222\nwww.joana.example",
        "--\nJoana Prado\nEnviado do meu iPhone",
        "Enviado do meu smartphone Samsung Galaxy.",
        "Enviado do Email para Windows",
        "Enviado pelo celular, desculpe os erros.",
    ],
)
def test_a_footer_is_folded(footer: str) -> None:
    read = summary(letter(f"{ANSWER}\n\n{footer}\n"))

    assert read["visible_text"] == ANSWER
