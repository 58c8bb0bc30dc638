"""What a change saves of a case: the columns it touched, so that indexes nobody's move concerns are left alone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import MONDAY, Cast, gather, opener
from tratativa.accounts import actors
from tratativa.cases import door
from tratativa.cases.core.change import Change
from tratativa.cases.models import Case


@pytest.fixture
def cast(db: None) -> Cast:
    return gather()


def updates(asked: CaptureQueriesContext) -> list[str]:
    return [one["sql"] for one in asked if one["sql"].startswith('UPDATE "cases_case"')]


def test_a_change_that_touches_nothing_writes_no_row(cast: Cast) -> None:
    case = opener(cast)()

    with (
        CaptureQueriesContext(connection) as asked,
        door.judging(case.pk, by=actors.clock(cast.marketplace), at=MONDAY),
    ):
        pass

    assert updates(asked) == []


def test_only_what_was_touched_is_written_also_a_list_changed_in_place(cast: Cast) -> None:
    case = opener(cast)()

    clock = actors.clock(cast.marketplace)
    with CaptureQueriesContext(connection) as asked, door.judging(case.pk, by=clock, at=MONDAY) as change:
        _touch(change)

    (update,) = updates(asked)
    written = update.partition(" SET ")[2].partition(" WHERE ")[0]
    assert written.count(" = ") == 2
    assert '"platform"' in written and '"offered"' in written
    stored = Case.objects.get(pk=case.pk)
    assert (stored.platform, stored.offered[-1]) == ("app", "x")


def _touch(change: Change) -> None:
    change.case.platform = "app"
    change.case.offered.append("x")
