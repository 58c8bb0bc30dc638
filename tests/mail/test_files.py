"""The files of a customer's letter: none vanishes, each can be opened, and its readers know what stayed out."""

import base64
import io
import random
import struct
from datetime import timedelta
from email.message import EmailMessage

import pytest
from PIL import Image

from tests.mail.posting import ADDRESS, LATER, arrive, said
from tratativa.cases.core import audience
from tratativa.cases.files import attachments
from tratativa.cases.models import Attachment, Case, Entry
from tratativa.mail import tokens
from tratativa.mail.models import Arrival, Letter, Mailbox
from tratativa.mail.reading import letter as reading


def drawn(colour: str, size: tuple[int, int] = (12, 12)) -> bytes:
    picture = io.BytesIO()
    Image.new("RGB", size, colour).save(picture, "PNG")
    return picture.getvalue()


def from_customer(case: Case, text: str = "Segue.", page: str = "", key: str = "1") -> EmailMessage:
    customer = case.customer
    assert customer is not None
    message = EmailMessage()
    message["From"] = f"{customer.name} <{customer.email}>"
    message["To"] = tokens.address(Mailbox.objects.get(address=ADDRESS), case.pk, customer.pk)
    message["Subject"] = "Re: atendimento"
    message["Message-ID"] = f"<{key}@cliente.example>"
    message.set_content(text)
    if page:
        message.add_alternative(page, subtype="html")
    return message


def show(message: EmailMessage, cid: str, data: bytes, *, name: str = "") -> None:
    page = message.get_body(("html",))
    assert page is not None
    page.add_related(data, "image", "png", cid=f"<{cid}>", **({"filename": name} if name else {}))


def names(arrival: Arrival) -> list[str]:
    files = Attachment.objects.filter(entry=arrival.entry_id)
    return sorted(files.values_list("name", flat=True))


def test_an_attached_letter_is_kept_as_one_that_can_be_read(case: Case, box: Mailbox) -> None:
    inner = EmailMessage()
    inner["Subject"], inner["From"] = "Entrega não feita", "rota@rapida.example"
    inner.set_content("Não encontramos o endereço.")
    message = from_customer(case, "Vejam o que a transportadora mandou.")
    message.add_attachment(inner)

    arrival = arrive(box, message.as_bytes())

    assert names(arrival) == ["Entrega não feita.eml"]
    with attachments.open_file(Attachment.objects.get(entry=arrival.entry_id)) as stored:
        again = reading.read(stored.read())
    assert (again.subject, again.visible) == ("Entrega não feita", "Não encontramos o endereço.")


@pytest.mark.parametrize("size", [(2, 2), (12, 12), (400, 300)])
def test_a_pasted_picture_is_kept_whatever_its_size(size: tuple[int, int], case: Case, box: Mailbox) -> None:
    message = from_customer(case, page='<p>Olhem:</p><img src="cid:foto"><p>Quebrou.</p>')
    show(message, "foto", drawn("red", size))

    arrival = arrive(box, message.as_bytes())

    assert names(arrival) == ["imagem.png"]
    assert arrival.left_out == []


@pytest.mark.parametrize(
    "page",
    [
        '<p>Segue.</p><div class="gmail_signature"><img src="cid:logo"></div>',
        '<p>Segue.</p><div id="Signature" class="x_moz-signature"><p>Joana</p><img src="cid:logo"></div>',
        '<p>Segue.</p><div>-- <br>Joana<br><img src="cid:logo"></div>',
    ],
)
def test_a_logo_in_the_signature_is_no_file_of_the_case(page: str, case: Case, box: Mailbox) -> None:
    message = from_customer(case, page=page)
    show(message, "logo", drawn("blue", (300, 200)))

    arrival = arrive(box, message.as_bytes())

    assert (names(arrival), arrival.left_out) == ([], [])


def test_a_picture_that_comes_with_every_letter_is_kept_once(case: Case, box: Mailbox) -> None:
    found = []
    for turn in range(3):
        message = from_customer(case, f"Carta {turn}", '<p>Oi</p><img src="cid:logo">', key=str(turn))
        show(message, "logo", drawn("green"))
        found.append(names(arrive(box, message.as_bytes(), at=LATER + timedelta(minutes=turn))))

    assert found == [["imagem.png"], [], []]


