"""What clients write above the words they quote, in the languages our customers' phones speak."""

import pytest

from tests.mail.reading.writing import ANSWER, SENT, letter, quoted
from tratativa.mail import summary

WITH_ADDRESS = [
    "Em ter., 3 de jun. de 2025 às 10:12, Casa Verde <sac@casaverde.example> escreveu:",
    "Em ter., 3 de jun. de 2025 às 10:12, Casa Verde\n<sac@casaverde.example> escreveu:",
    "Em ter., 3 de jun. de 2025\nàs 10:12, Casa Verde\n<sac@casaverde.example>\nescreveu:",
    "Em qui., 3 de jul. de 2025, 06:43, Casa Verde <\nsac@casaverde.example> escreveu:",
    "A terça, 5/04/2022, 12:30, Casa Verde <sac@casaverde.example> escreveu:",
    "Casa Verde <sac@casaverde.example> escreveu no dia terça,\n5/04/2022 à(s) 12:30:",
    "Casa Verde <sac@casaverde.example> escreveu (terça, 03/06/2025 à(s) 10:12):",
    "Em 3 de junho de 2025 10:12:33 BRT, Casa Verde <sac@casaverde.example> escreveu:",
    "Em Tue, 3 Jun 2025 10:12:00 -0300\nCasa Verde <sac@casaverde.example> escreveu:",
    "Em terça-feira, 3 de junho de 2025 às 10:12:00 BRT, Casa Verde <sac@casaverde.example> escreveu:",
    "---- Em ter, 03 jun 2025 10:12:00 -0300 Casa Verde <sac@casaverde.example> escreveu ----",
    "Citando Casa Verde <sac@casaverde.example>:",
    "Casa Verde <sac@casaverde.example> escreveu:",
    "On Thu, Dec 8, 2016 at 12:20 PM Casa Verde via Lista <\nlista@casaverde.example> wrote:",
    "2016-12-08 12:20 GMT-03:00 Casa Verde <sac@casaverde.example>:",
    "El jue., 8 dic. 2016 a las 12:20, Casa Verde (<sac@casaverde.example>) escribió:",
    "Am Do., 8. Dez. 2016 um 12:20 Uhr schrieb Casa Verde <\nsac@casaverde.example>:",
    "Casa Verde <sac@casaverde.example> schrieb am Di., 16. Aug. 2016\num 12:52 Uhr:",
    "Le jeu. 8 déc. 2016 à 12:20, Casa Verde <sac@casaverde.example> a écrit :",
    "Il giorno gio 8 dic 2016 alle ore 12:20 Casa Verde <sac@casaverde.example> ha\nscritto:",
    "Op do 8 dec. 2016 om 12:20 schreef Casa Verde <sac@casaverde.example>:",
    "Den tors 8 dec. 2016 kl 12:20 skrev Casa Verde <sac@casaverde.example>:",
    "czw., 8 gru 2016 o 12:20 Casa Verde <sac@casaverde.example> napisał(a):",
    "чт, 8 дек. 2016 г. в 12:20, Casa Verde <sac@casaverde.example>:",
    "čt 8. 12. 2016 v 12:20 odesílatel Casa Verde <sac@casaverde.example> napsal:",
    "to 8. jouluk. 2016 klo 12.20 Casa Verde (sac@casaverde.example) kirjoitti:",
    "Casa Verde <sac@casaverde.example> ezt írta (időpont: 2016. dec. 8., Cs, 12:20):",
    "Casa Verde <sac@casaverde.example>, 8 Ara 2016 Per, 12:20 tarihinde şunu yazdı:",
    "2016年12月8日(木) 12:20 Casa Verde <sac@casaverde.example>:",
    "Casa Verde <sac@casaverde.example> 于2016年12月8日周四 12:20写道：",
    "في الخميس، ٨ ديسمبر ٢٠١٦، ١٢:٢٠ م Casa Verde <sac@casaverde.example> كتب:",
]
WITH_HOUR = [
    "Em 03/06/2025 10:12, Casa Verde escreveu:",
    "Em 2025-06-03 10:12, Casa Verde escreveu:",
    "Casa Verde escreveu em 03/06/2025 10:12:",
    "El 08/12/2016 a las 12:20, Casa Verde escribió:",
    "Am 08.12.16 um 12:20 schrieb Casa Verde:",
    "Op 08-12-16 om 12:20 schreef Casa Verde:",
    "W dniu 08.12.2016 o 12:20, Casa Verde pisze:",
    "On 12/8/2016 12:20 PM, Casa Verde wrote:",
    "On 12/8/2016 12:20 PM, joana wrote:",
    "Il 08/12/2016 12:20, Casa Verde ha scritto:",
]


