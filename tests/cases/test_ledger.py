"""The ledger only grows, and shows when somebody tampered with it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from tests.cast import MONDAY, Cast
from tests.tampering import switched_off
from tratativa.cases.acting import replying
from tratativa.cases.core import ledger
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case, Entry, Text
from tratativa.cases.reading import timeline

Opened = Callable[..., Case]


def test_the_database_refuses_to_change_or_delete_an_entry(open_case: Opened) -> None:
    entry = Entry.objects.filter(case=open_case()).first()
    assert entry is not None

    for statement in ("update cases_entry set party = 'seller'", "delete from cases_entry"):
        with pytest.raises(DatabaseError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_altered_words_break_the_chain_at_their_entry(open_case: Opened) -> None:
    case = open_case()
    text = Text.objects.get(case=case)

    with switched_off():
        Text.objects.filter(pk=text.pk).update(body="Outra coisa")

    broken = ledger.check(case)
    assert broken is not None
    assert broken.number == text.entry.number


def test_erased_words_leave_the_chain_whole_and_the_line_without_words(open_case: Opened, cast: Cast) -> None:
    case = open_case()

    with switched_off():
        Text.objects.filter(case=case).delete()

    assert ledger.check(case) is None
    assert [line.words for line in timeline.read(case, cast.cliente) if line.event == "message.posted"] == [None]


def test_a_chain_with_its_end_cut_off_is_noticed(open_case: Opened, cast: Cast) -> None:
    case = open_case()
    replying.reply(case, Message("Chegou?"), by=cast.cliente, at=MONDAY + timedelta(hours=1))
    case.refresh_from_db()

    entries = list(case.entries.order_by("number"))[:-1]

    broken = ledger.walk(entries, {}, case)
    assert broken is not None
    assert broken.why == "o fim foi cortado"
