"""Whose word a letter is: a forged sender, a borrowed address, a made-up verdict change nothing on a case (ADR 48)."""

import base64
import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from email import message_from_bytes

import dkim
import dns.flags
import dns.message
import dns.rrset
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.files.storage import default_storage
from pytest_django import Settings

from tests.cast import MONDAY, Cast, make_order, opener
from tests.mail.posting import ADDRESS, LATER, arrive, own_address, said, trusting, vouched, write
from tests.mail.test_answers import NAME, answer, ask
from tratativa.accounts.models import Marketplace
from tratativa.cases.core import audience
from tratativa.cases.models import Attachment, Case, Entry, FollowUp, Request
from tratativa.mail import tokens
from tratativa.mail.filing import adopting, filing
from tratativa.mail.intake import receiving
from tratativa.mail.models import Arrival, Letter, Mailbox
from tratativa.mail.outgoing import sending

MX = "mx.loja.example"


def ours(case: Case, party: str = "customer") -> str:
    """The Message-ID of a letter of ours, as whoever got it reads it."""
    letter = Letter.objects.filter(case=case, party=party).first()
    assert letter is not None
    return sending.message_id(letter.pk)


def forged(case: Case, **headers: str) -> bytes:
    """What anybody can send who knows a Message-ID and the customer's address."""
    return write(case, "Podem devolver o dinheiro.", to=ADDRESS, In_Reply_To=ours(case), **headers)


def verdict(words: str) -> dict[str, str]:
    return {"Authentication_Results": f"{MX}; {words}"}


def nothing_changed(case: Case, arrival: Arrival, why: str = "unproven") -> bool:
    before = (case.waiting_on, case.closed_at, case.row_version)
    words = said(case)
    case.refresh_from_db()
    assert arrival.entry is not None
    beside = (arrival.verified, arrival.entry.event, arrival.entry.data["why"], arrival.entry.audience)
    return (
        before == (case.waiting_on, case.closed_at, case.row_version)
        and beside == (False, "letter.filed", why, audience.TEAM)
        and "Podem devolver o dinheiro." not in words
    )


@pytest.mark.parametrize("party", ["customer", "seller"])
@pytest.mark.parametrize("receiver", ["", MX])
def test_the_customer_s_address_and_a_message_id_are_nobody_s_word(
    case: Case, box: Mailbox, party: str, receiver: str
) -> None:
    letter = write(case, "Podem devolver o dinheiro.", to=ADDRESS, In_Reply_To=ours(case, party))

    arrival = arrive(trusting(box, receiver), letter)

    assert arrival.case == case
    assert nothing_changed(case, arrival)


def test_the_team_is_asked_and_one_action_makes_it_the_customer_s_word(cast: Cast, case: Case, box: Mailbox) -> None:
    arrival = arrive(box, forged(case))
    task = FollowUp.objects.get(case=case)
    assert cast.buyer.email in task.text

    adopting.adopt(arrival, by=cast.marta, at=LATER)

    arrival.refresh_from_db()
    task.refresh_from_db()
    assert said(case)[-1] == "Podem devolver o dinheiro."
    assert arrival.verified and task.done_at == LATER


@pytest.mark.parametrize(
    "words",
    [
        "dmarc=none header.from=cliente.example",
        "dmarc=temperror header.from=cliente.example",
        "dmarc=bestguesspass header.from=cliente.example",
        "spf=pass smtp.mailfrom=cliente.example; dkim=pass header.d=cliente.example",
        "dmarc=pass header.from=evil.example",
        "dmarc=pass",
        "dmarc=pass header.from=cliente.example; dmarc=none header.from=cliente.example",
        "spf=fail (dmarc=pass header.from=cliente.example) smtp.mailfrom=a@evil.example",
        'spf=pass smtp.mailfrom="x; dmarc=pass header.from=cliente.example"@evil.example',
        'spf=pass smtp.mailfrom="x\\"; dmarc=pass header.from=cliente.example',
        "spf=none (a (b) ; dmarc=pass header.from=cliente.example",
        "x-dmarc=pass header.from=cliente.example",
    ],
)
def test_what_is_no_pass_for_that_domain_vouches_for_nobody(case: Case, box: Mailbox, words: str) -> None:
    arrival = arrive(trusting(box), forged(case, **verdict(words)))

    assert nothing_changed(case, arrival)


