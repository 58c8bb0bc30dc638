"""Words: a header's text, its encoded words decoded (RFC 2047), whatever else stands there kept."""

import base64
import binascii
import quopri
import re

from tratativa.mail.reading import bounds
from tratativa.mail.reading.mime import charsets

# Bounded, without alternatives that overlap: one pass, whatever a stranger writes.
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([BbQq])\?([^?]{0,8000})\?=")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\x80-\x9f\u2028\u2029]+")
_DIRECTION = re.compile(r"[\u200e\u200f\u202a-\u202e\u2066-\u2069]+")
_SPACES = re.compile(r"\s+")


def text(raw: str) -> str:
    """One line of text from a header's raw value: decoded, unfolded, without control or direction characters."""
    return _SPACES.sub(" ", _CONTROL.sub(" ", _DIRECTION.sub("", decoded(unescaped(raw[: bounds.FIELD]))))).strip()


def unescaped(raw: str) -> str:
    """Raw eight-bit bytes in a header, which no standard names: UTF-8 if they are that, else Windows-1252."""
    if raw.isascii():
        return raw
    return charsets.decode(raw.encode("utf-8", "surrogateescape"))


def decoded(value: str) -> str:
    """The value with its encoded words decoded. White space between two of them is no text (RFC 2047 §6.2)."""
    pieces: list[str] = []
    pending: tuple[str, bytearray] | None = None
    end = 0
    for word in _WORD.finditer(value):
        between = value[end : word.start()]
        charset = word[1].partition("*")[0].lower()
        data = _data(word[2], word[3])
        # A character may be cut in two by careless senders: neighbours of one charset are decoded together.
        if pending and (between.strip() or charset != pending[0]):
            pieces.append(charsets.decode(bytes(pending[1]), pending[0]))
            pending = None
        if between.strip() or not end:
            pieces.append(between)
        if pending:
            pending[1].extend(data)
        else:
            pending = (charset, bytearray(data))
        end = word.end()
    if pending:
        pieces.append(charsets.decode(bytes(pending[1]), pending[0]))
    pieces.append(value[end:])
    return "".join(pieces)


def _data(encoding: str, payload: str) -> bytes:
    raw = payload.encode("utf-8", "surrogateescape")
    if encoding in "Qq":
        return quopri.decodestring(raw, header=True)
    try:
        return base64.b64decode(raw.rstrip(b"=") + b"=" * (-len(raw.rstrip(b"=")) % 4))
    except (binascii.Error, ValueError):
        return raw