@pytest.mark.parametrize("introduction", WITH_ADDRESS + WITH_HOUR)
def test_an_answer_above_the_quoted_words_is_all_that_shows(introduction: str) -> None:
    read = summary(letter(f"{ANSWER}\n\n{introduction}\n\n{quoted()}\n"))

    assert read["visible_text"] == ANSWER
    assert "saiu do depósito" in read["quoted_text"]


@pytest.mark.parametrize("introduction", WITH_ADDRESS + WITH_HOUR)
def test_an_answer_below_the_quoted_words_is_all_that_shows(introduction: str) -> None:
    read = summary(letter(f"{introduction}\n{quoted()}\n\n{ANSWER}\n"))

    assert read["visible_text"] == ANSWER


@pytest.mark.parametrize("introduction", WITH_ADDRESS + WITH_HOUR)
def test_words_quoted_without_any_sign_are_folded_too(introduction: str) -> None:
    read = summary(letter(f"{ANSWER}\n\n{introduction}\n\n{SENT}\n"))

    assert read["visible_text"] == ANSWER


def test_answers_between_the_quoted_words_show_in_their_order() -> None:
    text = (
        "Em ter., 3 de jun. de 2025 às 10:12, Casa Verde <sac@casaverde.example> escreveu:\n"
        "> Qual é a cor?\nAzul.\n\n> E o tamanho?\n\nM, por favor.\n"
    )

    read = summary(letter(text))

    assert read["visible_text"] == "Azul.\n\nM, por favor."


def test_a_quoted_line_broken_on_its_way_is_still_quoted() -> None:
    text = (
        f"{ANSWER}\n\nEm 03/06/2025 10:12, Casa Verde escreveu:\n"
        "> O pacote saiu do depósito na segunda-feira e deve chegar até o próximo\nfinal de semana.\n> Abraço\n"
    )

    read = summary(letter(text))

    assert read["visible_text"] == ANSWER


@pytest.mark.parametrize("between", [" ", "--- ", "  "])
def test_an_introduction_behind_the_answer_in_one_line_is_cut_off(between: str) -> None:
    text = f"Ainda não chegou{between}Em 03/06/2025 10:12, Casa Verde <sac@casaverde.example> escreveu:\n{quoted()}\n"

    assert summary(letter(text))["visible_text"] == "Ainda não chegou"


