"""Zones: how people call the zone a time is told in, by the names of the Unicode CLDR."""

from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.dates import get_timezone, get_timezone_name
from django.utils import timezone, translation

_NOWHERE = {"UTC", "Etc/UTC", "Etc/GMT"}  # no country keeps them, so no generic name is their own


def current() -> str:
    """The zone that times are told in now, as the reader's language calls it: «horário de Brasília»."""
    return name(timezone.get_current_timezone_name(), translation.get_language() or "pt-br")


@lru_cache(maxsize=64)
def name(key: str, language: str) -> str:
    """What a zone is called in the middle of a sentence; the zone's own key where nobody gave it a name."""
    try:
        locale = Locale.parse(language, sep="-")
        zone = get_timezone(key)
    except (UnknownLocaleError, ValueError, LookupError):
        return key
    said = get_timezone_name(zone, locale=locale, zone_variant="standard" if key in _NOWHERE else "generic")
    # English writes the names of zones with capitals wherever they stand.
    return said if locale.language == "en" else said[:1].lower() + said[1:]
