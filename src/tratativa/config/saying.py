"""Saying: sentences of the catalogue for commands, in the language asked for, also before there are settings."""

import gettext as catalogues
from pathlib import Path

from django.conf import settings
from django.utils import translation

_LOCALE = Path(__file__).resolve().parent.parent / "locale"
# The one the sentences are born in, and each with a catalogue here: a language more is a folder more.
LANGUAGES: tuple[str, ...] = (
    "pt-br",
    *sorted({file.parent.parent.name.lower().replace("_", "-") for file in _LOCALE.glob("*/LC_MESSAGES/django.?o")}),
)
_language = [LANGUAGES[0]]


def own_name(language: str) -> str:
    """What a language is called by those who speak it: `Português`, `English`, `Español`."""
    # A command that asks for no name does not wait 50 ms for it.
    from babel import Locale  # noqa: PLC0415

    locale = Locale.parse(language, sep="-")
    alone = len([one for one in LANGUAGES if one.partition("-")[0] == locale.language]) < 2
    name = (locale.get_language_name() if alone else locale.get_display_name()) or language
    return name[:1].upper() + name[1:]


def speak(language: str) -> None:
    """From here on this process says what it says in this language."""
    _language[0] = language
    if settings.configured:
        translation.activate(language)


def gettext(message: str) -> str:
    """A sentence in the language of whoever reads: a page's reader, or who called the command."""
    if settings.configured:
        return translation.gettext(message)
    found = catalogues.translation("django", _LOCALE, languages=[translation.to_locale(_language[0])], fallback=True)
    return found.gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """As `gettext`, a sentence with a number: one of a thing, or several."""
    if settings.configured:
        return translation.ngettext(one, many, count)
    found = catalogues.translation("django", _LOCALE, languages=[translation.to_locale(_language[0])], fallback=True)
    return found.ngettext(one, many, count)


def spoken() -> str:
    """The language asked for."""
    return _language[0]
