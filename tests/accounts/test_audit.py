"""The audit log: who did what, written once, with no secret in it and the database's own moment."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.utils import translation
from django.utils.translation import gettext_lazy

from tests.cast import gather
from tests.tampering import owning, run
from tratativa.accounts import audit, clock, reach
from tratativa.accounts.audit import registry
from tratativa.accounts.audit.models import AuditLine
from tratativa.accounts.audit.registry import Told
from tratativa.accounts.models import Marketplace, Person, Seller
from tratativa.rulebook.terms.registered import Twice
from tratativa.web import urls

SAID = "test.mailbox_changed"


@pytest.fixture(autouse=True)
def told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The log tells of a mailbox, and nothing else that is not told everywhere."""
    said = Told(SAID, gettext_lazy("Mudou a caixa de e-mail"), {"host": gettext_lazy("Servidor")})
    monkeypatch.setitem(registry.REGISTRY, SAID, said)


@pytest.fixture
def marketplace(db: None) -> Marketplace:
    return Marketplace.objects.create(slug="loja", name="Loja", rulebook="americanas")


@pytest.fixture
def boss(db: None) -> Person:
    return Person.objects.create_user(email="boss@loja.example", password=None, name="Bruna Boss")


def test_a_line_says_who_did_what_from_where_and_what_it_was_before(marketplace: Marketplace, boss: Person) -> None:
    audit.record(
        marketplace, what=SAID, who=boss, whence="203.0.113.9", about="sac@loja.example",
        before={"host": "imap.velho.example"}, after={"host": "imap.novo.example", "folders": ["INBOX", "Sac"]},
    )  # fmt: skip

    line = AuditLine.objects.get()
    assert (line.who, line.by_command, line.whence) == (boss, "", "203.0.113.9")
    assert (line.before, line.after) == (
        {"host": "imap.velho.example"}, {"host": "imap.novo.example", "folders": ["INBOX", "Sac"]},
    )  # fmt: skip
    assert (registry.sentence(line.what), registry.name(line.what, "host")) == ("Mudou a caixa de e-mail", "Servidor")


def test_a_line_is_written_before_anybody_is_in_and_read_by_nobody_of_another_marketplace(
    marketplace: Marketplace, boss: Person
) -> None:
    other = Marketplace.objects.create(slug="outra", name="Outra", rulebook="americanas")
    with reach.within():
        audit.record(marketplace, what=SAID, by_command="setup")

    with reach.within(other.pk):
        assert not AuditLine.objects.exists()
    with reach.within(marketplace.pk):
        assert AuditLine.objects.exists()


def test_the_moment_is_the_databases_whatever_the_machine_believes(marketplace: Marketplace, boss: Person) -> None:
    before = clock.asked()

    with time_machine.travel("2031-01-01"):
        line = audit.record(marketplace, what=SAID, who=boss)
    AuditLine.objects.bulk_create(
        [AuditLine(marketplace=marketplace, who=boss, what=SAID, at=before - timedelta(days=90))]
    )

    moments = AuditLine.objects.values_list("at", flat=True)
    assert all(before <= at <= clock.asked() for at in moments), line.pk


@pytest.mark.parametrize("name", ["password", "apiToken", "hand_in_secret", "nova_senha", "totp", "recovery_codes"])
def test_a_secret_is_never_written_down(marketplace: Marketplace, boss: Person, name: str) -> None:
    with pytest.raises(audit.Unwritable, match="secret"):
        audit.record(marketplace, what=SAID, who=boss, after={name: "abacaxi azul"})

    assert not AuditLine.objects.exists()


def test_that_a_secret_changed_may_be_said(marketplace: Marketplace, boss: Person) -> None:
    audit.record(marketplace, what=SAID, who=boss, after={"password": True})

    assert AuditLine.objects.get().after == {"password": True}


@pytest.mark.parametrize("value", [{"a": 1}, 1.5, object(), [1, 2], [["a"]]])
def test_values_are_plain(marketplace: Marketplace, boss: Person, value: object) -> None:
    with pytest.raises(audit.Unwritable, match="plain"):
        audit.record(marketplace, what=SAID, who=boss, after={"host": value})  # type: ignore[dict-item]


def test_a_long_value_is_cut_where_one_sees_it_and_no_control_character_is_kept(
    marketplace: Marketplace, boss: Person
) -> None:
    audit.record(marketplace, what=SAID, who=boss, about="a\x00b" * 200, after={"host": "x\x00" * 4000})

    line = AuditLine.objects.get()
    assert line.after["host"] == "x" * 299 + "…"
    assert (len(line.about), line.about[-1]) == (200, "…")


def test_a_code_nobody_registered_is_refused(marketplace: Marketplace, boss: Person) -> None:
    with pytest.raises(audit.Unwritable, match="no registered code"):
        audit.record(marketplace, what="mailbox.eaten", who=boss)


def test_a_code_is_registered_once() -> None:
    with pytest.raises(Twice):
        audit.register(SAID, "Outra coisa")


def test_a_line_is_somebodys_or_a_commands_and_never_both(marketplace: Marketplace, boss: Person) -> None:
    with pytest.raises(audit.Unwritable):
        audit.record(marketplace, what=SAID)
    with pytest.raises(audit.Unwritable):
        audit.record(marketplace, what=SAID, who=boss, by_command="setup")

    assert audit.record(marketplace, what=SAID, by_command="setup").by_command == "setup"


def test_a_line_goes_with_the_transaction_that_did_not_happen(marketplace: Marketplace, boss: Person) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        audit.record(marketplace, what=SAID, who=boss)
        raise ZeroDivisionError

    assert not AuditLine.objects.exists()


CHANGES: list[Callable[[], object]] = [
    lambda: AuditLine.objects.update(about="nada"),
    lambda: AuditLine.objects.all().delete(),
    lambda: run("truncate accounts_auditline"),
]


@pytest.mark.parametrize("change", CHANGES)
def test_the_owner_of_the_database_too_is_refused_a_change(
    marketplace: Marketplace, boss: Person, change: Callable[[], object]
) -> None:
    audit.record(marketplace, what=SAID, who=boss)
    run("set constraints all immediate")  # or `truncate` is refused for what waits, and not for what it does

    with pytest.raises(DatabaseError, match="only grows"), owning(), transaction.atomic():
        change()

    assert AuditLine.objects.get().what == SAID


def test_a_line_is_of_one_organisation(db: None) -> None:
    cast = gather()
    boss = Person.objects.get(pk=cast.chefe.person_id)

    line = audit.record(cast.marketplace, what=SAID, who=boss, organisation=cast.seller)

    assert (line.seller, line.partner) == (cast.seller, None)
    assert Seller.objects.get(pk=line.seller_id).name == "Casa Aurora"


def test_every_sentence_of_the_log_has_its_english() -> None:
    assert urls.urlpatterns  # what pages record is registered with them

    with translation.override("pt-br"):
        portuguese = {code: registry.sentence(code) for code in registry.REGISTRY if code != SAID}
    with translation.override("en"):
        english = {code: registry.sentence(code) for code in portuguese}

    assert [code for code in portuguese if portuguese[code] == english[code]] == []