def test_the_same_photograph_attached_again_is_kept_again(case: Case, box: Mailbox) -> None:
    for turn in range(2):
        message = from_customer(case, f"Carta {turn}", key=str(turn))
        message.add_attachment(drawn("green"), maintype="image", subtype="png", filename="dano.png")
        arrival = arrive(box, message.as_bytes(), at=LATER + timedelta(minutes=turn))

        assert names(arrival) == ["dano.png"]


def test_parts_without_a_name_get_one_that_opens(case: Case, box: Mailbox) -> None:
    message = from_customer(case)
    message.add_attachment(b"%PDF-1.4 nota", maintype="application", subtype="pdf")
    message.add_attachment(b"%PDF-1.4 outra", maintype="application", subtype="octet-stream")
    message.add_attachment("BEGIN:VCALENDAR", subtype="calendar", disposition="attachment")
    message.add_attachment(b"BEGIN:VCARD", maintype="text", subtype="vcard", filename="contato")

    assert names(arrive(box, message.as_bytes())) == ["arquivo-2.pdf", "arquivo.ics", "arquivo.pdf", "contato.vcf"]


def parcel(*files: tuple[str, bytes], body: bytes = b"") -> bytes:
    """Outlook's winmail.dat (MS-OXTNEF 2.1): a signature, a key, and attributes with their length and checksum."""

    def attribute(level: int, name: int, data: bytes) -> bytes:
        return struct.pack("<BHHI", level, name, 6, len(data)) + data + struct.pack("<H", sum(data) & 0xFFFF)

    whole = struct.pack("<IH", 0x223E9F78, 1) + attribute(1, 0x9006, struct.pack("<I", 0x00010000))
    whole += attribute(1, 0x9007, struct.pack("<II", 1252, 0))
    if body:
        whole += attribute(1, 0x800C, body + b"\0")
    for name, data in files:
        whole += attribute(2, 0x9002, b"\0" * 14) + attribute(2, 0x8010, name.encode() + b"\0")
        whole += attribute(2, 0x800F, data)
    return whole


def test_outlook_s_parcel_is_opened(case: Case, box: Mailbox) -> None:
    message = from_customer(case, "Segue a nota.")
    packed = parcel(("nota.pdf", b"%PDF-1.4 nota"), ("laudo.txt", b"quebrado"), body=b"Segue a nota.")
    message.add_attachment(packed, maintype="application", subtype="ms-tnef", filename="winmail.dat")

    arrival = arrive(box, message.as_bytes())

    assert names(arrival) == ["laudo.txt", "nota.pdf"]
    assert said(case)[-1] == "Segue a nota."


def test_a_letter_whose_words_are_in_the_parcel_alone_is_read(case: Case, box: Mailbox) -> None:
    message = from_customer(case, "\n")
    message.add_attachment(
        parcel(body=b"Ainda n\xe3o chegou."), maintype="application", subtype="ms-tnef", filename="winmail.dat"
    )

    arrive(box, message.as_bytes())

    assert said(case)[-1] == "Ainda não chegou."


@pytest.mark.parametrize("broken", [b"\x78\x9f\x3e\x22 nada", b"outra coisa", parcel(("a.pdf", b"x" * 99))[:60]])
def test_a_parcel_that_cannot_be_opened_stays_a_file(broken: bytes, case: Case, box: Mailbox) -> None:
    message = from_customer(case)
    message.add_attachment(broken, maintype="application", subtype="ms-tnef", filename="winmail.dat")

    assert names(arrive(box, message.as_bytes())) == ["winmail.dat"]


def test_a_parcel_made_to_hang_its_reader_is_let_go(case: Case, box: Mailbox) -> None:
    endless = struct.pack("<I", 0xFFFFFFFF)
    body = struct.pack("<BHHI", 1, 0x9003, 6, len(endless)) + endless + b"\0\0"
    message = from_customer(case)
    bomb = struct.pack("<IH", 0x223E9F78, 1) + body + parcel()[6:]
    message.add_attachment(bomb, maintype="application", subtype="ms-tnef", filename="winmail.dat")

    arrival = arrive(box, message.as_bytes())

    assert (arrival.state, names(arrival)) == ("filed", ["winmail.dat"])


