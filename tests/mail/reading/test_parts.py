"""What a letter is made of: senders, subjects, ids, files and texts, as strangers' programs write them."""

import pytest

from tests.mail.reading.hostile import ATTACKS, letter
from tratativa.mail import summary
from tratativa.mail.reading.mime import addresses, charsets, parameters, words
from tratativa.mail.reading.pages import inert, markup

SENDERS = {
    "Ana <ana@a.example>": "ana@a.example",
    "ANA@A.EXAMPLE": "ana@a.example",
    '"Prado, Ana" <ana@a.example>': "ana@a.example",
    "Prado, Ana <ana@a.example>": "ana@a.example",
    "alice@trusted.example <evil@x.example>": "evil@x.example",
    '"alice@trusted.example" <evil@x.example>': "evil@x.example",
    "evil@x.example(<alice@trusted.example>)": "evil@x.example",
    "ana@a.example (Ana)": "ana@a.example",
    "Clientes: ana@a.example, rui@a.example;": "ana@a.example",
    "=?utf-8?q?Ana_=3Cana=40a.example=3E?=": "ana@a.example",
    '"Ana <ana@a.example>': "ana@a.example",
    "josé@exemploç.example": "josé@exemploç.example",
    '"': "",
    "": "",
}


@pytest.mark.parametrize(("header", "address"), SENDERS.items())
def test_the_sender_is_who_stands_between_the_angles(header: str, address: str) -> None:
    found = addresses.mailboxes(header)

    assert (found[0].address if found else "") == address


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("=?utf-8?B?UGVkaWRvIG7Do28gY2hlZ291?=", "Pedido não chegou"),
        ("=?iso-8859-1?q?n=E3o?= =?iso-8859-1?q?_veio?=", "não veio"),
        ("=?utf-8?q?n=C3?= =?utf-8?q?=A3o?=", "não"),
        ("Re: =?utf-8?q?oi=0D=0ABcc:_v@evil.example?=", "Re: oi Bcc: v@evil.example"),
        ("=?x-martian?q?oi?=", "oi"),
        ("=?utf-8?q?sem fim", "=?utf-8?q?sem fim"),
        ("a\r\n b", "a b"),
    ],
)
def test_a_subject_is_one_readable_line(raw: str, text: str) -> None:
    assert words.text(raw) == text


@pytest.mark.parametrize(
    ("data", "declared", "text"),
    [
        ("não".encode(), "utf-8", "não"),
        ("não".encode("cp1252"), "iso-8859-1", "não"),
        ("não".encode(), "iso-8859-1", "não"),
        ("não".encode("cp1252"), "x-martian", "não"),
        ("“não”".encode("cp1252"), "us-ascii", "“não”"),
        (b"abc", "zlib_codec", "abc"),
        ("日本".encode("iso2022_jp"), "ISO-2022-JP", "日本"),
    ],
)
def test_text_is_read_as_declared_or_as_what_it_is(data: bytes, declared: str, text: str) -> None:
    assert charsets.decode(data, declared) == text


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ('attachment; filename="nota.pdf"', "nota.pdf"),
        ("attachment; filename=nota fiscal.pdf", "nota fiscal.pdf"),
        ("attachment; filename*=UTF-8''nota%20n%C2%BA%203.pdf", "nota nº 3.pdf"),
        ("attachment; filename*0*=utf-8''avalia; filename*1*=%C3%A7%C3%A3o.pdf", "avaliação.pdf"),
        ('attachment; filename="=?utf-8?q?foto_n=C2=BA_1.jpg?="', "foto nº 1.jpg"),
        ('attachment; filename="..\\\\..\\\\nota.pdf"', "nota.pdf"),
        ('attachment; filename="nota\u202efdp.exe"', "notafdp.exe"),
        ("attachment", ""),
    ],
)
def test_a_file_s_name_is_only_a_name(header: str, name: str) -> None:
    assert parameters.filename(parameters.read(header)[1].get("filename", "")) == name


def test_a_very_long_name_keeps_its_ending() -> None:
    name = parameters.filename("a" * 5_000 + ".jpg")

    assert len(name) == 150
    assert name.endswith(".jpg")


def test_a_long_conversation_keeps_its_first_and_its_last_ids() -> None:
    found = addresses.ids(" ".join(f"<{at}@x>" for at in range(20_000)))

    assert (found[0], len(found)) == ("0@x", 50)


def test_outlook_s_own_file_is_kept_as_a_file() -> None:
    read = summary(letter(kind="application/ms-tnef; name=winmail.dat", body=b"\x78\x9f"))

    assert read["attachments"] == [{"name": "winmail.dat", "size": 2}]


def test_base64_in_pieces_and_a_list_s_plain_footer_below_it_are_both_read() -> None:
    coded = "T2kuCg==\nQWluZGEgbsOjby4K\n\n_______________\nVisite a lista de clientes\n"

    read = summary(letter("Content-Transfer-Encoding: base64\n", coded))

    assert read["visible_text"].startswith("Oi.\nAinda não.")
    assert "Visite a lista de clientes" in read["visible_text"] + read["quoted_text"]


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_read_or_told_to_be_beyond_the_bounds(attack: str) -> None:
    read = summary(ATTACKS[attack]())

    assert "unread" in read or isinstance(read["visible_text"], str)


@pytest.mark.parametrize("attack", ["multiparts 5,000 deep", "messages 20,000 deep", "10,000 parts", "49 MB"])
def test_a_letter_beyond_the_bounds_still_tells_who_wrote(attack: str) -> None:
    read = summary(ATTACKS[attack]())

    assert read["unread"]
    assert read["from"] == "ana@cliente.example"


def test_a_page_shown_does_nothing() -> None:
    page = inert.page(
        '<div id="menu" class="x" onclick="a()" style="position:fixed;color:red">oi<script>mal()</script>'
        '<img src="https://rastreio.example/p.gif"><img src="cid:foto"><a href="javascript:mal()">a</a>'
        '<a href="https://x.example" data-hx-post="/apagar">b</a><form action="/x"><input name="senha"></form>'
        "<svg><a href=x>d</a></svg><base href='//x'><meta http-equiv=refresh content=0></div>"
    )

    for forbidden in (
        "script",
        "onclick",
        "id=",
        "class=",
        "rastreio",
        "javascript",
        "data-",
        "form",
        "svg",
        "base",
        "fixed",
    ):
        assert forbidden not in page
    assert 'src="cid:foto"' in page
    assert 'href="https://x.example"' in page


@pytest.mark.parametrize("source", ["", "   ", "<", "<!--", "<?xml version='1.0'?>", "\0", "<p"])
def test_scraps_of_a_page_are_no_trouble(source: str) -> None:
    assert isinstance(inert.page(source), str)
    assert markup.bounded(source) is not None
