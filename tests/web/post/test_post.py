"""The post on pages: a letter under the message it became, whole for the marketplace's team, and what needs a hand."""

import io
from dataclasses import replace
from email.message import EmailMessage

import pytest
from django.test import Client
from PIL import Image

from tests.cast import MONDAY, Cast, gather, opener, sign_in
from tratativa.accounts.models import Membership, Role
from tratativa.cases.models import Case
from tratativa.mail import tokens
from tratativa.mail.filing import aside, erasing, filing
from tratativa.mail.intake import receiving
from tratativa.mail.models import Arrival, Letter, Mailbox

pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return gather()


@pytest.fixture
def box(cast: Cast) -> Mailbox:
    return Mailbox.objects.create(marketplace=cast.marketplace, address="sac@loja.example")


@pytest.fixture
def case(cast: Cast) -> Case:
    return opener(cast)()


def arrive(case: Case, box: Mailbox, text: str, *, page: str = "", sender: str = "joana@cliente.example") -> Arrival:
    assert case.customer_id is not None
    message = EmailMessage()
    message["From"], message["Subject"] = sender, "Re: Cadê?"
    message["To"] = tokens.address(box, case.pk, case.customer_id)
    message.set_content(text)
    if page:
        message.add_alternative(page, subtype="html")
    arrival = receiving.receive(box, message.as_bytes(), at=MONDAY)
    filing.open_letter(arrival.pk, at=MONDAY)
    arrival.refresh_from_db()
    return arrival


def test_the_team_sees_the_last_answer_and_can_expand_the_rest(cast: Cast, case: Case, box: Mailbox) -> None:
    arrive(case, box, "Ainda não veio.\n\n-- \nJoana Prado\n(11) 90000-0000")

    page = sign_in(cast.marta).get(f"/cases/{case.protocol}/").text

    assert "Ainda não veio." in page
    assert "<summary>expandir</summary>" in page
    assert "(11) 90000-0000" in page


def test_the_seller_sees_the_answer_and_never_the_customer_s_signature(cast: Cast, case: Case, box: Mailbox) -> None:
    arrive(case, box, "Ainda não veio.\n\n-- \nJoana Prado\n(11) 90000-0000")

    page = sign_in(cast.ana).get(f"/cases/{case.protocol}/").text

    assert "Ainda não veio." in page
    assert "90000-0000" not in page


def test_a_stranger_s_letter_is_shown_to_the_team_as_what_it_is(cast: Cast, case: Case, box: Mailbox) -> None:
    arrive(case, box, "Seu código é 1234", sender="robo@banco.example")

    assert "remetente não verificado" in sign_in(cast.marta).get(f"/cases/{case.protocol}/").text
    assert "1234" not in sign_in(cast.ana).get(f"/cases/{case.protocol}/").text
    assert "1234" not in sign_in(cast.cliente).get(f"/my/cases/{case.protocol}/").text


def test_a_letter_opens_as_it_came_and_does_nothing(cast: Cast, case: Case, box: Mailbox) -> None:
    page = "<p>Ainda <b>não</b> veio.</p><script>mal()</script><img src='https://rastreio.example/p.gif'>"
    arrival = arrive(case, box, "Ainda não veio.", page=page)
    marta = sign_in(cast.marta)

    body = marta.get(f"/post/{arrival.pk}/body")

    assert "<b>não</b>" in body.text
    assert "mal()" not in body.text
    assert "rastreio" not in body.text
    assert "sandbox" in body["Content-Security-Policy"]
    assert marta.get(f"/post/{arrival.pk}/raw")["Content-Disposition"].startswith("attachment")


def test_the_post_shows_what_needs_a_hand_and_tries_again(cast: Cast, case: Case, box: Mailbox) -> None:
    arrival = receiving.receive(box, b"From: rui@cliente.example\nSubject: Oi\n\noi", at=MONDAY)
    filing.open_letter(arrival.pk, at=MONDAY)
    marta = sign_in(cast.marta)

    page = marta.get("/post/").text
    assert "sac@loja.example" in page
    assert "Sem atendimento" in page
    assert "rui@cliente.example" in page

    marta.post(f"/post/{arrival.pk}/again")
    arrival.refresh_from_db()
    assert arrival.state == "waiting"