@pytest.mark.parametrize(
    "words",
    [
        "dmarc=pass header.from=cliente.example",
        "spf=none; dkim=pass (2048-bit key); DMARC=Pass (p=NONE sp=NONE) header.from=Cliente.Example",
        "dmarc=pass action=none header.from=cliente.example;compauth=pass reason=100",
    ],
)
def test_a_pass_of_the_trusted_receiver_is_the_customer_s_word(case: Case, box: Mailbox, words: str) -> None:
    arrival = arrive(trusting(box), forged(case, **verdict(words)))

    assert arrival.verified
    assert said(case)[-1] == "Podem devolver o dinheiro."


def test_where_the_receiver_leaves_its_name_out_a_named_verdict_came_with_the_letter(case: Case, box: Mailbox) -> None:
    trusting(box, "-")

    nameless = arrive(box, forged(case, Authentication_Results="dmarc=pass header.from=cliente.example"))
    named = arrive(box, forged(case, Message_ID="<2@x.example>", **vouched()))

    assert (nameless.verified, named.verified) == (True, False)


@pytest.mark.parametrize("receiver", ["", MX])
def test_a_verdict_that_came_with_the_letter_vouches_for_nobody(case: Case, box: Mailbox, receiver: str) -> None:
    made_up = b"Authentication-Results: mx.loja.example; dmarc=pass header.from=cliente.example\r\n"
    on_top = b"Authentication-Results: mx.loja.example; dmarc=none header.from=cliente.example\r\n"
    raw = (on_top if receiver else b"") + made_up + forged(case)

    arrival = arrive(trusting(box, receiver), raw)

    assert nothing_changed(case, arrival)


@pytest.mark.parametrize("below", [b"", b"Authentication-Results: mx.other.example; dmarc=pass\r\n"])
def test_a_trusted_fail_disowns_even_what_came_to_the_customer_s_own_address(
    case: Case, box: Mailbox, below: bytes
) -> None:
    raw = write(case, "Podem devolver o dinheiro.", **verdict("dmarc=fail (p=none) header.from=cliente.example"))

    arrival = arrive(trusting(box), below + raw)

    assert nothing_changed(case, arrival, "stranger")


def test_without_a_receiver_what_comes_to_the_customer_s_own_address_is_their_word(case: Case, box: Mailbox) -> None:
    assert arrive(box, write(case)).verified


@pytest.mark.parametrize("at", [-1, 0, 5])
def test_a_reply_address_with_one_character_changed_is_nobody_s(case: Case, box: Mailbox, at: int) -> None:
    local, _sign, domain = own_address(case).rpartition("@")
    head, _dot, mac = local.rpartition(".")
    wrong = list(mac)
    wrong[at] = "a" if wrong[at] != "a" else "b"

    arrival = arrive(box, write(case, to=f"{head}.{''.join(wrong)}@{domain}"))

    assert (arrival.state, arrival.case, arrival.verified) == ("unmatched", None, False)


def test_a_reply_address_proves_nothing_on_another_case_of_the_same_customer(
    cast: Cast, case: Case, box: Mailbox
) -> None:
    other = opener(cast)(order=make_order(cast.marketplace, cast.seller, cast.buyer, "1002"))

    arrival = arrive(box, write(case, "Podem devolver o dinheiro.", to=own_address(other), In_Reply_To=ours(case)))

    assert arrival.case == other
    assert "Podem devolver o dinheiro." not in said(case)


