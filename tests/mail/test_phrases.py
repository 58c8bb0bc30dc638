"""Moments in letters: as the letter's own language writes them, by the name of their zone."""

from datetime import UTC, datetime

import pytest
from django.utils import translation

from tratativa.mail.outgoing import letter_phrases


@pytest.mark.parametrize(
    ("language", "written"),
    [("pt-br", "02/12/2026 17:00 (horário de Brasília)"), ("en", "2 Dec 2026 17:00 (Brasilia Time)")],
)
@pytest.mark.parametrize("said", [datetime(2026, 12, 2, 20, tzinfo=UTC), "2026-12-02T20:00:00+00:00"])
def test_a_moment_is_written_as_the_letter_s_language_writes_it(
    language: str, written: str, said: datetime | str
) -> None:
    with translation.override(language):
        assert letter_phrases.moment(said) == written
