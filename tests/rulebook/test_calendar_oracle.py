"""Business time against an oracle that knows only minutes: slow, plain, written without looking at the calendar."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tratativa.rulebook.time import durations
from tratativa.rulebook.time.calendar import Calendar

SAO_PAULO = ZoneInfo("America/Sao_Paulo")
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Place:
    """Hours per weekday as minutes of the day, and the days it stays shut."""

    week: tuple[tuple[tuple[int, int], ...], ...]
    shut: frozenset[date]

    def calendar(self) -> Calendar:
        hours = {
            DAYS[day]: [f"{_clock(begin)}-{_clock(end)}" for begin, end in intervals]
            for day, intervals in enumerate(self.week)
            if intervals
        }
        return Calendar.build("America/Sao_Paulo", hours, {"extra": sorted(day.isoformat() for day in self.shut)})

    def opens_on(self, day: date) -> bool:
        return day not in self.shut and bool(self.week[day.weekday()])

    def is_open(self, moment: datetime) -> bool:
        local = moment.astimezone(SAO_PAULO)
        minute = local.hour * 60 + local.minute
        return self.opens_on(local.date()) and any(b <= minute < e for b, e in self.week[local.weekday()])


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"


def minutes_oracle(place: Place, start: datetime, amount: int, pauses: list, business: bool) -> datetime:
    """Walks minute by minute; a minute counts when it is not paused and, for business time, the place is open."""
    moment, left = start, amount
    while left:
        paused = any(begin <= moment < end for begin, end in pauses)
        if not paused and (not business or place.is_open(moment)):
            left -= 1
        moment += MINUTE
    return moment


def days_oracle(place: Place, start: datetime, amount: int, pauses: list, business: bool) -> datetime:
    """Walks day by day, the first left out (Civil Code, art. 132)."""
    still = {day for begin, end in pauses for day in _days_between(begin, end)}
    day = start.astimezone(SAO_PAULO).date()
    counted = 0
    while counted < amount:
        day += DAY
        if day in still or (business and not place.opens_on(day)):
            continue
        counted += 1
    while day in still or not place.opens_on(day):
        day += DAY
    if not business:
        return datetime.combine(day, time(23, 59, 59), SAO_PAULO)
    closing = max(end for _begin, end in place.week[day.weekday()])
    return datetime.combine(day, time(0), SAO_PAULO) + timedelta(minutes=closing)


def _days_between(begin: datetime, end: datetime) -> list[date]:
    first, last = begin.astimezone(SAO_PAULO).date(), end.astimezone(SAO_PAULO).date()
    return [first + DAY * number for number in range((last - first).days + 1)]


@st.composite
def intervals(draw: st.DrawFn) -> tuple[tuple[int, int], ...]:
    marks = draw(st.lists(st.integers(0, 96), unique=True, min_size=0, max_size=3).map(sorted))
    marks = [mark * 15 for mark in marks]
    return tuple((marks[at], marks[at + 1]) for at in range(0, len(marks) - 1, 2))


@st.composite
def places(draw: st.DrawFn) -> Place:
    week = draw(st.tuples(*[intervals()] * 7).filter(any))
    shut = draw(st.frozensets(st.dates(date(2026, 11, 1), date(2027, 1, 20)), max_size=6))
    return Place(week, shut)


moments = st.integers(0, 60 * 24 * 40).map(lambda m: datetime(2026, 11, 20, tzinfo=SAO_PAULO) + MINUTE * m)


@st.composite
def pauses_after(draw: st.DrawFn, start: datetime) -> list[tuple[datetime, datetime]]:
    found, moment = [], start
    for _number in range(draw(st.integers(0, 2))):
        moment += MINUTE * draw(st.integers(1, 60 * 30))
        end = moment + MINUTE * draw(st.integers(1, 60 * 40))
        found.append((moment, end))
        moment = end
    return found


slow = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])


@slow
@given(place=places(), start=moments, amount=st.integers(1, 9), data=st.data())
def test_business_hours_are_the_minutes_the_place_is_open(place, start, amount, data) -> None:
    pauses = data.draw(pauses_after(start))

    due = place.calendar().due_after_pauses(start, durations.parse(f"{amount} business hours"), pauses)

    assert due == minutes_oracle(place, start, amount * 60, pauses, business=True)


@slow
@given(place=places(), start=moments, amount=st.integers(1, 60), data=st.data())
def test_hours_run_day_and_night(place, start, amount, data) -> None:
    pauses = data.draw(pauses_after(start))

    due = place.calendar().due_after_pauses(start, durations.parse(f"{amount} hours"), pauses)

    assert due == minutes_oracle(place, start, amount * 60, pauses, business=False)


@slow
@given(place=places(), start=moments, amount=st.integers(1, 12), business=st.booleans(), data=st.data())
def test_days_leave_out_the_first_and_end_on_a_day_that_opens(place, start, amount, business, data) -> None:
    pauses = data.draw(pauses_after(start))
    within = durations.parse(f"{amount} {'business ' if business else ''}days")

    due = place.calendar().due_after_pauses(start, within, pauses)

    assert due == days_oracle(place, start, amount, pauses, business)


@slow
@given(place=places(), start=moments, hours=st.integers(1, 9), more=st.integers(1, 60))
def test_first_and_last_of_are_the_earlier_and_the_later(place, start, hours, more) -> None:
    parts = [f"{hours} business hours", f"{more} hours"]
    ends = [
        minutes_oracle(place, start, hours * 60, [], business=True),
        minutes_oracle(place, start, more * 60, [], business=False),
    ]

    calendar = place.calendar()

    assert calendar.due(start, durations.parse({"first_of": parts})) == min(ends)
    assert calendar.due(start, durations.parse({"last_of": parts})) == max(ends)


@slow
@given(place=places(), start=moments, length=st.integers(1, 60 * 24 * 9))
def test_the_open_seconds_between_two_moments_are_the_open_minutes(place, start, length) -> None:
    minutes = sum(place.is_open(start + MINUTE * number) for number in range(length))

    assert place.calendar().business_seconds(start, start + MINUTE * length) == minutes * 60


BRAZIL = {"country": "BR", "state": "SP"}
FIRST_OF = durations.parse({"first_of": ["12 business hours", "24 hours"]})


@pytest.mark.parametrize(
    ("hours", "opened", "due"),
    [
        ("08:00-18:00", "2026-11-23 09:00", "2026-11-24 09:00"),
        ("08:00-18:00", "2026-11-27 17:00", "2026-11-28 17:00"),
        ("08:00-22:00", "2026-11-23 08:00", "2026-11-23 20:00"),
        ("08:00-18:00", "2026-12-24 17:00", "2026-12-25 17:00"),
    ],
)
def test_the_seller_answers_a_customer_by_the_earlier_of_both_clocks(hours, opened, due) -> None:
    """A-28, with the vectors of its acceptance row."""
    calendar = Calendar.build("America/Sao_Paulo", {"mon-fri": [hours]}, BRAZIL)

    assert calendar.due(_local(opened), FIRST_OF) == _local(due)


@pytest.mark.parametrize(
    ("opened", "within", "due"),
    [
        ("2026-11-23 09:00", "12 business hours", "2026-11-24 11:00:00"),
        ("2026-11-27 17:00", "12 business hours", "2026-12-01 09:00:00"),
        ("2026-11-27 15:00", "1 business day", "2026-11-30 18:00:00"),
        ("2026-12-24 17:00", "1 business day", "2026-12-28 18:00:00"),
        ("2026-11-20 10:00", "2 business hours", "2026-11-23 10:00:00"),
        ("2026-11-23 09:00", "5 days", "2026-11-30 23:59:59"),
        ("2026-11-20 09:00", "3 days", "2026-11-23 23:59:59"),
        ("2026-12-20 09:00", "5 days", "2026-12-28 23:59:59"),
        ("2026-11-28 12:00", "1 business day", "2026-11-30 18:00:00"),
        ("2026-11-23 18:00", "1 business hour", "2026-11-24 09:00:00"),
        ("2026-11-23 07:00", "10 business hours", "2026-11-23 18:00:00"),
    ],
)
def test_known_cases_from_the_calendar_of_sao_paulo(opened, within, due) -> None:
    """20/11 (Consciência Negra) and 25/12 are holidays; 28/11/2026 is a Saturday."""
    calendar = Calendar.build("America/Sao_Paulo", {"mon-fri": ["08:00-18:00"]}, BRAZIL)

    assert calendar.due(_local(opened), durations.parse(within)) == _local(due)


def test_a_long_clock_is_the_same_whatever_was_asked_of_the_calendar_before() -> None:
    fresh = Calendar.build("America/Sao_Paulo", {"mon-fri": ["08:00-18:00"]}, {})
    used = Calendar.build("America/Sao_Paulo", {"mon-fri": ["08:00-18:00"]}, {})
    start, within = _local("2026-11-23 09:00"), durations.parse("20000 business hours")
    used.due(_local("2020-01-01 00:00"), durations.parse("1 business hour"))

    due = used.due(start, within)

    assert due == fresh.due(start, within)
    assert fresh.business_seconds(start, due) == 20000 * 3600


def test_threads_that_share_a_calendar_count_alike() -> None:
    shared = Calendar.build("America/Sao_Paulo", {"mon-fri": ["08:00-18:00"]}, BRAZIL)
    within = durations.parse("3000 business hours")
    starts = [_local(f"{year}-{month:02d}-07 09:13") for year in range(2018, 2034) for month in range(1, 13)]

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda start: shared.due(start, within), starts))

    alone = Calendar.build("America/Sao_Paulo", {"mon-fri": ["08:00-18:00"]}, BRAZIL)
    assert found == [alone.due(start, within) for start in starts]


def test_a_moment_in_another_zone_is_the_same_moment() -> None:
    calendar = Calendar.build("America/Sao_Paulo", {"mon-fri": ["08:00-18:00"]}, {})

    due = calendar.due(datetime(2026, 11, 23, 12, 0, tzinfo=UTC), durations.parse("1 business hour"))

    assert due == _local("2026-11-23 10:00")


def test_hours_cross_a_change_of_daylight_saving_minute_by_minute() -> None:
    """Chile moves its clocks forward on 6 September 2026 at midnight: that day has 23 hours."""
    calendar = Calendar.build("America/Santiago", {"mon-fri": ["08:00-18:00"]}, {})
    zone = ZoneInfo("America/Santiago")

    due = calendar.due(datetime(2026, 9, 5, 12, 0, tzinfo=zone), durations.parse("24 hours"))

    assert due == datetime(2026, 9, 6, 13, 0, tzinfo=zone)


def _local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SAO_PAULO)
