"""Mailboxes on the page of the post: told by an administrator, their passwords read by nobody."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Cast, gather, sign_in
from tests.mail import tls_front
from tratativa.accounts import actors
from tratativa.accounts.audit.models import AuditLine
from tratativa.accounts.models import Membership, Person, Role
from tratativa.mail.intake import mailbox_secrets
from tratativa.mail.models import Mailbox
from tratativa.outward import authorities

pytestmark = pytest.mark.django_db

GIVEN = {
    "address": "SAC@Loja.example", "kind": "imap", "host": "imap.loja.example", "security": "tls", "user": "",
    "password": "segredo da caixa", "folder": "INBOX", "receiver": "mx.google.com",
}  # fmt: skip


@pytest.fixture
def cast() -> Cast:
    return gather()


@pytest.fixture
def boss(cast: Cast) -> Client:
    person = Person.objects.create_user(email="otavio@mesa.example", password="uma senha bem longa", name="Otávio")
    member = Membership.objects.create(person=person, marketplace=cast.marketplace, role=Role.ADMIN)
    return sign_in(actors.of_membership(member))


def made(boss: Client, **more: Any) -> Mailbox:
    boss.post("/post/boxes/new", GIVEN | more)
    return Mailbox.objects.get()


def test_an_administrator_adds_a_mailbox_and_its_password_is_sealed(boss: Client, cast: Cast) -> None:
    box = made(boss)

    assert (box.address, box.host, box.port, box.marketplace_id) == (
        "sac@loja.example",
        "imap.loja.example",
        993,
        cast.marketplace.pk,
    )
    assert mailbox_secrets.unseal(box.password) == "segredo da caixa"
    assert "segredo" not in box.password + boss.get(f"/post/boxes/{box.pk}").text + boss.get("/post/").text


def test_changing_its_folder_keeps_the_password(boss: Client) -> None:
    box = made(boss)

    boss.post(f"/post/boxes/{box.pk}", GIVEN | {"password": "", "folder": "Atendimento"})

    box.refresh_from_db()
    assert (box.folder, mailbox_secrets.unseal(box.password)) == ("Atendimento", "segredo da caixa")


@pytest.mark.parametrize("moved", [{"host": "imap.ladrao.example"}, {"user": "outro"}, {"security": "starttls"}])
def test_a_password_is_never_sent_to_another_server_than_it_was_given_for(boss: Client, moved: dict[str, str]) -> None:
    box = made(boss)

    answer = boss.post(f"/post/boxes/{box.pk}", GIVEN | {"password": ""} | moved)

    assert answer.status_code == 422
    assert "Escreva a senha da caixa." in answer.text
    box.refresh_from_db()
    assert box.host == "imap.loja.example"


def test_a_mailbox_of_the_command_line_keeps_its_variable_until_a_password_is_written(boss: Client, cast: Cast) -> None:
    box = Mailbox.objects.create(
        marketplace=cast.marketplace, address="sac@loja.example", kind="imap", host="imap.loja.example", secret="SENHA"
    )

    boss.post(f"/post/boxes/{box.pk}", GIVEN | {"password": ""})
    box.refresh_from_db()
    assert (box.secret, box.password) == ("SENHA", "")

    boss.post(f"/post/boxes/{box.pk}", GIVEN)
    box.refresh_from_db()
    assert (box.secret, mailbox_secrets.unseal(box.password)) == ("", "segredo da caixa")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("address", "sac+x@loja.example", "Não é um endereço que receba respostas"),
        ("address", "a" * 27 + "@loja.example", "Não é um endereço que receba respostas"),
        ("host", "http://imap", "Escreva o nome do servidor"),
        ("host", "", "Escreva o nome do servidor"),
        ("security", "none", "Escolha como a conexão é protegida."),
        ("kind", "pombo", "Escolha como os e-mails chegam."),
        ("password", "a" * 201, "A senha tem até 200 letras"),
        ("receiver", "mx google", "Escreva só o nome"),
    ],
)
def test_what_cannot_be_is_said_and_what_was_written_stays(boss: Client, field: str, value: str, said: str) -> None:
    answer = boss.post("/post/boxes/new", GIVEN | {field: value})

    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="mx.google.com"' in answer.text or field == "receiver"
    assert "segredo" not in answer.text
    assert not Mailbox.objects.exists()


def test_an_address_is_a_mailbox_once(boss: Client) -> None:
    made(boss)

    assert "Já existe uma caixa com este endereço." in boss.post("/post/boxes/new", GIVEN).text


def test_a_mailbox_is_paused_and_resumed(boss: Client) -> None:
    box = made(boss)

    assert "nada é buscado nela" in boss.post(f"/post/boxes/{box.pk}/pause", follow=True).text
    assert ">parada<" in boss.get("/post/").text

    boss.post(f"/post/boxes/{box.pk}/resume")
    box.refresh_from_db()
    assert box.paused_at is None


def test_an_agent_sees_the_mailboxes_and_changes_none(boss: Client, cast: Cast) -> None:
    box = made(boss)
    marta = sign_in(cast.marta)

    page = marta.get("/post/").text

    assert "sac@loja.example" in page
    assert f'/post/boxes/{box.pk}"' not in page
    assert "/post/boxes/new" not in page


def test_a_mailbox_that_is_no_longer_fetched_forgets_its_password(boss: Client) -> None:
    box = made(boss)

    boss.post(f"/post/boxes/{box.pk}", GIVEN | {"kind": "listener", "password": ""})
    box.refresh_from_db()
    assert (box.kind, box.host, box.password) == ("listener", "", "")

    assert "Escreva a senha da caixa." in boss.post(f"/post/boxes/{box.pk}", GIVEN | {"password": ""}).text


def test_a_port_told_on_the_command_line_stays_until_the_protection_changes(boss: Client, cast: Cast) -> None:
    box = Mailbox.objects.create(
        marketplace=cast.marketplace, address="sac@loja.example", kind="imap", host="imap.loja.example", port=1143,
        security="none", secret="SENHA",
    )  # fmt: skip

    boss.post(f"/post/boxes/{box.pk}", GIVEN | {"security": "none", "folder": "Outra", "password": ""})
    box.refresh_from_db()
    assert (box.port, box.security, box.folder) == (1143, "none", "Outra")

    boss.post(f"/post/boxes/{box.pk}", GIVEN)
    box.refresh_from_db()
    assert (box.port, box.security) == (993, "tls")


def test_what_is_done_to_a_mailbox_is_told_and_its_password_is_not(boss: Client) -> None:
    box = made(boss)
    boss.post(f"/post/boxes/{box.pk}", GIVEN | {"password": "outro segredo", "folder": "Sac"})
    boss.post(f"/post/boxes/{box.pk}", GIVEN | {"password": "", "folder": "Sac"})  # nothing differs
    for what in ("pause", "pause", "resume", "secret"):
        boss.post(f"/post/boxes/{box.pk}/{what}")

    lines = list(AuditLine.objects.order_by("at"))

    assert [line.what for line in lines] == [
        "mailbox.added", "mailbox.changed", "mailbox.paused", "mailbox.resumed", "mailbox.readdressed",
    ]  # fmt: skip
    assert {line.about for line in lines} == {"sac@loja.example"}
    assert (lines[1].before, lines[1].after) == ({"folder": "INBOX"}, {"folder": "Sac", "password": True})
    assert "segredo" not in "".join(f"{line.before}{line.after}" for line in lines)


def test_a_mailbox_that_is_refused_is_told_of_nowhere(boss: Client) -> None:
    boss.post("/post/boxes/new", GIVEN | {"address": "nada"})

    assert not AuditLine.objects.exists()


def test_port_protection_and_authority_are_told_on_the_page_and_stay(boss: Client) -> None:
    pem = tls_front.authority("Casa Própria")[0]
    box = made(boss, port="1993", authority=f"issuer=Casa\n{pem}")
    boss.post(f"/post/boxes/{box.pk}", GIVEN | {"password": "", "port": "1993", "authority": pem, "folder": "Sac"})
    box.refresh_from_db()
    page = boss.get(f"/post/boxes/{box.pk}").text

    assert (box.port, box.folder, box.authority) == (1993, "Sac", authorities.clean(pem))
    assert 'value="1993"' in page and "Casa Própria" in page and "BEGIN CERTIFICATE" in page
    assert mailbox_secrets.unseal(box.password) == "segredo da caixa"

    boss.post(f"/post/boxes/{box.pk}", GIVEN | {"port": "", "authority": ""})
    box.refresh_from_db()
    line = AuditLine.objects.order_by("at", "id").last()
    assert (box.port, box.authority) == (993, "")
    assert line and line.before["port"] == 1993 and str(line.before["authority"]).startswith("Casa Própria (SHA-256")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("port", "70000", "Uma porta é um número de 1 a 65535."),
        ("port", "noventa", "Uma porta é um número de 1 a 65535."),
        ("authority", "uma autoridade", "Cole o certificado em PEM"),
        ("authority", "-----BEGIN PRIVATE KEY-----\nMA==\n-----END PRIVATE KEY-----", "Isto traz uma chave privada"),
    ],
)
def test_a_wrong_port_or_authority_is_said(boss: Client, field: str, value: str, said: str) -> None:
    answer = boss.post("/post/boxes/new", GIVEN | {field: value})

    assert (answer.status_code, said in answer.text, Mailbox.objects.exists()) == (422, True, False)


def test_no_protection_is_for_a_server_of_the_house_alone(boss: Client) -> None:
    assert boss.post("/post/boxes/new", GIVEN | {"security": "none", "host": "192.0.2.7"}).status_code == 422

    box = made(boss, security="none", host="127.0.0.1", port="1143")

    assert (box.security, box.port) == ("none", 1143)


def test_another_port_is_another_server_to_its_password(boss: Client) -> None:
    box = made(boss)

    answer = boss.post(f"/post/boxes/{box.pk}", GIVEN | {"password": "", "port": "2993"})

    assert "Escreva a senha da caixa." in answer.text


def test_a_mailbox_that_does_not_answer_is_said_with_what_to_do_and_the_post_is_not_called_in_order(
    boss: Client,
) -> None:
    box = made(boss)
    well = boss.get("/post/").text
    then = timezone.now() - timedelta(hours=3)
    Mailbox.objects.filter(pk=box.pk).update(trouble="login", looked_at=timezone.now(), answered_at=then)

    for page in (boss.get("/post/").text, boss.get("/settings/mail/").text):
        said = " ".join(page.split())
        assert "Não responde." in said and "recusou o usuário ou a senha" in said and "senha de aplicativo" in said
        assert "Respondeu pela última vez" in said and "está em ordem" not in said
    assert "Todo o correio está em ordem." in well
