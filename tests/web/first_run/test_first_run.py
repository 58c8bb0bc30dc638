"""The first run: one address opens it, each step stays, and the desk tells what is missing until nothing is."""

import io
import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from threading import Barrier
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from tests.config.desks import free_port
from tests.founding.test_zips import folder, packed
from tratativa.accounts.audit.models import AuditLine
from tratativa.accounts.models import Marketplace, Membership, Person
from tratativa.accounts.people.team import Doer
from tratativa.cases.core import rulebook_versions
from tratativa.founding import beginnings, first_run
from tratativa.mail.models import Mailbox, OutgoingServer
from tratativa.studio import demanding
from tratativa.web.first_run import entrance

COMPANY = {
    "name": "Loja Exemplo", "slug": "", "accent": "teal", "zone": "America/Manaus", "language": "pt-br",
    "currency": "BRL",
}  # fmt: skip
ADMIN = {"email": "Ana@exemplo.com.br", "name": "Ana Souza", "password": "uma senha bem comprida 7"}


@pytest.fixture(autouse=True)
def empty(db: None, settings: Settings) -> Iterator[None]:
    """An empty desk without a mail server."""
    entrance._FOUNDED.clear()
    settings.EMAIL_BACKEND = "tratativa.mail.outgoing.smtp.Backend"
    settings.EMAIL_HOST = ""
    yield
    entrance._FOUNDED.clear()


def address() -> str:
    return first_run.link().partition("://")[2].partition("/")[2].join(["/", ""])


@pytest.fixture
def owner() -> Client:
    """Whoever holds the address, after its button."""
    browser = Client()
    assert browser.post(address())["Location"] == "/setup/"
    return browser


def at(browser: Client) -> str:
    """The step that comes next."""
    return str(browser.get("/setup/")["Location"])


def founded(browser: Client, rulebook: str = "americanas") -> Client:
    """The steps up to the administrator, done."""
    browser.post("/setup/company/", COMPANY)
    browser.post("/setup/rules/", {"rulebook": rulebook})
    browser.post("/setup/administrator/", ADMIN)
    return browser


@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/cases/", "/my/enter", "/setup/", "/setup/rules/"])
def test_everybody_else_is_told_that_the_desk_is_not_set_up_and_nothing_more(path: str) -> None:
    page = Client().get(path)

    assert "ainda não foi configurada" in page.text
    assert "<form" not in page.text and "/setup/link" not in page.text


def test_a_wrong_secret_opens_nothing() -> None:
    browser = Client()
    page = browser.post(reverse("setup_link", args=["0" * 40]))

    assert "ainda não foi configurada" in page.text
    assert "ainda não foi configurada" in browser.get("/setup/").text


def test_looking_at_the_address_begins_nothing() -> None:
    browser = Client()
    browser.get(address())

    assert "ainda não foi configurada" in browser.get("/setup/").text


def test_each_step_stays_and_the_next_one_comes_also_in_another_browser(owner: Client) -> None:
    first = at(owner)
    owner.post("/setup/company/", COMPANY)
    second = at(owner)
    other = Client()
    other.post(address())
    other.post("/setup/rules/", {"rulebook": "americanas"})

    assert (first, second, at(owner)) == ("/setup/company/", "/setup/rules/", "/setup/administrator/")
    assert 'value="Loja Exemplo"' in other.get("/setup/company/").text
    assert other.get("/setup/letters/")["Location"] == "/setup/administrator/"


def test_the_rules_count_in_the_company_s_time_zone(owner: Client) -> None:
    founded(owner)

    place = Marketplace.objects.get()
    assert (place.slug, place.accent, place.rulebook) == ("loja-exemplo", "teal", "americanas")
    assert rulebook_versions.in_force(place.pk).timezone == "America/Manaus"


@pytest.mark.parametrize(("host", "offered"), [("127.0.0.1", False), ("localhost", True)])
def test_a_passkey_is_offered_where_the_address_has_a_name(
    owner: Client, settings: Settings, host: str, offered: bool
) -> None:
    settings.ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
    owner.post("/setup/company/", COMPANY)
    owner.post("/setup/rules/", {"rulebook": "essencial"})

    page = owner.get("/setup/administrator/", headers={"host": host}).text

    assert ('value="key"' in page) is offered
    assert ("só se cria num endereço com nome" in page) is not offered


