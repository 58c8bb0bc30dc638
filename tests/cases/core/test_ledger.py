"""The ledger only grows, and shows when somebody tampered with it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from tests.cast import MONDAY, Cast
from tests.tampering import owning, run, switched_off
from tratativa.cases.acting import replying
from tratativa.cases.core import ledger
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case, Text
from tratativa.cases.reading import timeline

Opened = Callable[..., Case]


@pytest.mark.parametrize(
    "statement", ["update cases_entry set party = 'seller'", "delete from cases_entry", "truncate cases_entry cascade"]
)
def test_the_database_refuses_to_change_or_delete_an_entry_even_to_its_owner(open_case: Opened, statement: str) -> None:
    open_case()

    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        run(statement)
    with pytest.raises(DatabaseError, match="only grows"), owning(), transaction.atomic():
        run(statement)


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