def test_a_post_with_nothing_in_it_says_so(cast: Cast) -> None:
    page = sign_in(cast.marta).get("/post/").text

    assert "Nenhuma caixa ainda" in page
    assert "Todo o correio está em ordem." in page


def test_a_mailbox_that_does_not_open_says_why(cast: Cast, box: Mailbox) -> None:
    Mailbox.objects.update(kind="imap", host="127.0.0.1", port=1, secret="NADA")

    page = sign_in(cast.marta).post(f"/post/boxes/{box.pk}/probe", follow=True).text

    assert "A caixa não abriu." in page


def hand_in(box: Mailbox, secret: str, raw: bytes, kind: str = "message/rfc822") -> int:
    return Client().post(f"/post/in/{box.pk}/{secret}", raw, content_type=kind).status_code


def test_a_provider_hands_a_letter_in_once_however_often_it_tries(box: Mailbox) -> None:
    raw = b"From: a@b.example\nSubject: Oi\n\n" + b"oi " * 1_000_000

    statuses = [hand_in(box, tokens.secret(box.pk, 0), raw) for _turn in range(2)]

    assert statuses == [200, 200]
    assert Arrival.objects.get().size == len(raw)


def test_nobody_without_the_secret_hands_anything_in(box: Mailbox) -> None:
    assert hand_in(box, "a" * 25, b"From: a@b.example\n\noi") == 404
    assert hand_in(box, "ção", b"From: a@b.example\n\noi") == 404
    assert not Arrival.objects.exists()


def test_the_pictures_that_came_with_a_letter_show_in_it_drawn_anew(cast: Cast, case: Case, box: Mailbox) -> None:
    drawn = io.BytesIO()
    Image.new("RGB", (400, 300), "teal").save(drawn, "WEBP")
    message = EmailMessage()
    message["From"], message["To"] = "joana@cliente.example", tokens.address(box, case.pk, cast.buyer.pk)
    message.set_content("Veja.")
    message.add_alternative(
        "<p>Veja:</p><img src='cid:foto@x'><img src='cid:mal'><img src='cid:outra'>"
        "<img src='https://rastreio.example/p.gif'>",
        subtype="html",
    )
    page = message.get_payload()[1]
    page.add_related(drawn.getvalue(), "image", "webp", cid="<foto@x>")
    page.add_related(b"<svg onload=mal()>", "image", "svg+xml", cid="<mal>")
    arrival = receiving.receive(box, message.as_bytes(), at=MONDAY)

    body = sign_in(cast.marta).get(f"/post/{arrival.pk}/body")

    assert body.text.count("src=") == 1
    assert 'src="data:image/jpeg;base64,' in body.text
    assert "img-src data:" in body["Content-Security-Policy"]
    assert "sandbox" in body["Content-Security-Policy"]


def test_an_erased_letter_says_that_it_is_gone(cast: Cast, case: Case, box: Mailbox) -> None:
    arrival = arrive(case, box, "Segue o RG.")
    erasing.erase(arrival, at=MONDAY)
    marta = sign_in(cast.marta)

    assert "foi apagado" in marta.get(f"/post/{arrival.pk}/body").text
    assert f"/post/{arrival.pk}/raw" not in marta.get(f"/post/{arrival.pk}/").text
    assert marta.get(f"/post/{arrival.pk}/raw").status_code == 404


