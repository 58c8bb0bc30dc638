"""Pending: drafts that say something else of the calendar than what applies, which no page of the calendar shows."""

from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

from tratativa.accounts.models import Marketplace
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.language.sections import CalendarRules
from tratativa.rulebook.terms import languages, yaml_source
from tratativa.studio import drafts
from tratativa.studio.models import Draft, File

FILE = "rulebook.yaml"


def of_calendar(marketplace: Marketplace, book: Rulebook) -> Sequence[Draft]:
    """Drafts whose opening hours or holidays are others than the book's, the one saved last first. Two queries."""
    found = list(drafts.of(marketplace))
    said = dict(File.objects.filter(draft__in=found, path=FILE).values_list("draft_id", "text")) if found else {}
    applies = _days(book.calendar)
    return [one for one in found if one.pk in said and _read(said[one.pk], book.language) not in {None, applies}]


def _read(words: str, language: str) -> str | None:
    """What a file says of the calendar, to be compared; None for one that cannot be read: its remarks say so."""
    try:
        data = yaml_source.read(words.encode(), FILE).data
        with languages.speaking(language):
            return _days(CalendarRules.model_validate((data or {}).get("calendar") or {}))
    except (yaml_source.BadYaml, ValidationError, AttributeError, ValueError):
        return None


def _days(rules: CalendarRules) -> str:
    """The rules without the names of days, which each reads in another language."""
    plain: Any = rules.model_dump(mode="json")
    return repr(plain)
