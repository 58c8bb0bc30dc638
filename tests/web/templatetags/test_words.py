"""Values in words: moments, money, sizes, names, and a sentence for every event."""

import pytest
from django.utils import translation

from tests.cast import local
from tratativa.accounts import moments
from tratativa.cases import events as happenings
from tratativa.cases.sentences import registry
from tratativa.rulebook.language.money_rules import MoneyRules
from tratativa.web.templatetags import words

NOW = local("2026-11-23 14:00")


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2026-11-23 09:05", "hoje 09:05"),
        ("2026-11-22 23:59", "ontem 23:59"),
        ("2026-11-24 00:00", "amanhã 00:00"),
        ("2026-11-20 10:00", "20/11 10:00"),
        ("2025-11-20 10:00", "20/11/2025"),
    ],
)
def test_a_moment_is_said_as_people_say_it(at: str, said: str) -> None:
    assert moments.short(local(at), NOW) == said


@pytest.mark.parametrize(
    ("due", "said", "pressing"),
    [
        ("2026-11-23 14:30", "faltam 30 min", "soon"),
        ("2026-11-23 16:10", "faltam 2 h 10", "soon"),
        ("2026-11-23 18:00", "faltam 4 h", "today"),
        ("2026-11-26 14:00", "faltam 3 dias", "calm"),
        ("2026-11-23 13:15", "venceu há 45 min", "late"),
        ("2026-11-22 13:00", "venceu há 1 dia", "late"),
    ],
)
def test_what_is_left_until_a_due_time(due: str, said: str, pressing: str) -> None:
    assert moments.left(local(due), NOW) == said
    assert moments.urgency(local(due), NOW) == pressing


def test_a_due_time_leaves_nothing_to_guess() -> None:
    assert moments.long(local("2026-11-24 09:00")) == "ter 24/11/2026 09:00"


@pytest.mark.parametrize(
    ("language", "day", "minute", "near", "whole", "size"),
    [
        ("pt-br", "04/03/2026", "04/03/2026 09:00", "04/03 09:00", "qua 04/03/2026 09:00", "1,4 MB"),
        ("en", "4 Mar 2026", "4 Mar 2026 09:00", "4 Mar 09:00", "Wed 4 Mar 2026 09:00", "1.4 MB"),
    ],
)
def test_dates_and_sizes_are_written_in_the_readers_language(
    language: str, day: str, minute: str, near: str, whole: str, size: str
) -> None:
    at = local("2026-03-04 09:00")

    with translation.override(language):
        assert (moments.day(at), moments.day(at.date())) == (day, day)
        assert moments.minute(at) == minute
        assert moments.short(at, local("2026-03-10 09:00")) == near
        assert moments.long(at) == whole
        assert words.file_size(1468006) == size


@pytest.mark.parametrize(("cents", "shown"), [(0, "R$ 0,00"), (19990, "R$ 199,90"), (123456789, "R$ 1.234.567,89")])
def test_money_is_shown_as_reais(cents: int, shown: str) -> None:
    assert words.money(cents, MoneyRules(currency="BRL", locale="pt_BR")) == shown


@pytest.mark.parametrize(("size", "shown"), [(10, "1 KB"), (348160, "340 KB"), (2097152, "2,0 MB")])
def test_sizes_are_short(size: int, shown: str) -> None:
    assert words.file_size(size) == shown


@pytest.mark.parametrize(
    ("name", "shown"), [("Ana Lima", "AL"), ("Ana Lima · Casa Aurora", "AL"), ("ana", "A"), ("", "?"), ("🧑‍🌾 x", "X")]
)
def test_initials_are_of_the_first_and_last_word(name: str, shown: str) -> None:
    assert words.initials(name) == shown


def test_only_strong_words_of_the_rulebook_become_markup() -> None:
    assert words.emphasis("Use **Falar** & <b>") == "Use <strong>Falar</strong> &amp; &lt;b&gt;"


def test_every_event_has_a_sentence() -> None:
    assert set(registry.TELLINGS) == set(happenings.REGISTRY)