def test_a_token_is_worth_nothing_at_another_mailbox(cast: Cast, case: Case, box: Mailbox) -> None:
    other = Mailbox.objects.create(marketplace=cast.marketplace, address="ajuda@loja.example")
    local = own_address(case).partition("@")[0]
    taken_along = local.replace("sac+", "ajuda+") + "@loja.example"

    for mailbox, to in ((other, taken_along), (other, own_address(case)), (box, taken_along)):
        arrival = arrive(mailbox, write(case, "Podem devolver o dinheiro.", to=to, Message_ID=f"<{mailbox.pk}@x>"))
        assert not arrival.verified
    assert "Podem devolver o dinheiro." not in said(case)


def elsewhere() -> tuple[Marketplace, Mailbox]:
    """Another marketplace, with a mailbox of its own."""
    marketplace = Marketplace.objects.create(name="Submarino", slug="submarino")
    return marketplace, Mailbox.objects.create(marketplace=marketplace, address="sac@outra.example", receiver=MX)


def test_neither_token_nor_message_id_leads_into_another_marketplace(case: Case, box: Mailbox) -> None:
    marketplace, theirs = elsewhere()
    customer = case.customer
    assert customer is not None
    made_there = tokens.address(theirs, case.pk, customer.pk)

    for number, to in enumerate((made_there, own_address(case), "sac@outra.example")):
        raw = write(case, "Podem devolver o dinheiro.", to=to, In_Reply_To=ours(case), References=ours(case),
                    Message_ID=f"<{number}@x.example>", **vouched())  # fmt: skip
        arrival = arrive(theirs, raw)
        assert (arrival.case, arrival.state, arrival.marketplace_id) == (None, "unmatched", marketplace.pk)
    assert "Podem devolver o dinheiro." not in said(case)


def test_the_token_of_before_finds_its_case_and_proves_nothing(case: Case, box: Mailbox) -> None:
    customer = case.customer
    assert customer is not None
    before = tokens._signed(f"r1|{case.pk}|{customer.pk}")[:10]
    head = own_address(case).partition(".")[0]

    arrival = arrive(box, write(case, "Podem devolver o dinheiro.", to=f"{head}.{before}@loja.example"))

    assert arrival.case == case
    assert nothing_changed(case, arrival)


@pytest.mark.parametrize(
    "sender",
    [
        "joana@cliente.example, ladrao@evil.example",
        "ladrao@evil.example, joana@cliente.example",
        "ladrao@evil.example <joana@cliente.example>",
        '"ladrao@evil.example" <joana@cliente.example>',
        "joana@cliente.example (ladrao@evil.example)",
        "=?utf-8?q?ladrao=40evil.example?= <joana@cliente.example>",
        '"ladrao"@evil.example <joana@cliente.example>',
        "<ladrao@evil.example> <joana@cliente.example>",
    ],
)
@pytest.mark.parametrize("to", ["", ADDRESS])
def test_a_sender_with_two_addresses_is_nobody(case: Case, box: Mailbox, sender: str, to: str) -> None:
    raw = write(case, "Podem devolver o dinheiro.", to=to, In_Reply_To=ours(case), **vouched())
    line = next(line for line in raw.splitlines(keepends=True) if line.startswith(b"From:"))

    arrival = arrive(trusting(box), raw.replace(line, f"From: {sender}\n".encode()))

    case.refresh_from_db()
    assert not arrival.verified
    assert "Podem devolver o dinheiro." not in said(case)


@pytest.mark.parametrize(
    "more",
    [b"From: ladrao@cliente.example\n", b"X-Nota: a\rFrom: ladrao@cliente.example\n", b"FROM : x@evil.example\n"],
)
@pytest.mark.parametrize("first", [True, False])
def test_a_second_from_in_any_reading_is_nobody_s(case: Case, box: Mailbox, more: bytes, first: bool) -> None:
    raw = write(case, "Podem devolver o dinheiro.", **vouched())
    both = more + raw if first else raw.replace(b"Subject:", more + b"Subject:", 1)

    arrival = arrive(trusting(box), both)

    assert not arrival.verified
    assert "Podem devolver o dinheiro." not in said(case)


