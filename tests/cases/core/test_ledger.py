"""The ledger only grows; how tampering shows is tried in `tests/evidence/test_walking.py`."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction

from tests.cast import Cast
from tests.tampering import owning, run, switched_off
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


def test_erased_words_leave_the_line_without_words(open_case: Opened, cast: Cast) -> None:
    case = open_case()

    with switched_off():
        Text.objects.filter(case=case).delete()

    assert [line.words for line in timeline.read(case, cast.cliente) if line.event == "message.posted"] == [None]