def test_whoever_reads_a_letter_reads_which_of_its_files_stayed_out(cast: Cast, case: Case, box: Mailbox) -> None:
    message = EmailMessage()
    message["From"], message["To"] = "joana@cliente.example", tokens.address(box, case.pk, cast.buyer.pk)
    message.set_content("Segue o vídeo.")
    message.add_attachment(b"x" * 3_000_000, "video", "mp4", filename="caixa.mp4")
    arrival = receiving.receive(box, message.as_bytes(), at=MONDAY)
    filing.open_letter(arrival.pk, at=MONDAY)

    page = sign_in(cast.cliente).get(f"/my/cases/{case.protocol}/").text

    assert "Este arquivo do e-mail não pôde ser guardado:" in page
    assert "caixa.mp4" in page
    for reader in (cast.ana, cast.marta):
        assert "caixa.mp4" in sign_in(reader).get(f"/cases/{case.protocol}/").text


def stray(box: Mailbox, sender: str = "joana@cliente.example") -> Arrival:
    """A letter that belongs to no case."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, box.address, "Chegou?"
    message.set_content("Quero saber do meu pedido.")
    arrival = receiving.receive(box, message.as_bytes(), at=MONDAY)
    filing.open_letter(arrival.pk, at=MONDAY)
    arrival.refresh_from_db()
    return arrival


def test_a_letter_dealt_with_by_hand_leaves_the_list_and_says_who_did(cast: Cast, box: Mailbox) -> None:
    letter = stray(box)
    desk = sign_in(cast.marta)
    assert "Chegou?" in desk.get("/post/").text

    settled = desk.post(f"/post/{letter.pk}/settle", follow=True).text

    assert "O e-mail saiu da lista. Nada foi apagado." in settled and "Chegou?" not in settled
    assert f"Tratado por {cast.marta.name} em" in desk.get(f"/post/{letter.pk}/").text
    assert desk.get(f"/post/{letter.pk}/raw").status_code == 200


def test_settled_too_soon_a_letter_is_opened_again(cast: Cast, box: Mailbox) -> None:
    letter = stray(box)
    aside.settle(letter, by=cast.marta, at=MONDAY)

    sign_in(cast.marta).post(f"/post/{letter.pk}/again")
    filing.open_letter(letter.pk, at=MONDAY)

    letter.refresh_from_db()
    assert (letter.state, letter.settled_at, letter.settled_by) == ("unmatched", None, None)


def test_a_letter_on_its_case_cannot_be_settled(cast: Cast, case: Case, box: Mailbox) -> None:
    letter = arrive(case, box, "Ainda não veio.")

    assert not aside.settle(letter, by=cast.marta, at=MONDAY)
    assert "Dar por tratado" not in sign_in(cast.marta).get(f"/post/{letter.pk}/").text


def test_a_letter_of_ours_that_did_not_arrive_is_sent_again_from_the_page(cast: Cast, case: Case) -> None:
    letter = Letter.objects.filter(case=case, party="customer").first()
    assert letter is not None
    Letter.objects.filter(pk=letter.pk).update(state="failed", tries=14, trouble="451 mais tarde")
    desk = sign_in(cast.marta)
    assert "451 mais tarde" in desk.get("/post/").text

    page = desk.post(f"/post/out/{letter.pk}/again", follow=True).text

    letter.refresh_from_db()
    assert "O e-mail será enviado de novo em instantes." in page and "451 mais tarde" not in page
    assert (letter.state, letter.tries) == ("waiting", 0)
    assert sign_in(cast.ana).post(f"/post/out/{letter.pk}/again").status_code == 403


def test_an_address_to_hand_in_at_that_was_read_by_others_is_changed(cast: Cast, box: Mailbox) -> None:
    raw = b"From: a@b.example\n\noi"
    before = tokens.secret(box.pk, 0)
    boss = Membership.objects.filter(person=cast.marta.person_id)
    boss.update(role=Role.ADMIN)
    admin = sign_in(replace(cast.marta, role="admin"))

    page = admin.post(f"/post/boxes/{box.pk}/secret", follow=True).text

    assert "O endereço de entrega mudou" in page
    box.refresh_from_db()
    after = tokens.secret(box.pk, box.handed_in_turn)
    assert after in page and before not in page
    assert hand_in(box, before, raw) == 404
    assert hand_in(box, after, raw) == 200
