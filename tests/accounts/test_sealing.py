"""What a copy of the database alone does not tell: bank data, second factors, mailboxes' passwords, and their keys."""

import base64
import hashlib
import importlib
import json
import stat
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.fernet import Fernet
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.db import connection
from pytest_django import Settings

from tests.cast import MONDAY, Cast, answerer, ask, gather, opener
from tests.mail.test_answers import NAME
from tests.tampering import owning, switched_off
from tratativa.accounts.models import Person
from tratativa.accounts.secrecy import sealing
from tratativa.accounts.secrecy.sealed_fields import Lost
from tratativa.cases import door
from tratativa.cases.models import Request, SharedField, Text
from tratativa.cases.queues import sharing
from tratativa.config import resealing
from tratativa.mail.intake import mailbox_secrets
from tratativa.mail.models import Mailbox

ACCOUNT = "12345-6"


@pytest.fixture(autouse=True)
def keys(settings: Settings, tmp_path: Path) -> Path:
    settings.KEYS = tmp_path / "keys"
    return tmp_path / "keys"


@pytest.fixture
def cast(db: None) -> Cast:
    return gather()


@pytest.fixture
def request_(cast: Cast) -> Request:
    """A form in which the customer gave their account."""
    case = opener(cast)()
    entry = case.entries.order_by("number").first()
    assert entry is not None
    return Request.objects.create(
        case=case, entry=entry, ask="conta", label="Conta?", of="customer", by="marketplace", form=[NAME],
        asked_at=MONDAY, answered_at=MONDAY, sealed={"conta": ACCOUNT},
    )  # fmt: skip


def told_by_the_database() -> str:
    """Every value of the tables where such data are."""
    with connection.cursor() as cursor:
        found = []
        for table in ("cases_request", "cases_sharedfield", "cases_text", "cases_entry", "mail_mailbox",
                      "mfa_authenticator"):  # fmt: skip
            cursor.execute(f"select coalesce(string_agg(t::text, ' '), '') from {table} t")  # noqa: S608
            found.append(cursor.fetchone()[0])
    return " ".join(found)


def test_what_the_customer_gave_under_seal_is_in_no_row_and_read_by_the_program(request_: Request) -> None:
    assert Request.objects.get(pk=request_.pk).sealed == {"conta": ACCOUNT}
    assert ACCOUNT not in told_by_the_database()


def test_what_the_queue_that_pays_is_shown_is_in_no_row_and_read_by_it(cast: Cast) -> None:
    answerer(cast.marketplace, "ka", "Kaio")
    child = ask(opener(cast)(), "ka", cast.marta)

    with door.judging(child.pk, by=cast.marta, at=MONDAY) as change:
        sharing.show(change, sharing.Shared(sealed=[("Conta", ACCOUNT)], names=["conta"]))

    assert [one.told for one in SharedField.objects.filter(text__case=child) if one.sealed] == [ACCOUNT]
    assert "Conta: informado" in Text.objects.filter(case=child).latest("entry__number").body
    assert ACCOUNT not in told_by_the_database()


def second_factor(person: Person) -> str:
    TOTP.activate(person, "JBSWY3DPEHPK3PXP")
    return "JBSWY3DPEHPK3PXP"


def test_a_second_factor_s_secret_is_sealed_and_makes_the_same_codes(cast: Cast) -> None:
    person = Person.objects.get(pk=cast.ana.person_id)
    secret = second_factor(person)

    code = auth.format_hotp_value(auth.hotp_value(secret, next(auth.yield_hotp_counters_from_time())))
    assert secret not in told_by_the_database()
    assert TOTP(Authenticator.objects.get(user=person)).validate_code(code)


def test_an_envelope_carried_elsewhere_or_changed_opens_nothing() -> None:
    sealed = sealing.seal(ACCOUNT, "bank data")

    assert sealing.unseal(sealed, "bank data") == ACCOUNT
    for purpose, words in (("mailbox", sealed), ("bank data", sealed[:-6] + "AAAA=="), ("bank data", ACCOUNT)):
        with pytest.raises(sealing.Broken):
            sealing.unseal(words, purpose)


def test_the_keys_are_their_owner_s_alone(keys: Path) -> None:
    sealing.seal(ACCOUNT, "bank data")

    assert stat.S_IMODE((keys / "sealing.json").stat().st_mode) == 0o600
    assert stat.S_IMODE(keys.stat().st_mode) == 0o700
    assert [file.name for file in keys.iterdir()] == ["sealing.json"]


def test_letters_and_files_are_the_desk_s_alone(tmp_path: Path) -> None:
    store = FileSystemStorage(location=tmp_path / "files")

    name = store.save("letters/2026/11/a.eml", ContentFile(b"x"))

    assert stat.S_IMODE((tmp_path / "files" / name).stat().st_mode) == 0o600
    for folder in ("files", "files/letters", "files/letters/2026/11"):
        assert stat.S_IMODE((tmp_path / folder).stat().st_mode) == 0o700