def test_what_was_left_out_is_told_to_all_who_read_the_letter(case: Case, box: Mailbox) -> None:
    message = from_customer(case)
    message.add_attachment(b"x" * 3_000_000, maintype="video", subtype="mp4")

    arrival = arrive(box, message.as_bytes())

    told = Entry.objects.get(case=case, event="files.left_out")
    assert arrival.left_out == ["arquivo.mp4"]
    assert "arquivo.mp4" in told.said
    assert told.audience == audience.EVERYONE
    assert Letter.objects.filter(entry=told).values_list("party", flat=True).get() == "customer"


def test_a_list_s_letter_is_answered_by_nothing_and_the_seller_knows_all_the_same(case: Case, box: Mailbox) -> None:
    message = from_customer(case)
    message["List-Id"] = "<clientes.listas.example>"
    message.add_attachment(b"x" * 3_000_000, maintype="video", subtype="mp4")

    arrive(box, message.as_bytes())

    told = Entry.objects.get(case=case, event="files.left_out")
    assert told.audience == audience.TEAM_AND_SELLER
    assert not Letter.objects.filter(entry=told).exists()


def test_a_letter_longer_than_a_message_says_so_and_comes_along_whole(case: Case, box: Mailbox) -> None:
    lines = [f"linha {number} do que aconteceu" for number in range(2_000)]

    arrival = arrive(box, from_customer(case, "\n".join(lines)).as_bytes())

    words = said(case)[-1]
    assert lines[0] in words and lines[-1] not in words
    assert "O e-mail continua" in words and "«e-mail inteiro.txt»" in words
    assert lines[-1] in arrival.folded
    with attachments.open_file(Attachment.objects.get(entry=arrival.entry_id)) as stored:
        assert stored.read().decode() == "\n".join(lines)


def test_a_stranger_s_long_letter_says_where_the_rest_is(case: Case, box: Mailbox) -> None:
    lines = [f"linha {number} do que aconteceu" for number in range(2_000)]
    message = from_customer(case, "\n".join(lines))
    message.replace_header("From", "marido@cliente.example")

    arrival = arrive(box, message.as_bytes())

    assert arrival.entry is not None and arrival.entry.data["why"] == "stranger"
    assert "A equipe do marketplace pode ler o resto." in arrival.entry.said
    assert lines[-1] in arrival.folded


@pytest.mark.parametrize(("side", "name"), [(12, "imagem.png"), (900, "imagem.jpg")])
def test_a_picture_pasted_into_the_page_s_own_text_is_a_file(case: Case, box: Mailbox, side: int, name: str) -> None:
    picture = io.BytesIO()
    Image.frombytes("RGB", (side, side), random.Random(7).randbytes(side * side * 3)).save(picture, "PNG")
    coded = base64.b64encode(picture.getvalue()).decode()
    page = f'<p>A caixa:</p><img alt="" src="data:image/png;base64,{coded}"><p>Quero a troca.</p>'

    arrival = arrive(box, from_customer(case, "A caixa:\n\nQuero a troca.", page).as_bytes())

    assert names(arrival) == [name]
    assert said(case)[-1] == "A caixa:\n\nQuero a troca."


def test_a_pasted_picture_that_cannot_be_kept_is_told(case: Case, box: Mailbox) -> None:
    page = '<p>A caixa:</p><img src="data:image/x-unknown;base64,QUJDREVG">'

    arrival = arrive(box, from_customer(case, "A caixa:", page).as_bytes())

    assert len(names(arrival)) + len(arrival.left_out) == 1


def test_a_letter_without_text_keeps_what_it_pastes(case: Case, box: Mailbox) -> None:
    message = from_customer(case, "x")
    message.set_content(
        "<p>Veja.</p><img src='data:image/png;base64," + base64.b64encode(drawn("red")).decode() + "'>", subtype="html"
    )

    arrival = arrive(box, message.as_bytes())

    assert names(arrival) == ["imagem.png"]