BLOCKS = [
    "-----Mensagem original-----\nDe: Casa Verde [mailto:sac@casaverde.example]\n"
    "Enviada em: terça-feira, 3 de junho de 2025 10:12\nPara: Joana\nAssunto: RE: Pedido 4521",
    "De: Casa Verde <sac@casaverde.example>\nEnviada em: terça-feira, 3 de junho de 2025 10:12\n"
    "Para: 'Joana' <joana@cliente.example>\nAssunto: RES: Pedido 4521",
    "*De:* Casa Verde <sac@casaverde.example>\n*Enviada em:* terça-feira, 3 de junho de 2025 10:12\n"
    "*Para:* Joana <joana@cliente.example>;\nrui@cliente.example\n*Assunto:* RES: Pedido 4521",
    "________________________________\nDe: Casa Verde <sac@casaverde.example>\n"
    "Enviado: terça-feira, 3 de junho de 2025 10:12:00\nPara: Joana\nAssunto: Pedido 4521",
    "De: Casa Verde\nEnviado: sexta-feira, 19 de setembro de 2026 10:02\nPara: Joana\nAssunto: Pedido 4521",
    '-------------------------\n\nDe: "Casa Verde" <sac@casaverde.example>\nEnviada: 2025/09/11 13:29:10\n'
    "Para: joana@cliente.example\nAssunto: Pedido 4521",
    'De: "Casa Verde" <sac@casaverde.example>\nPara: "Joana" <joana@cliente.example>\n'
    "Enviadas: Quinta-feira, 18 de Dezembro de 2025 16:38:26\nAssunto: Pedido 4521",
    'De:     "Casa Verde" <sac@casaverde.example>\nPara:   joana@cliente.example\nData:   03/06/2025 10:12\n'
    "Assunto:        Pedido 4521",
    "-------- Mensagem original --------\nDe : Casa Verde <sac@casaverde.example>\n"
    "Data: 5/3/2026 00:43 (GMT-03:00)\nPara: joana@cliente.example\nAssunto: Pedido 4521",
    "From: Casa Verde <sac@casaverde.example>\nSent: Tuesday, June 3, 2025 10:12 AM\nTo: Joana\nSubject: Pedido 4521",
    "Von: Casa Verde <sac@casaverde.example>\nGesendet: Dienstag, 3. Juni 2025 10:12\nAn: Joana\nBetreff: Pedido 4521",
    "De : Casa Verde <sac@casaverde.example>\nEnvoyé : mardi 3 juin 2025 10:12\nÀ : Joana\nObjet : Pedido 4521",
    "Da: Casa Verde <sac@casaverde.example>\nInviato: martedì 3 giugno 2025 10:12\nA: Joana\nOggetto: Pedido 4521",
    "发件人: Casa Verde <sac@casaverde.example>\n发送时间: 2025年6月3日 10:12\n收件人: Joana\n主题: Pedido 4521",
    "Date: Tue, 3 Jun 2025 10:12:00 -0300\nFrom: sac@casaverde.example\nTo: joana@cliente.example\nSubject: Pedido",
    "## Responda acima desta linha ##",
    "-----Original Message-----",
]


@pytest.mark.parametrize("block", BLOCKS)
def test_headers_written_into_a_letter_begin_what_is_folded(block: str) -> None:
    read = summary(letter(f"{ANSWER}\n\n{block}\n\n{SENT}\n"))

    assert read["visible_text"] == ANSWER
    assert "saiu do depósito" in read["quoted_text"]


@pytest.mark.parametrize("block", BLOCKS)
def test_a_signature_above_the_headers_is_folded_with_them(block: str) -> None:
    read = summary(letter(f"{ANSWER}\n\n-- \nJoana Prado\n(11) 90000-0000\n\n{block}\n\n{SENT}\n"))

    assert read["visible_text"] == ANSWER


@pytest.mark.parametrize("sign", ["Ana> ", "＞ ", "» ", "| ", "&gt; "])
def test_words_quoted_with_another_sign_are_folded_and_the_answer_below_shows(sign: str) -> None:
    introduction = "Em 03/06/2025 10:12, Casa Verde escreveu:"
    past = "\n".join(sign + line for line in SENT.split("\n"))

    read = summary(letter(f"{introduction}\n{past}\n\n{ANSWER}\n"))

    assert read["visible_text"] == ANSWER


def test_a_desk_s_line_above_which_to_answer_is_known_in_other_words() -> None:
    for line in ("## Digite sua resposta acima desta linha ##", "--- Responda por cima desta linha ---"):
        assert summary(letter(f"{ANSWER}\n\n{line}\n\n{SENT}\n"))["visible_text"] == ANSWER


def test_a_scanner_s_praise_above_the_quote_is_folded() -> None:
    praise = "[https://x.example/a.png]Livre de vírus. www.avast.com"

    read = summary(letter(f"{ANSWER}\n\n{praise}\n\nEm 03/06/2025 10:12, Casa Verde escreveu:\n{quoted()}\n"))

    assert read["visible_text"] == ANSWER