def test_a_name_that_is_the_same_address_is_the_customer(case: Case, box: Mailbox) -> None:
    same = '"Joana@Cliente.example" <joana@cliente.example>'

    assert arrive(box, write(case, sender=same)).verified


def test_a_genuine_letter_to_somebody_else_sent_on_to_us_is_not_the_customer_s_word(case: Case, box: Mailbox) -> None:
    raw = write(case, "Podem devolver o dinheiro.", to="loja@aurora.example", In_Reply_To=ours(case), **vouched())

    arrival = arrive(trusting(box), raw)

    assert nothing_changed(case, arrival)


def test_whoever_sends_many_silences_nobody(case: Case, box: Mailbox) -> None:
    for turn in range(21):
        arrive(box, forged(case, Message_ID=f"<{turn}@evil.example>"), at=LATER + timedelta(seconds=turn))

    own = arrive(box, write(case), at=LATER + timedelta(minutes=1))

    assert own.verified
    assert said(case)[-1] == "Ainda não chegou."
    assert FollowUp.objects.filter(case=case).count() == 1


PAPERS = {"type": "files", "label": "Documento", "sensitive": True}
RG = [("rg.pdf", b"%PDF-1.4 rg")]


def test_identity_papers_need_both_proofs_or_the_team(cast: Cast, case: Case, box: Mailbox) -> None:
    ask(case, PAPERS)
    trusting(box)

    by_address = arrive(box, write(case, "Segue.", files=RG))
    by_domain = arrive(box, write(case, "Segue o RG.", to=ADDRESS, In_Reply_To=ours(case), files=RG, **vouched()))

    assert Request.objects.get().answered_at is None
    assert not Attachment.objects.filter(case=case).exists()
    whys = [Entry.objects.get(pk=one.entry_id).data["why"] for one in (by_address, by_domain)]
    assert whys == ["delicate", "delicate"]
    adopting.adopt(by_domain, by=cast.marta, at=LATER)
    assert Request.objects.get().answered_at is not None
    assert Attachment.objects.get(case=case).sensitive


def test_papers_with_both_proofs_answer_the_form(case: Case, box: Mailbox) -> None:
    ask(case, PAPERS)

    arrival = arrive(trusting(box), write(case, "Segue.", files=RG, **vouched()))

    assert arrival.verified
    assert Request.objects.get().answered_at is not None


@pytest.mark.parametrize("answers", [True, False])
def test_words_while_bank_data_are_owed_need_both_proofs(case: Case, box: Mailbox, answers: bool) -> None:
    letter = ask(case, NAME | {"sealed": True})

    arrival = answer(case, trusting(box), letter if answers else None, "Conta 1234-5")

    assert arrival.entry is not None and arrival.entry.data["why"] == "delicate"
    assert "Conta 1234-5" not in said(case)


# What the customer's own domain signed, where no receiver speaks.

SIGNED = [b"from", b"to", b"subject"]


@pytest.fixture(scope="module")
def key() -> tuple[bytes, str]:
    """A domain's private key, and its public one as the DNS has it."""
    pair = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = pair.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
    public = pair.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return private, "v=DKIM1; k=rsa; p=" + base64.b64encode(public).decode()