def test_the_rules_are_told_as_they_would_be_here(owner: Client) -> None:
    """In the language of who reads and in the company's zone: what is published is so as well."""
    owner.post("/setup/company/", COMPANY | {"language": "en", "zone": "America/New_York"})

    page = owner.get("/setup/rules/", headers={"Accept-Language": "en"}).text

    assert "Essential" in page and "Late delivery" in page and "Deadline “Answer the customer”, of Seller" in page
    assert "(America/New_York)" in page and "America/Sao_Paulo" not in page


def test_duties_that_others_include_are_no_rules_to_begin_with(owner: Client) -> None:
    owner.post("/setup/company/", COMPANY)

    page = owner.get("/setup/rules/").text
    chosen = owner.post("/setup/rules/", {"rulebook": "comercio-eletronico"})

    assert "Comércio eletrônico" not in page and "SAC regulado" not in page and "Essencial" in page
    assert chosen.status_code == 422 and "Escolha as regras" in chosen.text


def test_the_administrator_is_in_at_once_and_the_address_opens_nothing_any_more(owner: Client) -> None:
    way_in = address()
    founded(owner)
    stranger = Client()

    assert at(owner) == "/setup/letters/"
    assert Membership.objects.get().role == "admin"
    assert stranger.get(way_in).status_code == 410
    assert stranger.get("/setup/company/").status_code == 302
    signed = stranger.post("/accounts/login/", {"login": "ana@exemplo.com.br", "password": ADMIN["password"]})
    assert (signed.status_code, signed["Location"]) == (302, "/")


