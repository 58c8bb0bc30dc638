"""Answers as pages: the marks mail clients leave around what they quote."""

import pytest

from tests.mail.reading.writing import ANSWER, SENT, letter, paragraphs
from tratativa.mail import summary

_ATTRIBUTION = (
    "Em ter., 3 de jun. de 2025 às 10:12, Casa Verde &lt;"
    '<a href="mailto:sac@casaverde.example">sac@casaverde.example</a>&gt; escreveu:<br>'
)
_HEADERS = (
    "<b>De:</b> Casa Verde &lt;sac@casaverde.example&gt;<br><b>Enviado:</b> terça-feira, 3 de junho de 2025 10:12<br>"
    "<b>Para:</b> Joana<br><b>Assunto:</b> Pedido 4521"
)
_LINES = ANSWER.replace("\n", "<br>")
_A, _S = paragraphs(ANSWER), paragraphs(SENT)

CLIENTS = {
    "Gmail": f'<div dir="ltr">{_A}</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" '
    f'class="gmail_attr">{_ATTRIBUTION}</div><blockquote class="gmail_quote">{_S}</blockquote></div>',
    "Gmail, quoted again by Outlook": f'<div>{_A}</div><div class="x_gmail_quote"><div class="x_gmail_attr">'
    f'{_ATTRIBUTION}</div><blockquote class="x_gmail_quote">{_S}</blockquote></div>',
    "Outlook on the web": f'<div>{_A}</div><hr tabindex="-1"><div id="divRplyFwdMsg" dir="ltr">{_HEADERS}</div>{_S}',
    "Outlook, renamed by Gmail": f'<div>{_A}</div><div id="m_-4521divRplyFwdMsg">{_HEADERS}</div>{_S}',
    "Outlook, in words nobody listed": f'<div>{_A}</div><div id="divRplyFwdMsg">Xyz: Casa<br>Wvu: ontem</div>{_S}',
    "Word": f'<div class="WordSection1"><p class="MsoNormal">{_LINES}</p><div style="border:none;'
    f'border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal">{_HEADERS}</p></div>{_S}</div>',
    "Outlook on a phone": f'{_A}<div id="ms-outlook-mobile-signature">Obter o <a href="https://aka.ms/x">Outlook para '
    f'iOS</a></div><div id="mail-editor-reference-message-container"><div>{_HEADERS}</div>{_S}</div>',
    "Apple Mail": f"{_A}<div><blockquote type='cite'><div>Em 3 de jun. de 2025, à(s) 10:12, Casa Verde "
    f"&lt;sac@casaverde.example&gt; escreveu:</div><br>{_S}</blockquote></div>",
    "Thunderbird": f'<p>{_LINES}</p><div class="moz-cite-prefix">Em 03/06/2025 10:12, Casa Verde '
    f'escreveu:<br></div><blockquote type="cite">{_S}</blockquote>',
    "Yahoo": f'<div class="ydp1">{_A}</div><div id="yahoo_quoted_1" class="yahoo_quoted"><div>'
    f"{_ATTRIBUTION}</div>{_S}</div>",
    "Yahoo on Android": f'{_A}<div id="ymail_android_signature">Enviado do Yahoo Mail no Android</div><blockquote '
    f'style="margin:0 0 20px 0"><div>{_ATTRIBUTION}</div><div style="border-left:1px solid">{_S}</div></blockquote>',
    "Proton": f'<div>{_A}</div><div class="protonmail_quote">{_ATTRIBUTION}<blockquote class="protonmail_quote" '
    f'type="cite">{_S}</blockquote><br></div>',
    "Zoho": f'<div>{_A}<div class="zmail_extra"><div>---- Em ter, 03 jun 2025 10:12:00 -0300 Casa Verde '
    f"&lt;sac@casaverde.example&gt; escreveu ----</div><blockquote>{_S}</blockquote></div></div>",
    "Zimbra": f'<div>{_A}<hr id="zwchr" data-marker="__DIVIDER__"><div data-marker="__HEADERS__">{_HEADERS}</div>'
    f'<div data-marker="__QUOTED_TEXT__">{_S}</div></div>',
    "Roundcube": f'<div>{_A}</div><p id="reply-intro">Em 2025-06-03 10:12, Casa Verde escreveu:</p><blockquote '
    f'type="cite">{_S}</blockquote>',
    "UOL": f"<div>{_A}<hr size='1'><div>{_HEADERS}<br>&nbsp;</div>{_S}</div>",
    "Windows Mail": f'<div>{_A}</div><div style="border-top:1px solid"><div><b>De:</b> Casa Verde<br><b>Enviado:</b> '
    f"\u200eterça-feira\u200e, \u200e3\u200e de \u200ejunho\u200e de \u200e2025 \u200e10\u200e:\u200e12<br>"
    f"<b>Para:</b> Joana</div></div>{_S}",
    "Word, in few words": f'<div class="WordSection1"><p class="MsoNormal">{_LINES}</p><div style="border:none;'
    f'border-top:solid #B5C4DF 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p><b>De:</b> Casa</p></div>{_S}</div>',
    "GMX": f'<div>{_A}</div><div name="quote"><b>Gesendet:</b> Dienstag<br><b>Von:</b> Casa<br>{_S}</div>',
    "a line at the left": f'<div>{_A}</div><div style="border-left: 2px solid #000; padding-left: 5px">{_S}</div>',
    "Spark": f'<div name="messageBodySection">{_A}</div><div name="messageReplySection">{_ATTRIBUTION}<blockquote '
    f'type="cite">{_S}</blockquote></div>',
}


