"""Every computed deadline explains itself, and the sentence ends where the calendar does."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tratativa.rulebook.time import durations, explain
from tratativa.rulebook.time.calendar import Calendar

ZONE = ZoneInfo("America/Sao_Paulo")
BUSINESS = {"mon-fri": ["08:00-18:00"]}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.fixture
def sao_paulo() -> Calendar:
    return Calendar.build("America/Sao_Paulo", BUSINESS, {"country": "BR", "state": "SP"})


def test_two_clocks_are_told_apart_and_the_earlier_wins(sao_paulo) -> None:
    within = durations.parse({"first_of": ["12 business hours", "24 hours"]})

    assert explain.explain(sao_paulo, at("2026-11-23 09:00"), within) == (
        "12 horas úteis (seg–sex 08:00–18:00) terminam ter 24/11 11:00; "
        "24 horas corridas terminam ter 24/11 09:00; vale o que vier primeiro: ter 24/11/2026 09:00."
    )


def test_the_same_in_english(sao_paulo) -> None:
    within = durations.parse({"first_of": ["12 business hours", "24 hours"]})

    assert explain.explain(sao_paulo, at("2026-11-23 09:00"), within, language="en") == (
        "12 business hours (Mon–Fri 08:00–18:00) end on Tue 24 Nov 11:00; "
        "24 hours end on Tue 24 Nov 09:00; whichever comes first: Tue 24 Nov 2026 09:00."
    )


def test_a_holiday_that_was_skipped_is_named(sao_paulo) -> None:
    said = explain.explain(sao_paulo, at("2026-12-24 17:00"), durations.parse("2 business hours"))

    assert "não conta feriado: sex 25/12 (Natal)" in said
    assert "seg 28/12/2026 09:00" in said


def test_a_last_day_without_opening_hours_rolls_on(sao_paulo) -> None:
    said = explain.explain(sao_paulo, at("2026-11-23 09:00"), durations.parse("5 days"))

    assert said == (
        "5 dias corridos (o dia do começo não conta e o último conta: Código Civil, art. 132) "
        "terminam seg 30/11/2026 23:59; sáb 28/11 não é dia útil, e o prazo passa para seg 30/11."
    )


def test_a_last_day_that_is_a_holiday_is_named(sao_paulo) -> None:
    said = explain.explain(sao_paulo, at("2026-12-20 09:00"), durations.parse("5 days"))

    assert "sex 25/12 (Natal) não é dia útil, e o prazo passa para seg 28/12" in said


def test_one_business_day_ends_at_closing_time(sao_paulo) -> None:
    said = explain.explain(sao_paulo, at("2026-11-27 15:00"), durations.parse("1 business day"))

    assert said.startswith("1 dia útil (o dia do começo não conta")
    assert said.endswith("termina seg 30/11/2026 18:00.")


def test_the_time_the_clock_stood_still_is_told(sao_paulo) -> None:
    pause = (at("2026-11-23 10:00"), at("2026-11-23 12:00"))

    said = explain.explain(sao_paulo, at("2026-11-23 09:00"), durations.parse("24 hours"), [pause])

    assert said == (
        "24 horas corridas terminam ter 24/11/2026 11:00; o prazo ficou parado de seg 23/11 10:00 a seg 23/11 12:00."
    )


def test_a_day_in_another_year_carries_its_year(sao_paulo) -> None:
    said = explain.explain(sao_paulo, at("2026-12-31 17:00"), durations.parse({"last_of": ["1 hour", "24 hours"]}))

    assert "24 horas corridas terminam sex 01/01/2027 17:00" in said


def test_hours_name_lunch_and_saturdays() -> None:
    week = {"mon-fri": ["08:00-12:00", "13:00-18:00"], "sat": ["09:00-13:00"]}
    calendar = Calendar.build("America/Sao_Paulo", week, {})

    assert explain.hours(calendar) == "seg–sex 08:00–12:00 e 13:00–18:00, sáb 09:00–13:00"
    assert explain.hours(calendar, "en") == "Mon–Fri 08:00–12:00 and 13:00–18:00, Sat 09:00–13:00"


def test_many_holidays_are_counted_instead_of_named(sao_paulo) -> None:
    said = explain.explain(sao_paulo, at("2026-01-02 09:00"), durations.parse("250 business days"))

    assert " e mais " in said


spans = st.builds(
    "{} {}".format,
    st.integers(1, 40),
    st.sampled_from(["minutes", "hours", "days", "business hours", "business days"]),
)


@settings(deadline=None)
@given(
    parts=st.lists(spans, min_size=2, max_size=3),
    pick=st.sampled_from(["first_of", "last_of"]),
    minute=st.integers(0, 60 * 24 * 60),
)
def test_the_sentence_always_ends_in_the_due_time(parts, pick, minute) -> None:
    calendar = Calendar.build("America/Sao_Paulo", BUSINESS, {"country": "BR"})
    start = datetime.fromtimestamp(at("2026-11-20").timestamp() + 60 * minute, ZONE)
    within = durations.parse({pick: parts})

    due = calendar.due(start, within)

    assert f"{due:%d/%m/%Y %H:%M}." in explain.explain(calendar, start, within)
