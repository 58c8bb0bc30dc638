"""Blanks: what a filled text still lacks, marked where it lacks it; nothing leaves the desk with one in it."""

import re

from django.utils.translation import gettext as _

_BLANK = re.compile(r"⟦([^⟦⟧\n]*)⟧")
_BRACKETS = str.maketrans("⟦⟧", "[]")


def mark(label: str) -> str:
    """What stands in a text for something the case does not have."""
    return f"⟦{label}⟧"


def plain(value: str) -> str:
    """A value to be filled in: nothing in it reads as a blank."""
    return value.translate(_BRACKETS)


def left(words: str) -> list[str]:
    """What the text still lacks, each once, in order."""
    return list(dict.fromkeys(_BLANK.findall(words)))


def error(words: str) -> str:
    """The sentence that refuses a text with blanks; empty where it has none."""
    if missing := left(words):
        return _("Falta preencher no texto: %(missing)s.") % {"missing": ", ".join(missing)}
    return ""