@pytest.mark.parametrize("client", CLIENTS)
def test_an_answer_shows_without_what_its_client_quotes(client: str) -> None:
    read = summary(letter(page=CLIENTS[client]))

    assert read["visible_text"].replace("\n\n", "\n") == ANSWER
    assert "saiu do depósito" in read["quoted_text"]


@pytest.mark.parametrize("client", CLIENTS)
def test_a_page_says_more_than_a_text_without_signs(client: str) -> None:
    read = summary(letter(f"{ANSWER}\n\n{SENT}\n", CLIENTS[client]))

    assert "saiu do depósito" not in read["visible_text"]


def test_answers_between_quotes_in_gmail_show() -> None:
    page = (
        f'<div class="gmail_quote"><div class="gmail_attr">{_ATTRIBUTION}</div>'
        '<blockquote class="gmail_quote"><div>Qual é a cor?</div></blockquote><div>Azul.</div>'
        '<blockquote class="gmail_quote"><div>E o tamanho?</div></blockquote><div>M, por favor.</div></div>'
    )

    read = summary(letter(page=page))

    assert read["visible_text"].split() == ["Azul.", "M,", "por", "favor."]


def test_a_customer_s_own_indented_words_stay() -> None:
    read = summary(letter(page="<p>A etiqueta diz:</p><blockquote>FRÁGIL</blockquote><p>e veio quebrado.</p>"))

    assert read["visible_text"].split() == ["A", "etiqueta", "diz:", "FRÁGIL", "e", "veio", "quebrado."]


def test_what_no_reader_sees_is_not_read() -> None:
    page = "<head><style>p{color:red}</style><title>t</title></head><p>oi<span style='display:none'>segredo</span></p>"

    assert summary(letter(page=page))["visible_text"] == "oi"


def test_a_line_break_begins_the_next_line_and_two_begin_a_paragraph() -> None:
    read = summary(letter(page="<div>Oi,<br>ainda não chegou.<br><br>Joana</div>"))

    assert read["visible_text"] == "Oi,\nainda não chegou.\n\nJoana"


def test_the_items_of_a_list_keep_their_numbers() -> None:
    page = "<p>Faltou:</p><ol start='3'><li><p>a mesa</p></li><li>duas cadeiras<ul><li>azuis</li></ul></li></ol>"

    read = summary(letter(page=page))

    assert read["visible_text"].replace("\n\n", "\n") == "Faltou:\n3. a mesa\n4. duas cadeiras\n- azuis"


def test_what_only_the_page_or_only_the_text_says_is_folded_and_not_lost() -> None:
    text = f"{ANSWER}\n\nEm 03/06/2025 10:12, Casa Verde <sac@casaverde.example> escreveu:\n> O pacote saiu\n> ontem.\n"
    past = "<blockquote>O pacote saiu ontem.<br>Nota 77</blockquote>"
    page = f"<div>{_A}</div><div class='gmail_quote'>{_ATTRIBUTION}{past}</div>"

    read = summary(letter(text, page))

    assert read["visible_text"] == ANSWER
    assert "Nota 77" in read["quoted_text"]
    assert "O pacote saiu ontem." not in read["quoted_text"]  # it stands there already, in two lines