def test_a_new_key_seals_everything_anew_and_old_ones_go_when_nothing_needs_them(cast: Cast, request_: Request) -> None:
    box = Mailbox.objects.create(
        marketplace=cast.marketplace, address="sac@loja.example", password=mailbox_secrets.seal("segredo")
    )
    person = Person.objects.get(pk=cast.ana.person_id)
    secret = second_factor(person)
    first = sealing.ring().active

    done = resealing.rotate()

    second = sealing.ring().active
    assert (done.resealed, done.forgotten, first != second) == (3, 0, True)
    assert resealing.used() == {second}
    assert Request.objects.get(pk=request_.pk).sealed == {"conta": ACCOUNT}
    box.refresh_from_db()
    assert mailbox_secrets.unseal(box.password) == "segredo"
    data: dict[str, Any] = Authenticator.objects.get(user=person).data
    assert sealing.unseal(data["secret"], "second factor") == secret
    resealing.rotate()
    assert first not in sealing.ring().keys  # kept for one more turn, then gone


def test_what_a_queue_was_shown_keeps_its_key(cast: Cast) -> None:
    answerer(cast.marketplace, "ka", "Kaio")
    child = ask(opener(cast)(), "ka", cast.marta)
    with door.judging(child.pk, by=cast.marta, at=MONDAY) as change:
        sharing.show(change, sharing.Shared(sealed=[("Conta", ACCOUNT)], names=["conta"]))
    first = sealing.ring().active

    for _turn in range(3):
        resealing.rotate()

    assert first in sealing.ring().keys
    assert [one.told for one in SharedField.objects.filter(text__case=child) if one.sealed] == [ACCOUNT]


def test_without_its_key_an_answer_is_told_to_nobody_and_stays_where_it_is(
    request_: Request, keys: Path, tmp_path: Path, settings: Settings
) -> None:
    settings.KEYS = tmp_path / "others"

    lost = Request.objects.get(pk=request_.pk)
    lost.save()

    assert isinstance(lost.sealed, Lost) and lost.sealed == {}
    assert resealing.missing()
    with pytest.raises(sealing.Broken):
        resealing.rotate()
    settings.KEYS = keys
    assert Request.objects.get(pk=request_.pk).sealed == {"conta": ACCOUNT}


def test_another_process_s_new_key_is_found(keys: Path) -> None:
    sealing.seal(ACCOUNT, "bank data")
    said = json.loads((keys / "sealing.json").read_text())

    name = sealing.add()

    assert set(sealing.ring().keys) == {*said["keys"], name}
    assert sealing.key_of(sealing.seal(ACCOUNT, "bank data")) == name


def test_what_lay_plain_is_sealed_by_the_migration(cast: Cast, request_: Request) -> None:
    answerer(cast.marketplace, "ka", "Kaio")
    child = ask(opener(cast)(), "ka", cast.marta)
    with door.judging(child.pk, by=cast.marta, at=MONDAY) as change:
        sharing.show(change, sharing.Shared(sealed=[("Conta", "x")], names=["conta"]))
    person = Person.objects.get(pk=cast.ana.person_id)
    secret = second_factor(person)
    Authenticator.objects.filter(user=person).update(data={"secret": secret})
    with switched_off(), connection.cursor() as cursor:
        cursor.execute("update cases_request set sealed = jsonb_build_object('conta', %s::text)", [ACCOUNT])
        cursor.execute("update cases_sharedfield set value = %s", [ACCOUNT])
    assert ACCOUNT in told_by_the_database() and secret in told_by_the_database()

    for name in ("cases.migrations.0027_sealed_answers", "accounts.migrations.0009_sealed_second_factors"):
        step = importlib.import_module(f"tratativa.{name}")
        for _twice in range(2):
            with owning(), connection.schema_editor() as editor:
                step.seal(apps, editor)

    found = told_by_the_database()
    assert ACCOUNT not in found and secret not in found
    assert Request.objects.get(pk=request_.pk).sealed == {"conta": ACCOUNT}
    assert [one.told for one in SharedField.objects.filter(text__case=child)] == [ACCOUNT]
    assert resealing.used() == {sealing.ring().active}


def test_a_mailbox_s_password_of_before_there_were_keys_still_opens(settings: Settings) -> None:
    key = hashlib.sha256(f"tratativa.mail.intake.mailbox_secrets|{settings.SECRET_KEY}".encode()).digest()
    before = Fernet(base64.urlsafe_b64encode(key)).encrypt(b"segredo").decode()

    assert mailbox_secrets.unseal(before) == "segredo"
