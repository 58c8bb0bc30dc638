"""A wrong clock judges nothing: it is compared with the database's, and with the last judged moment."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.db import connection

from tratativa.accounts import clock
from tratativa.cases.clocks import watch
from tratativa.cases.models import Case, Deadline, Entry, Judged
from tratativa.config import health
from tratativa.serve import working

Opened = Callable[..., Case]


def database_time() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("select clock_timestamp()")
        at: datetime = cursor.fetchone()[0]
    return at


@pytest.fixture
def owed(open_case: Opened) -> Case:
    """A case whose seller owes an answer from now on, by the database's clock."""
    return open_case(at=database_time())


@pytest.mark.parametrize(
    "apart", [timedelta(days=10), timedelta(minutes=2), -timedelta(minutes=2), -timedelta(days=10)]
)
def test_a_worker_whose_clock_is_not_the_databases_judges_nothing(owed: Case, apart: timedelta) -> None:
    before = Entry.objects.filter(case=owed).count()

    with time_machine.travel(database_time() + apart), pytest.raises(watch.WrongClock, match="relógio da máquina"):
        working.judge_deadlines()

    assert Entry.objects.filter(case=owed).count() == before
    assert not Deadline.objects.filter(state="missed").exists()
    assert "Acerte o relógio" in watch.trouble()


def test_a_clock_before_the_last_judged_moment_judges_nothing_until_somebody_says_it_is_right(owed: Case) -> None:
    watch.judged(database_time() + timedelta(days=10))

    with pytest.raises(watch.WrongClock, match="antes do último momento julgado"):
        working.judge_deadlines()

    watch.accept()
    working.judge_deadlines()
    assert watch.trouble() == ""


def test_a_gap_forward_after_a_stop_is_judged_dated_when_it_was_due(open_case: Opened) -> None:
    case = open_case(at=database_time() - timedelta(days=30))
    due = Deadline.objects.filter(case=case, state="running").order_by("due_at").first()
    assert due is not None
    watch.judged(database_time() - timedelta(days=30))

    working.judge_deadlines()

    missed = Entry.objects.filter(case=case, event="deadline.missed").order_by("number").first()
    assert missed is not None and missed.at == due.due_at


def test_the_moment_of_the_last_sweep_is_kept(owed: Case) -> None:
    working.judge_deadlines()

    kept = Judged.objects.get()
    assert kept.at is not None and abs(kept.at - database_time()) < timedelta(minutes=1)


def test_a_clock_that_is_right_again_takes_the_trouble_back(owed: Case) -> None:
    with time_machine.travel(database_time() + timedelta(days=10)), pytest.raises(watch.WrongClock):
        working.judge_deadlines()
    told = Judged.objects.get().told_at

    with time_machine.travel(database_time() + timedelta(days=10, seconds=9)), pytest.raises(watch.WrongClock):
        working.judge_deadlines()
    assert Judged.objects.get().told_at == told  # since when, not when it was looked at last

    working.judge_deadlines()
    assert watch.trouble() == ""


def test_whatever_happens_on_a_machine_whose_clock_is_wrong_is_dated_by_the_database(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "DATABASE_CLOCK", True)

    with time_machine.travel(datetime(2031, 1, 1, tzinfo=UTC)):
        assert abs(clock.now() - database_time()) < timedelta(seconds=5)
    assert abs(clock.now() - database_time()) < timedelta(seconds=5)


def test_health_says_that_nothing_is_judged_and_serves_all_the_same(
    owed: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "close", lambda: None)  # the look gives its connection back: here it is the test's
    assert health.look() == "ok\n"

    with time_machine.travel(database_time() + timedelta(days=10)), pytest.raises(watch.WrongClock):
        working.judge_deadlines()

    assert health.look().startswith("ok\ndeadlines are not judged: o relógio")
