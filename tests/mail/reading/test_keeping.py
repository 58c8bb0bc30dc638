"""What a customer wrote stays visible, however much it looks like somebody else's words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.mail.reading.writing import ANSWER, SENT, letter, quoted
from tratativa.mail import summary
from tratativa.mail.reading import lines

TRAPS = [
    "Comprei por causa da promoção:\nDe: R$ 250,00\nPara: R$ 199,90\nE cobraram 250.",
    "O rastreio diz:\nDe: Unidade de Tratamento, Cajamar / SP\nPara: Unidade de Distribuição, Curitiba / PR\n"
    "Data: 03/06/2025\nDesde então, nada.",
    "Preciso mudar as datas.\nDe: 10/09\nPara: 15/09\nPode ser?",
    "Em resposta ao que você escreveu:\nnão aceito a troca, quero o dinheiro.",
    'Boa tarde.\n\nNo chat o vendedor escreveu:\n"pode devolver que eu aceito"\n\nE agora nega.',
    "Em 03/06/2025 o vendedor escreveu:\n\nque ia mandar outro. Não mandou.",
    "Vocês escreveram em 03/06 que o prazo era dia 10. Hoje é dia 12.",
    "O frete é > R$ 50 e o produto < R$ 30.\n> não concordo\nQuero cancelar.",
    "Enviado da loja do centro, o produto chegou amassado.",
    "Segue o endereço:\nPara: Joana Prado\nRua das Palmeiras, 12\nAssunto: entrega\nObrigada",
    "Mensagem original da caixa: «frágil».\nMesmo assim veio quebrado.",
    "Pedido: 4521\nData: 03/06/2025 10:12\nValor: R$ 199,90\nAssunto: cobrança em dobro",
    "Ele escreveu em 03/06/2025 às 10:12:\n«pode devolver»\nE agora?",
    "Em 03/06/2025 às 10:12, o vendedor escreveu:\npode devolver\nE agora?",
    "As Marcus wrote on 12/8/2016 at 12:20:\nuse the other port.\nI did.",
    "You said:\n\nuse the other port\n\nI did.",
    "O script para aqui:\n\n>>> import uhd\n\nAlguma ideia?",
    "Medidas:\n| largura | 80 |\n| altura | 75 |\n| fundo | 40 |\nFaltou o pé.",
    "A lista:\n| mesa\n| cadeira\n| banco\nFalta o banco.",
    "Comprei um antivírus que dizia ser livre de vírus e não é.",
    "Assunto resolvido?\n----------\nAinda não.",
    "No dia 27/11 às 15:30 o sac@loja.example escreveu: a troca foi aprovada. Até agora nada.",
    "Quero a troca.\n\nNo dia 27/11/2026 às 15:30 o sac@loja.example escreveu:\na troca foi aprovada.\nAté agora nada.",
    "Em 27/11/2026 às 15:30 a Maria <maria@loja.example> escreveu: a troca foi aprovada. O que faço?",
    "Ontem às 10:30 vocês (sac@loja.example) me escreveram:\naguarde cinco dias.\nJá passaram dez.",
    "On 27/11/2026 at 15:30 your agent (sac@loja.example) wrote: approved. Nothing since.",
    "El 27/11 a las 15:30 el señor de sac@loja.example escribió: aprobado. Hasta ahora nada.",
    "A troca não veio. Vejam o que recebi:\nDe: sac@loja.example\nPara: joana@cliente.example\nAssunto: Troca\n"
    "Data: 27/11/2026 15:30\nSua troca foi aprovada.\nMas até agora nada chegou.",
]


@pytest.mark.parametrize("text", TRAPS)
def test_words_that_look_like_a_quote_stay(text: str) -> None:
    read = summary(letter(text))

    assert read["visible_text"] == text
    assert read["quoted_text"] == ""


@pytest.mark.parametrize("text", TRAPS)
def test_they_stay_above_a_real_quote_too(text: str) -> None:
    introduction = "Em ter., 3 de jun. de 2025 às 10:12, Casa Verde <sac@casaverde.example> escreveu:"

    read = summary(letter(f"{text}\n\n{introduction}\n\n{quoted()}\n"))

    assert "saiu do depósito" not in read["visible_text"]
    for line in text.split("\n"):
        assert line.lstrip("> ") in read["visible_text"] + read["quoted_text"]


INTRODUCED = "Em ter., 3 de jun. de 2025 às 10:12, Casa Verde <sac@casaverde.example> escreveu:"
HEADED = "De: Casa Verde <sac@casaverde.example>\nEnviada em: 3 de junho de 2025 10:12\nPara: Joana\nAssunto: Pedido"
POINTERS = [
    "Boa tarde, resposta em vermelho abaixo.",
    "Bom dia,\n\nRespostas abaixo.\n\nObrigada,\nJoana Prado",
    "Respondi entre as linhas.",
    "Meus comentários em azul",
    "Hi,\n\nMy answers inline.",
    "Buenas tardes, respuestas en rojo.",
    "Bom dia.",
    "Olá, tudo bem?",
    "Prezados,",
    "Segue abaixo a conversa:",
    "Vejam o que recebi.",
]


@pytest.mark.parametrize("pointer", POINTERS)
@pytest.mark.parametrize("border", [INTRODUCED, HEADED])
def test_where_only_a_greeting_or_a_pointer_would_remain_all_is_shown(pointer: str, border: str) -> None:
    read = summary(letter(f"{pointer}\n\n{border}\n\nQual o tamanho? É o G.\nQual a cor? Azul.\n"))

    assert pointer in read["visible_text"]
    assert "É o G." in read["visible_text"]
    assert "Azul." in read["visible_text"]


@pytest.mark.parametrize(
    "answer",
    [
        "Sim",
        "Obrigada!",
        "Oi, é o G.",
        "Bom dia, ainda não chegou.",
        "Segue o comprovante.",
        "Não tive resposta abaixo.",
    ],
)
def test_the_shortest_answer_is_an_answer(answer: str) -> None:
    read = summary(letter(f"{answer}\n\n{INTRODUCED}\n\n{quoted()}\n"))

    assert read["visible_text"] == answer


def test_a_letter_without_a_word_of_its_own_is_shown_whole() -> None:
    read = summary(letter(f"Em 03/06/2025 10:12, Casa Verde escreveu:\n{quoted()}\n"))

    assert "saiu do depósito" in read["visible_text"]


FORWARDS = [
    "---------- Mensagem encaminhada ---------\n"
    "De: Transportadora <rota@rapida.example>\nData: ter., 3 de jun. de 2025\n"
    "Assunto: Entrega\nPara: <joana@cliente.example>",
    "Início da mensagem encaminhada:\n\nDe: Transportadora <rota@rapida.example>\nAssunto: Entrega\n"
    "Data: 3 de junho de 2025 10:12:00 BRT\nPara: joana@cliente.example",
    "---------- Forwarded message ----------\nFrom: Transportadora <rota@rapida.example>\nSubject: Entrega",
    "-------- Mensagem reenviada --------\nAssunto: Entrega\nData: Tue, 3 Jun 2025 10:12:00 -0300\n"
    "De: Transportadora <rota@rapida.example>\nPara: joana@cliente.example",
]


@pytest.mark.parametrize("forward", FORWARDS)
def test_a_letter_passed_on_shows_what_was_passed_on(forward: str) -> None:
    read = summary(letter(f"Vejam o que me mandaram.\n\n{forward}\n\nNão encontramos o endereço.\n"))

    assert "Vejam o que me mandaram." in read["visible_text"]
    assert "Não encontramos o endereço." in read["visible_text"]


@pytest.mark.parametrize("subject", ["Enc: Entrega", "ENC: Entrega", "Fwd: Entrega", "RV: Entrega", "WG: Entrega"])
def test_a_subject_says_that_a_letter_was_passed_on(subject: str) -> None:
    text = (
        "Vejam.\n\nDe: Transportadora <rota@rapida.example>\nEnviada em: terça-feira, 3 de junho de 2025 10:12\n"
        "Para: Joana\nAssunto: Entrega\n\nNão encontramos o endereço."
    )

    read = summary(letter(text, subject=subject))

    assert "Não encontramos o endereço." in read["visible_text"]


def test_a_history_without_any_mark_is_known_by_what_was_sent() -> None:
    rewrapped = SENT.replace("\n", " ").replace("  ", " ")

    read = summary(letter(f"{ANSWER}\n\n{rewrapped}\n"), parents=[SENT])

    assert read["visible_text"] == ANSWER
    assert "saiu do depósito" in read["quoted_text"]


def test_a_customer_who_repeats_a_few_of_our_words_keeps_them() -> None:
    text = "Vocês disseram que o pacote saiu do depósito. Quando chega? Preciso dele até sexta, é um presente."

    read = summary(letter(text), parents=[SENT])

    assert read["visible_text"] == text


@pytest.mark.parametrize(
    "device",
    ["Enviado do meu iPhone", "Obter o Outlook para Android<https://aka.ms/x>", "Enviado via Yahoo Mail no Android"],
)
def test_what_a_phone_adds_is_folded(device: str) -> None:
    read = summary(letter(f"{ANSWER}\n\n{device}\n"))

    assert read["visible_text"] == ANSWER
    assert device in read["quoted_text"]


def test_a_list_s_footer_below_the_quote_is_folded() -> None:
    text = (
        f"{ANSWER}\n\nEm 03/06/2025 10:12, Casa Verde escreveu:\n{quoted()}\n\n"
        "_______________________________________________\nclientes mailing list\nclientes@listas.example\n"
    )

    read = summary(letter(text))

    assert read["visible_text"] == ANSWER


_MARKS = ["", "-- ", "> oi", "_" * 30, "-----Mensagem original-----", "Enviado do meu iPhone"]
_MARKS += ["Em 03/06/2025 10:12, Casa Verde escreveu:", "De: a@b.example\nEnviado: 3/6/2025 10:12\nAssunto: x"]
_PIECES = st.sampled_from([*TRAPS, *FORWARDS, *_MARKS, ANSWER, SENT, quoted()]) | st.text(max_size=80)


@given(st.lists(_PIECES, max_size=12), st.sampled_from(["Re: Pedido", "Enc: Pedido", ""]), st.booleans())
def test_every_line_is_visible_or_folded(pieces: list[str], subject: str, remembered: bool) -> None:
    text = "\n\n".join(pieces).encode("utf-8", "replace").decode().replace("\0", "")

    read = summary(letter(text, subject=subject), parents=[SENT] if remembered else [])

    everything = lines.squeezed(read["visible_text"] + "\n" + read["quoted_text"])
    for line in lines.of_text(text):
        assert lines.squeezed(line.text) in everything


@given(st.binary(max_size=4_000))
def test_no_bytes_whatever_stop_the_reading(raw: bytes) -> None:
    read = summary(raw)

    assert isinstance(read["visible_text"], str)