class Names:
    """A name server on this machine that knows a few texts, and what it was asked."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.asked: list[str] = []
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self._socket.getsockname()[1]}"
        self._thread = threading.Thread(target=self._answer, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._socket.sendto(b"", self._socket.getsockname())
        self._thread.join(5)
        self._socket.close()

    def _answer(self) -> None:
        while asked := self._socket.recvfrom(4096):
            if not asked[0]:
                return
            query = dns.message.from_wire(asked[0])
            question = query.question[0]
            name = question.name.to_text(omit_final_dot=True)
            self.asked.append(name)
            answer = dns.message.make_response(query)
            answer.flags |= dns.flags.RA
            if text := self.texts.get(name):
                pieces = " ".join(f'"{text[at : at + 200]}"' for at in range(0, len(text), 200))
                answer.answer.append(dns.rrset.from_text(question.name, 60, "IN", "TXT", pieces))
            self._socket.sendto(answer.to_wire(), asked[1])


@pytest.fixture
def names(settings: Settings) -> Iterator[Names]:
    server = Names()
    settings.NAME_SERVER = server.address
    yield server
    server.close()


def sign(raw: bytes, key: bytes, domain: bytes = b"cliente.example", **how: object) -> bytes:
    raw = raw.replace(b"\n", b"\r\n")
    return dkim.sign(raw, b"s1", domain, key, include_headers=SIGNED, **how) + raw  # type: ignore[arg-type]


def test_what_the_customer_s_domain_signed_is_their_word(
    case: Case, box: Mailbox, names: Names, key: tuple[bytes, str]
) -> None:
    names.texts["s1._domainkey.cliente.example"] = key[1]

    arrival = arrive(box, sign(forged(case), key[0]))

    assert arrival.verified
    assert said(case)[-1] == "Podem devolver o dinheiro."


def test_a_signature_that_covers_less_or_is_another_s_proves_nothing(
    case: Case, box: Mailbox, names: Names, key: tuple[bytes, str]
) -> None:
    names.texts |= {"s1._domainkey.cliente.example": key[1], "s1._domainkey.evil.example": key[1]}
    raw = forged(case)
    bad = [
        sign(raw, key[0]).replace(b"devolver o", b"devolver todo o"),
        sign(raw, key[0], b"evil.example"),
        sign(raw, key[0], length=True) + b"mais uma linha\r\n",
        sign(raw, key[0]).replace(b"s=s1", b"s=s2"),
    ]

    for number, letter in enumerate(bad):
        arrival = arrive(box, letter.replace(b"Message-ID: <", f"Message-ID: <{number}".encode()))
        assert nothing_changed(case, arrival), number
    assert "s1._domainkey.evil.example" not in names.asked


def test_a_domain_that_only_tries_signing_out_signed_nothing(
    case: Case, box: Mailbox, names: Names, key: tuple[bytes, str]
) -> None:
    names.texts["s1._domainkey.cliente.example"] = key[1].replace("k=rsa;", "k=rsa; t=y;")

    assert not arrive(box, sign(forged(case), key[0])).verified


def test_where_the_receiver_speaks_nobody_else_is_asked(
    case: Case, box: Mailbox, names: Names, key: tuple[bytes, str]
) -> None:
    names.texts["s1._domainkey.cliente.example"] = key[1]
    raw = sign(forged(case), key[0])

    arrival = arrive(trusting(box), b"Authentication-Results: mx.loja.example; dmarc=none\r\n" + raw)

    assert not arrival.verified
    assert names.asked == []


def test_a_name_server_that_is_not_there_leaves_the_letter_to_the_team(
    case: Case, box: Mailbox, settings: Settings, key: tuple[bytes, str]
) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        settings.NAME_SERVER = f"127.0.0.1:{taken.getsockname()[1]}"
        taken.close()

        assert nothing_changed(case, arrive(box, sign(forged(case), key[0])))


# What our letters and pages tell.


def test_the_address_of_a_letter_s_page_is_no_message_id(case: Case, box: Mailbox) -> None:
    letter = Letter.objects.filter(case=case, party="customer").first()
    assert letter is not None

    key, _dot, rest = sending.message_id(letter.pk).partition(".")
    unsigned = f"{key}.{'a' * 10}{rest[10:]}"
    for guess in (f"<{letter.pk}@tratativa.example>", f"<{letter.pk.hex}@tratativa.example>", unsigned):
        raw = write(case, to=ADDRESS, In_Reply_To=guess, Message_ID=f"<{guess[1:9]}{len(guess)}@x.example>")
        assert arrive(box, raw).state == "unmatched"


def test_a_forged_bounce_must_know_a_message_id(case: Case, box: Mailbox) -> None:
    letter = Letter.objects.filter(case=case, party="customer").first()
    assert letter is not None
    raw = write(case, "550 5.1.1 User unknown", sender="MAILER-DAEMON@mx.example", to=ADDRESS, Return_Path="<>",
                References=f"<{letter.pk}@tratativa.example>")  # fmt: skip

    arrive(box, raw)

    letter.refresh_from_db()
    assert letter.bounced_at is None


def test_what_a_customer_quotes_shows_nobody_the_way_in(case: Case, box: Mailbox) -> None:
    link = "https://desk.example/my/link/aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789-_abcde?next=/my/"
    quoted = f"Recebi isto em {own_address(case)}:\n{link}\nPodem ver?"

    arrival = arrive(box, write(case, quoted))

    mac = own_address(case).partition(".")[2].partition("@")[0]
    words = said(case)[-1] + arrival.folded
    assert "Podem ver?" in said(case)[-1]
    assert mac not in words
    assert "aBcDeFgHiJkLmNoPqRsTuVwXyZ" not in words
    with default_storage.open(arrival.path) as stored:
        assert message_from_bytes(stored.read())["To"] == own_address(case)


def attached(case: Case, inner: bytes, kind: str = "message/rfc822") -> bytes:
    """The customer's letter with another one attached as it came."""
    raw = write(case, "Segue o que recebi.").decode()
    head, _blank, body = raw.partition("\n\n")
    kept = [line for line in head.splitlines() if not line.lower().startswith(("content-", "mime-"))]
    kept += ["MIME-Version: 1.0", "Content-Type: multipart/mixed; boundary=b"]
    part = f"--b\nContent-Type: {kind}\nContent-Disposition: attachment; filename=x\n\n".encode()
    return (
        "\n".join(kept).encode()
        + b"\n\n--b\nContent-Type: text/plain\n\n"
        + body.encode()
        + b"\n"
        + part
        + inner
        + b"\n--b--\n"
    )


