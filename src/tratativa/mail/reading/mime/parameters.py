"""Parameters: what stands behind the semicolons of Content-Type and Content-Disposition (RFC 2045, 2231, 2047)."""

import re
from urllib.parse import unquote_to_bytes

from tratativa.mail.reading import bounds
from tratativa.mail.reading.mime import charsets, words

_CONTINUED = re.compile(r"^([a-z0-9_.-]{1,40})\*(\d{1,4})?(\*)?$")
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def read(raw: str) -> tuple[str, dict[str, str]]:
    """The value before the first semicolon in lower case, and the parameters decoded."""
    pieces = _split(raw[: bounds.FIELD])
    value = pieces[0].strip().lower() if pieces else ""
    plain: dict[str, str] = {}
    continued: dict[str, dict[int, tuple[str, bool]]] = {}
    for piece in pieces[1 : bounds.PARAMETERS]:
        key, sign, content = piece.partition("=")
        key, content = key.strip().lower(), _unquoted(content.strip())
        if not sign or not key:
            continue
        part = _CONTINUED.match(key)
        if part:
            encoded = bool(part[3]) or part[2] is None
            continued.setdefault(part[1], {}).setdefault(int(part[2] or 0), (content, encoded))
        else:
            plain.setdefault(key, words.text(content))
    return value, plain | {key: _joined(parts) for key, parts in continued.items()}


def filename(raw: str) -> str:
    """A name a file may have anywhere: no path, no control or direction characters, at most 150 characters."""
    name = _UNSAFE.sub("", raw.replace("\\", "/").rsplit("/", 1)[-1]).strip().lstrip(".").strip()
    if len(name) > bounds.NAME:
        stem, dot, end = name.rpartition(".")
        name = f"{stem[: bounds.NAME - len(end) - 1]}.{end}" if dot and len(end) <= 10 else name[: bounds.NAME]
    return name


def _split(raw: str) -> list[str]:
    """Cut at semicolons outside quotes."""
    pieces, start, quoted, escaped = [], 0, False, False
    for at, char in enumerate(raw):
        if escaped:
            escaped = False
        elif char == "\\" and quoted:
            escaped = True
        elif char == '"':
            quoted = not quoted
        elif char == ";" and not quoted:
            pieces.append(raw[start:at])
            start = at + 1
    return [*pieces, raw[start:]]


def _unquoted(value: str) -> str:
    if len(value) >= 2 and value[0] == value[-1] == '"':
        return value[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    return value.strip('"')


def _joined(parts: dict[int, tuple[str, bool]]) -> str:
    """The sections of one parameter put together and decoded by the charset the first one names (RFC 2231 §4.1)."""
    ordered = [parts[number] for number in sorted(parts)]
    charset, data = "", bytearray()
    for at, (content, encoded) in enumerate(ordered):
        if at == 0 and encoded and content.count("'") >= 2:
            charset, _language, content = content.split("'", 2)
        raw = content.encode("utf-8", "surrogateescape")
        data += unquote_to_bytes(raw) if encoded else raw
    return words.text(charsets.decode(bytes(data), charset))