def code_on(page: str) -> str:
    """What an app that read the page's drawing shows now."""
    secret = re.search(r'class="secret">([A-Z2-7]+)<', page)
    assert secret
    return str(format_hotp_value(hotp_value(secret[1], int(time.time()) // 30)))


def test_the_administrator_guards_the_account_with_an_app_on_the_way(
    owner: Client, django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[list[Any]]]
) -> None:
    owner.post("/setup/company/", COMPANY)
    owner.post("/setup/rules/", {"rulebook": "americanas"})
    page = owner.get("/setup/administrator/").text
    guarded = {**ADMIN, "factor": "app"}

    wrong = owner.post("/setup/administrator/", {**guarded, "code": "000000"})
    nobody = Person.objects.count()
    with django_capture_on_commit_callbacks(execute=True):
        done = owner.post("/setup/administrator/", {**guarded, "code": code_on(page)})
    codes = owner.get(done["Location"])
    again = TOTP(Authenticator.objects.get(type="totp")).validate_code(code_on(page))

    assert (wrong.status_code, nobody, again) == (422, 0, False)
    assert "O código não confere" in wrong.text and code_on(wrong.text) == code_on(page)
    assert set(Authenticator.objects.values_list("type", flat=True)) == {"totp", "recovery_codes"}
    assert done["Location"] == "/accounts/2fa/recovery-codes/"
    assert 'href="/setup/"' in codes.text and at(owner) == "/setup/letters/"


def test_the_administrator_is_led_to_a_passkey_and_back(owner: Client) -> None:
    owner.post("/setup/company/", COMPANY)
    owner.post("/setup/rules/", {"rulebook": "americanas"})

    done = owner.post("/setup/administrator/", {**ADMIN, "factor": "key"})
    page = owner.get(done["Location"])

    assert done["Location"] == "/accounts/2fa/webauthn/add/"
    assert "data-passkey" in page.text and 'href="/setup/"' in page.text


def test_an_account_that_is_there_is_asked_for_its_own_second_factor(owner: Client) -> None:
    ana = Person.objects.create_user(email="ana@exemplo.com.br", password=ADMIN["password"], name="Ana")
    TOTP.activate(ana, generate_totp_secret())
    owner.post("/setup/company/", COMPANY)
    owner.post("/setup/rules/", {"rulebook": "americanas"})

    answer = owner.post("/setup/administrator/", ADMIN)

    assert answer["Location"] == "/accounts/2fa/authenticate/"
    assert owner.get("/cases/").status_code == 302


def test_a_second_holder_of_the_address_makes_no_second_administrator(owner: Client) -> None:
    other = Client()
    other.post(address())
    founded(owner)

    other.post("/setup/administrator/", {**ADMIN, "email": "mal@exemplo.com.br"})

    assert not Person.objects.filter(email="mal@exemplo.com.br").exists()


@pytest.mark.parametrize(
    ("step", "wrong", "why"),
    [
        ("company", {**COMPANY, "name": " "}, "Diga o nome da empresa"),
        ("company", {**COMPANY, "zone": "Lua/Mar"}, "Escolha um fuso"),
        ("company", {**COMPANY, "slug": "enter"}, "não serve de endereço"),
        ("company", {**COMPANY, "accent": "x' onload"}, "Escolha uma cor"),
    ],
)
def test_what_is_wrong_with_the_company_is_told_at_its_field(
    owner: Client, step: str, wrong: dict[str, str], why: str
) -> None:
    page = owner.post(f"/setup/{step}/", wrong)

    assert page.status_code == 422
    assert why in page.text
    assert not Marketplace.objects.exists()


@pytest.mark.parametrize("password", ["curta", "1234567890", "password123"])
def test_a_weak_password_makes_no_administrator(owner: Client, password: str) -> None:
    owner.post("/setup/company/", COMPANY)
    owner.post("/setup/rules/", {"rulebook": "americanas"})

    page = owner.post("/setup/administrator/", {**ADMIN, "password": password})

    assert page.status_code == 422
    assert not Person.objects.exists()


def test_each_rulebook_is_told_in_about_ten_lines(owner: Client) -> None:
    owner.post("/setup/company/", COMPANY)

    page = owner.get("/setup/rules/")

    assert "Americanas Marketplace" in page.text and "Há mediação" in page.text
    assert all(3 <= len(one["lines"]) <= 12 for one in page.context["offered"])


def test_a_folder_comes_as_a_zip_and_a_bad_one_is_refused_with_its_lines(owner: Client) -> None:
    owner.post("/setup/company/", COMPANY)
    bad = packed({"rulebook.yaml": b"rulebook: x\ntitle: X\nnada: 1\n"})
    out = packed({"rulebook.yaml": b"x", "../../fora.yaml": b"x"})

    refused = owner.post("/setup/rules/", {"zip": sent("r.zip", bad)})
    hostile = owner.post("/setup/rules/", {"zip": sent("r.zip", out)})
    taken = owner.post("/setup/rules/", {"zip": sent("r.zip", packed(folder("americanas", "minha/")))})

    assert "rulebook.yaml:3" in refused.text
    assert "sai da pasta" in hostile.text
    assert taken.status_code == 302
    assert Marketplace.objects.get().rulebook == "americanas"


def test_a_logo_is_redrawn_and_shown(owner: Client) -> None:
    from PIL import Image

    picture = io.BytesIO()
    Image.new("RGB", (400, 300), "navy").save(picture, "PNG")
    picture.seek(0)
    owner.post("/setup/company/", {**COMPANY, "logo": sent("logo.png", picture)})
    evil = owner.post("/setup/company/", {**COMPANY, "logo": sent("l.svg", io.BytesIO(b"<svg onload='x'/>"))})

    place = Marketplace.objects.get()
    answer = Client().get(reverse("logo", args=[place.slug, place.logo]))
    founded(owner)
    answer = Client().get(reverse("logo", args=[place.slug, place.logo]))
    assert evil.status_code == 422
    assert (answer["Content-Type"], answer.content[:4]) == ("image/webp", b"RIFF")


class Sink:
    """A mail server that keeps what it is handed."""

    def __init__(self) -> None:
        self.letters: list[Any] = []

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        self.letters.append(envelope)
        return "250 OK"


@pytest.fixture
def sink() -> Iterator[tuple[Sink, int]]:
    kept = Sink()
    server = Controller(kept, hostname="127.0.0.1", port=free_port())
    server.start()
    yield kept, server.port
    server.stop()


def test_a_test_letter_leaves_by_the_server_and_what_is_wrong_is_said(owner: Client, sink: tuple[Sink, int]) -> None:
    kept, port = sink
    founded(owner)
    good = {"host": "127.0.0.1", "port": str(port), "security": "none", "sender": "Loja <sac@loja.example>"}

    tried = owner.post("/setup/letters/", {**good, "do": "try"})
    shut = owner.post("/setup/letters/", {**good, "port": "1", "do": "try"})
    unsealed = owner.post("/setup/letters/", {**good, "security": "starttls", "do": "try"})
    stranger = owner.post("/setup/letters/", {**good, "host": "smtp.nao-existe.invalid", "do": "try"})
    saved = owner.post("/setup/letters/", {**good, "do": "keep"})

    assert "aceitou uma carta de teste para ana@exemplo.com.br" in tried.text
    assert [one.rcpt_tos for one in kept.letters] == [["ana@exemplo.com.br"]]
    assert "não atende nesta porta" in shut.text
    assert "não oferece a proteção pedida" in unsealed.text
    assert "não se conecta a smtp.nao-existe.invalid" in stranger.text
    assert (saved["Location"], OutgoingServer.objects.get().host) == ("/setup/mailbox/", "127.0.0.1")


def test_the_password_of_the_mail_server_is_sealed_and_never_shown(owner: Client) -> None:
    founded(owner)
    given = {"host": "smtp.loja.example", "security": "tls", "user": "sac", "password": "s3gr3do-longo"}
    owner.post("/setup/letters/", {**given, "sender": "sac@loja.example", "do": "keep"})
    owner.post("/setup/letters/", {**given, "password": "", "sender": "outro@loja.example", "do": "keep"})

    row = OutgoingServer.objects.get()
    assert row.password.startswith("s1.") and "s3gr3do" not in row.password
    assert row.sender == "outro@loja.example"
    assert "s3gr3do" not in owner.get("/setup/letters/").text


def test_a_mailbox_made_on_the_way_is_told_in_the_audit_log(owner: Client) -> None:
    founded(owner)
    given = {"address": "sac@loja.example", "kind": "listener", "security": "tls", "folder": "INBOX"}

    answer = owner.post("/setup/mailbox/", given)

    line = AuditLine.objects.get(what="mailbox.added")
    assert (answer.status_code, line.about) == (302, "sac@loja.example")
    assert line.who and line.who.email == "ana@exemplo.com.br"


@pytest.mark.parametrize("does", ["keep", "try"])
def test_a_mailbox_that_does_not_open_is_said_to_and_going_on_stays_possible(owner: Client, does: str) -> None:
    founded(owner)
    given = {
        "address": "sac@loja.example", "kind": "imap", "host": "127.0.0.1", "port": "1", "security": "tls",
        "folder": "INBOX", "password": "uma senha errada",
    }  # fmt: skip

    shut = owner.post("/setup/mailbox/", {**given, "do": does})
    again = owner.post("/setup/mailbox/", {**given, "do": does})

    place = Marketplace.objects.get()
    named = "Cartas que chegam: a caixa sac@loja.example não responde"
    assert (shut.status_code, again.status_code) == (422, 422)
    assert ("foi guardada, mas não abriu" in shut.text) is (does == "keep") and "não abriu." in again.text
    assert ('href="/setup/">Seguir assim mesmo' in shut.text) is (does == "keep")
    assert Mailbox.objects.count() == (1 if does == "keep" else 0)
    assert (named in [one.label for one in beginnings.lacking(place)]) is (does == "keep")
    assert owner.get("/setup/").headers["Location"] == ("/setup/letters/")


@pytest.mark.django_db(transaction=True)
def test_the_company_s_form_sent_twice_at_once_makes_one_company() -> None:
    owner = Client()
    owner.post(address())
    together = Barrier(2)

    def send(name: str) -> int:
        browser = Client()
        browser.cookies = owner.cookies
        try:
            together.wait(10)
            return browser.post("/setup/company/", {**COMPANY, "name": name}).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(send, ("Loja Um", "Loja Dois"))) == [302, 302]
    assert Marketplace.objects.count() == 1


def test_an_administrator_among_several_marketplaces_does_not_say_where_the_letters_of_all_leave(owner: Client) -> None:
    founded(owner)
    OutgoingServer.objects.create(host="smtp.da-casa.example", port=465, security="tls", sender="sac@da-casa.example")
    Marketplace.objects.create(slug="outro", name="Outro", rulebook="americanas")
    theirs = {"host": "smtp.alheio.example", "security": "tls", "sender": "sac@alheio.example"}

    page = owner.get("/setup/letters/")
    refused = [owner.post("/setup/letters/", {**theirs, "do": what}).status_code for what in ("keep", "try")]

    assert refused == [403, 403]
    assert OutgoingServer.objects.get().host == "smtp.da-casa.example"
    assert "mais de um marketplace" in page.text
    assert "da-casa" not in page.text and 'name="host"' not in page.text


@pytest.mark.parametrize("path", ["/setup/", "/setup/letters/", "/setup/data/", "/setup/models/orders.csv"])
def test_who_lacks_a_demanded_second_factor_sets_nothing_up(owner: Client, path: str) -> None:
    founded(owner)
    Marketplace.objects.update(two_factor_roles=["marketplace:admin"])

    assert owner.get(path)["Location"] == "/accounts/2fa/"
    assert owner.post(path, {"do": "end"}).status_code in {401, 405}
    assert "data" not in (Marketplace.objects.get().beginning or {})["later"]


def test_the_desk_lists_what_is_missing_until_nothing_is(owner: Client) -> None:
    founded(owner)
    for step in ("letters", "mailbox", "data"):
        owner.post(f"/setup/{step}/later")
    desk = owner.get("/cases/")

    for one in ("letters", "mailbox", "data", "people", "second_factor"):
        owner.post(f"/setup/{one}/later", {"from": "desk"})
    after = owner.get("/cases/")

    assert "Para começar, ainda falta" in desk.text and "uma caixa postal" in desk.text
    assert "Para começar" not in after.text
    assert Marketplace.objects.get().beginning is None


def test_sheets_are_taken_in_the_last_step_and_their_models_downloaded(owner: Client) -> None:
    founded(owner)
    sheet = io.BytesIO("documento;nome;e-mail\n33000167000101;Casa Três;bia@x.com\n9;Ruim;\n".encode())

    page = owner.post("/setup/data/", {"kind": "sellers", "sheet": sent("l.csv", sheet)}, follow=True)
    model = owner.get("/setup/models/orders.csv")

    assert "Linhas novas: 1. Já conhecidas: 0. Recusadas: 1." in page.text and "Linha 3:" in page.text
    assert "bia@x.com" in page.text and "/invitation/" in page.text
    assert model["Content-Disposition"] == 'attachment; filename="pedidos.csv"'


def sent(name: str, content: io.BytesIO) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.getvalue())


