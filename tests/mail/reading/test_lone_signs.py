"""What is left of a quote where its words are gone: signs that stand alone are nobody's words."""

import pytest

from tests.mail.reading.writing import letter
from tratativa.mail import summary


def visible(body: str) -> str:
    return str(summary(letter(body))["visible_text"])


@pytest.mark.parametrize(
    "residue",
    [
        ">", "\n>", "\n> \n>", ">>", "> >\n>", "&gt;", "＞",
        "\nEm seg., 30 de nov. de 2026 às 10:00, Loja <sac@loja.example>\nescreveu:\n>",
        "\nEm 30/11/2026 10:00, Loja Exemplo\nescreveu:\n",
        "\nOn Mon, Nov 30, 2026 at 10:00 AM Shop <sac@shop.example>\nwrote:\n>",
        "\n-----Mensagem original-----", "\n-----Original Message-----\n>", "\n>\nEnviado do meu iPhone",
        "\n> Já saiu do depósito.\n>\n\n>",
    ],
)  # fmt: skip
def test_a_sign_or_an_introduction_alone_is_not_kept_as_words(residue: str) -> None:
    assert visible(f"Obrigada, chegou!\n{residue}\n") == "Obrigada, chegou!"


def test_a_sign_between_two_quoted_lines_of_an_answer_written_inside_stays() -> None:
    said = visible("Respostas abaixo:\n> Recebeu?\n>\n> Está inteiro?\nSim, e sim.\n>\n")

    assert said == "Respostas abaixo:\n> Recebeu?\n>\n> Está inteiro?\nSim, e sim."


def test_what_somebody_compares_is_theirs() -> None:
    assert visible("Comprei 10 > recebi 2\n") == "Comprei 10 > recebi 2"
