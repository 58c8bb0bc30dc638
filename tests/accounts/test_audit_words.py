"""What the audit log keeps as codes is read as words, in the language of whoever reads it."""

from collections.abc import Iterator

import pytest
from django.utils import translation

from tests.cast import gather
from tratativa.accounts import audit
from tratativa.accounts.audit import registry
from tratativa.accounts.models import Role
from tratativa.accounts.people import telling
from tratativa.cases.queues import assignment
from tratativa.mail.intake import mailboxes, mailboxes_told
from tratativa.web import urls
from tratativa.web.settings import audit as log
from tratativa.web.settings import audit_rows, mail_server

assert urls  # every verb that tells something is loaded
# Names whose values are codes wherever they stand: a code of the log that has one of them has its words, too.
CODED = {"kind", "security", "way", "role", "roles", "password"}
BY_THEIR_LABEL = {assignment.SKILLED}  # kinds and reasons are written as the rules call them
ALIKE = {"tls"}  # a code that people say, too


def told() -> Iterator[tuple[str, str]]:
    """Every code of every name that has some, and what people read."""
    for what, known in registry.REGISTRY.items():
        for name, words in known.codes.items():
            for code in words:
                yield code, registry.value(what, name, code)


def test_every_name_of_codes_has_the_words_of_them() -> None:
    lost = [
        (what, name) for what, known in registry.REGISTRY.items() if what not in BY_THEIR_LABEL
        for name in CODED & {*known.names} if not known.codes.get(name)
    ]  # fmt: skip

    assert lost == []


@pytest.mark.parametrize("language", ["pt-br", "en"])
def test_every_code_is_read_as_words(language: str) -> None:
    with translation.override(language):
        every = list(told())

    assert len(every) > 60
    assert [one for one in every if one[1] == one[0] or "_" in one[1] or ":" in one[1].replace(": ", "")] == []


@pytest.mark.parametrize(
    ("what", "name", "kept", "read"),
    [
        (mailboxes_told.ADDED, "kind", "imap", "A mesa busca (IMAP)"),
        (mailboxes_told.CHANGED, "security", "none", "Nenhuma"),
        (mailboxes_told.CHANGED, "password", True, "uma nova"),
        (mail_server.CHANGED, "security", "starttls", "STARTTLS"),
        (assignment.CHANGED, "way", "next", "Ao próximo da vez"),
        (telling.FACTOR_DEMANDED, "roles", ["marketplace:mediator", "seller:admin"],
         "Mediação na equipe, Administração nos lojistas"),
        (log.EXPORTED, "kind", "seller.added", "Criou um lojista"),
        (log.EXPORTED, "person", "commands", "Um comando, ninguém em pessoa"),
        ("saved_reply.written", "name", "off", "off"),
    ],
)  # fmt: skip
def test_a_code_is_read_only_where_it_is_one(what: str, name: str, kept: object, read: str) -> None:
    assert registry.value(what, name, kept) == read


def test_all_that_the_desk_writes_by_code_is_among_them() -> None:
    assert {*mailboxes.SECURITIES} == {*mailboxes.PORTS}
    assert {*Role.values} == {*registry.REGISTRY[telling.INVITED].codes["role"]}
    assert registry.about(assignment.CHANGED, assignment.OWN) == "A fila da própria equipe"


@pytest.mark.django_db
def test_who_sets_the_desk_up_in_the_browser_is_no_command() -> None:
    line = audit.record(gather().marketplace, what=telling.FOUNDED, by_command="setup link")

    assert audit_rows.cells(line)[1] == "Quem tem o link da primeira configuração"
