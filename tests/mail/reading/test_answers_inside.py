"""Answers written into the letter they answer, and letters told of in one's own words, are never folded away."""

import pytest

from tests.mail.reading.writing import ANSWER, letter, quoted
from tratativa.mail import summary

ASKED = "Olá, Joana.\n\nQual a cor que você deseja?\n\nQual o tamanho do produto?\n\nEquipe da Casa Verde"
ANSWERED = ASKED.replace("deseja?", "deseja?\nAzul").replace("produto?", "produto?\nÉ o G, quero o reembolso do outro.")
OUTLOOK = (
    "-----Mensagem original-----\nDe: Casa Verde <sac@casaverde.example>\nEnviada em: 3 de junho de 2025 10:12\n"
    "Para: Joana\nAssunto: Pedido\n\n"
)
SENDS_ON = [
    "Segue",
    "?",
    "Up",
    "Favor ver o e-mail abaixo.",
    "Conforme solicitado, abaixo.",
    "Dados preenchidos abaixo.",
    "Ok, em azul.",
    "Minhas respostas estão logo depois de cada pergunta.",
    "Respondi em vermelho, não tenho a nota.",
    "Resposta em vermelho. Não recebi o reembolso.",
    "Respondi dentro do seu e-mail mesmo",
    "Olá,\n\nEscrevi em negrito o que vocês pediram.\n\nAtt,\nJoana",
]


@pytest.mark.parametrize("own", SENDS_ON)
@pytest.mark.parametrize("parents", [[], [ASKED]])
def test_answers_written_into_our_letter_are_shown(own: str, parents: list[str]) -> None:
    read = summary(letter(f"{own}\n\n{OUTLOOK}{ANSWERED}\n"), parents=parents)

    assert "É o G, quero o reembolso do outro." in read["visible_text"]
    assert read["quoted_text"] == ""


@pytest.mark.parametrize("own", ["Sim", "Ok, obrigada!", "É o G.", "12345-678"])
def test_the_shortest_answer_shows_all_that_our_letter_did_not_say(own: str) -> None:
    read = summary(letter(f"{own}\n\n{OUTLOOK}{ANSWERED}\n"), parents=[ASKED])

    assert "quero o reembolso do outro" in read["visible_text"]


@pytest.mark.parametrize("own", ["Sim", "Dados preenchidos abaixo.", ANSWER, "Segue o comprovante."])
def test_our_letter_as_we_sent_it_is_folded(own: str) -> None:
    read = summary(letter(f"{own}\n\n{OUTLOOK}{ASKED}\n"), parents=[ASKED])

    assert read["visible_text"] == own


def test_what_older_letters_say_below_ours_is_no_answer() -> None:
    older = "Em 02/06/2025 10:12, Joana <joana@cliente.example> escreveu:\nQuero trocar."

    read = summary(letter(f"Sim\n\n{OUTLOOK}{ASKED}\n\n{older}\n"), parents=[ASKED])

    assert read["visible_text"] == "Sim"


RETOLD = [
    "Pedido 1001.\n\nEm 27/11/2026, às 15h30, sac@loja.example escreveu:\n"
    '"Sua troca foi aprovada."\n\nAté agora nada. Quero reembolso.',
    "Escrevo de novo sobre o pedido 1001, que comprei na semana passada.\n\n"
    "Em 27/11/2026, às 15h30, sac@loja.example escreveu:\nSua troca foi aprovada.\n\nAté agora nada. Quero reembolso.",
    "Escrevo de novo sobre o pedido 1001, que comprei na semana passada.\n\n"
    "Em 27/11/2026, às 15h30, Loja Aurora escreveu:\n“Sua troca foi aprovada.”\n\nAté agora nada. Quero reembolso.",
    "A passagem do produto ficou assim.\n\nRemetente: Loja Aurora\nDestinatário: Joana Prado\n"
    "Enviado em: 27/11/2026 15:30\nAssunto: troca\n\nMas a caixa estava vazia. Quero reembolso.",
]


@pytest.mark.parametrize("text", RETOLD)
@pytest.mark.parametrize("parents", [[], [ASKED]])
def test_a_letter_told_of_hides_nothing_that_follows(text: str, parents: list[str]) -> None:
    assert "Quero reembolso." in summary(letter(text), parents=parents)["visible_text"]


def test_what_follows_our_words_without_any_mark_is_the_writers() -> None:
    head = "Em 3 de junho de 2025 10:12, Casa Verde <sac@casaverde.example> escreveu:"
    text = f"Escrevo de novo sobre o pedido, que comprei na semana passada.\n\n{head}\n\n{ASKED}"

    with_more = summary(letter(f"{text}\n\nAté agora nada. Quero reembolso.\n"), parents=[ASKED])
    with_none = summary(letter(text), parents=[ASKED])

    assert "Quero reembolso." in with_more["visible_text"]
    assert "tamanho do produto" not in with_none["visible_text"]


def test_a_letter_told_of_that_we_never_sent_hides_nothing() -> None:
    text = (
        "Escrevo de novo sobre o pedido 1001, que comprei na semana passada.\n\n"
        "Em 27/11/2026, às 15h30, Loja Aurora escreveu:\nSua troca foi aprovada.\n\nAté agora nada. Quero reembolso."
    )

    assert "Quero reembolso." in summary(letter(text), parents=[ASKED])["visible_text"]


def test_signs_still_tell_what_is_quoted() -> None:
    head = "Em 27/11/2026, às 15h30, sac@loja.example escreveu:"

    assert summary(letter(f"{ANSWER}\n\n{head}\n{quoted()}\n"))["visible_text"] == ANSWER