def test_a_letter_of_ours_that_comes_back_attached_is_nobody_s_to_download(case: Case, box: Mailbox) -> None:
    sent = f"From: mesa@tratativa.example\nMessage-ID: {ours(case)}\nReply-To: {own_address(case)}\n\nAbra.\n"

    arrival = arrive(box, attached(case, sent.encode()))

    assert arrival.entry is not None and "Segue o que recebi." in said(case)[-1]
    assert (list(arrival.entry.attachments.all()), arrival.left_out) == ([], [])


@pytest.mark.parametrize("kind", ["message/rfc822", "text/plain"])
def test_another_s_letter_that_quotes_ours_is_kept_without_its_ways_in(case: Case, box: Mailbox, kind: str) -> None:
    secret = "aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789"
    quoting = (
        f"From: x@y.example\nMessage-ID: <1@y.example>\n\n> https://m.example/my/link/{secret}\n> {own_address(case)}\n"
    )

    arrival = arrive(box, attached(case, quoting.encode(), kind))

    assert arrival.entry is not None
    (file,) = arrival.entry.attachments.all()
    with default_storage.open(file.path) as stored:
        kept = stored.read().decode()
    mac = own_address(case).partition(".")[2].partition("@")[0]
    assert "x@y.example" in kept
    assert secret not in kept and mac not in kept


def test_a_seller_of_the_case_is_told_no_address_that_opens_it(cast: Cast, case: Case, box: Mailbox) -> None:
    for letter in Letter.objects.filter(case=case).exclude(party="customer"):
        sending.send(letter.pk, at=MONDAY)
        letter.refresh_from_db()
        assert own_address(case) not in letter.text + letter.html


def test_once_opened_a_letter_s_row_keeps_no_address_that_is_worth_a_word(case: Case, box: Mailbox) -> None:
    signed = own_address(case)
    arrival = receiving.receive(box, write(case, to="sac@loja.example"), at=LATER, recipients=[signed, "x@y.example"])
    assert arrival.case == case and arrival.recipients == [signed, "x@y.example"]

    filing.open_letter(arrival.pk, at=LATER)

    arrival.refresh_from_db()
    assert (arrival.verified, arrival.recipients) == (True, [ADDRESS, "x@y.example"])
