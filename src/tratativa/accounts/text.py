"""The one text normaliser: every door (form, e-mail, file name, YAML, API) lets text in through here."""

import re
import unicodedata

# Bidirectional overrides and isolates let a text read other than it is (Trojan Source); joiners stay, emoji need them.
_BIDI = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_LINES = {"\n", "\t"}
# Letters that draw nothing: the Braille blank and the Hangul fillers.
_BLANKS = frozenset("\u2800\u3164\u115f\u1160\uffa0")
MESSAGE_LIMIT = 20_000


def paragraph(raw: str) -> str:
    """A text of several lines: NFC, Unix line ends, no control or bidi characters, no outer blank space.

    Empty where nothing in it can be seen.
    """
    text = piece(raw)
    return text.strip() if _visible(text) else ""


def piece(raw: str) -> str:
    """A part of a text of several lines: as `paragraph`, its blank space kept."""
    return _clean(raw.replace("\r\n", "\n").replace("\r", "\n"), keep=_LINES)


def line(raw: str) -> str:
    """A text of one line: as `paragraph`, and every run of white space one blank."""
    text = " ".join(_clean(raw.replace("\n", " ").replace("\r", " ").replace("\t", " "), keep=set()).split())
    return text if _visible(text) else ""


def folded(raw: str) -> str:
    """A text of one line without case and accents: what two people spell differently and mean the same by."""
    plain = unicodedata.normalize("NFKD", line(raw).casefold())
    return line("".join(char for char in plain if not unicodedata.combining(char)))


def one_stop(sentence: str) -> str:
    """A sentence that ends in one full stop: a company called «Casa Um Ltda.» brings its own."""
    return re.sub(r"(?<!\.)\.\.(?!\.)", ".", sentence)


def first_words(raw: str, most: int = 60) -> str:
    """A text by its beginning, whole words of at most so many letters: what is called by what it says."""
    said = line(raw)
    if len(said) <= most:
        return said
    return said[: most + 1].rpartition(" ")[0].rstrip(" .,;:") + "…" if " " in said[: most + 1] else said[:most] + "…"


def digits(raw: str) -> str:
    """The ASCII digits of a text: what is left of a document, a protocol or a telephone."""
    return "".join(char for char in raw if char in "0123456789")


def _visible(text: str) -> bool:
    """Whether anybody would see it: a zero-width space is no answer to a customer."""
    return any(unicodedata.category(char)[0] not in "CZM" and char not in _BLANKS for char in text)


def _clean(raw: str, keep: set[str]) -> str:
    # A lone surrogate cannot be stored as UTF-8; a NUL cannot be stored by PostgreSQL.
    encodable = raw.encode("utf-8", "replace").decode("utf-8")
    normal = unicodedata.normalize("NFC", encodable).translate(_BIDI)
    return "".join(char for char in normal if char in keep or unicodedata.category(char) != "Cc")