def test_a_mailbox_made_in_the_first_run_is_told_in_the_audit_log(owner: Client) -> None:
    founded(owner)
    owner.post("/setup/mailbox/", {"address": "sac@loja.example", "kind": "listener"})

    (line,) = AuditLine.objects.filter(what="mailbox.added")
    assert (line.about, line.who and line.who.email) == ("sac@loja.example", "ana@exemplo.com.br")


def test_another_language_and_another_name_in_addresses_are_told_before_and_after(owner: Client) -> None:
    owner.post("/setup/company/", COMPANY)
    owner.post("/setup/company/", COMPANY | {"language": "en", "slug": "example"})
    owner.post("/setup/company/", COMPANY | {"language": "en", "slug": "example"})

    spoken = AuditLine.objects.filter(what="marketplace.language_changed").order_by("at")
    renamed = AuditLine.objects.filter(what="marketplace.address_changed")
    assert [(line.before["language"], line.after["language"]) for line in spoken] == [
        ("", "Português"), ("Português", "English"),
    ]  # fmt: skip
    assert [(line.before, line.after) for line in renamed] == [({"address": "loja-exemplo"}, {"address": "example"})]


def test_where_two_publish_the_first_run_s_page_is_no_way_around_the_second(owner: Client) -> None:
    founded(owner, rulebook="essencial")
    place = Marketplace.objects.get()
    again = Person.objects.create_user(email="rui@exemplo.com.br", password="uma senha comprida 8", name="Rui")
    Membership.objects.create(person=again, marketplace=place, role="admin")
    by = Doer(Person.objects.get(email="ana@exemplo.com.br"))
    demanding.demand(place, by=by, at=timezone.now())
    sent = SimpleUploadedFile("regras.zip", packed(folder("sac-regulado")).getvalue())

    answers = [owner.post("/setup/rules/", {"rulebook": "americanas"}), owner.post("/setup/rules/", {"zip": sent})]

    assert [one.status_code for one in answers] == [422, 422]
    assert "publicadas por duas pessoas" in answers[0].text
    assert rulebook_versions.in_force(place.pk).rulebook == "essencial"


def test_the_name_in_addresses_stays_once_somebody_administers(owner: Client) -> None:
    founded(owner)

    owner.post("/setup/company/", COMPANY | {"name": "Loja Nova", "slug": "outro-nome"})

    place = Marketplace.objects.get()
    assert (place.name, place.slug) == ("Loja Nova", "loja-exemplo")
