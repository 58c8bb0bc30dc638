"""Parts: a letter's MIME tree as what people see of it: the bodies, the attached files, and what machines reported."""

import binascii
import email
import email.message
import email.policy
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass

from tratativa.mail.reading import bounds
from tratativa.mail.reading.mime import charsets, parameters, tnef
from tratativa.mail.reading.mime.fields import Fields
from tratativa.mail.reading.pieces import Body, File

_END_OF_HEADER = re.compile(rb"\r\n\r\n|\n\n|\r\r")
_MULTIPART = re.compile(rb"(?i)\bboundary\s*=")
_READABLE = {"text/plain", "text/html"}
# Every line is compared with every boundary still open: this many comparisons take about a second.
_PATIENCE = 6_000_000


# A longer Content-Type is an attack on the parser, which reads parameters in quadratic time.
_TYPE = 4 * 1024


class _Bounded(email.policy.Compat32):
    """The parser's oldest policy, which never raises, with every header cut before anything looks into it."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """Name and raw value, bounded."""
        name, value = super().header_source_parse([line[: bounds.HEADER] for line in sourcelines])
        return name, value[: _TYPE if name.lower().startswith("content-type") else bounds.HEADER]


_POLICY = _Bounded()


class Unreadable(Exception):
    """The letter is beyond the bounds: it is kept as it came and read by nobody."""


@dataclass(frozen=True)
class Contents:
    """What stands in a letter."""

    fields: Fields
    kinds: frozenset[str]
    bodies: tuple[Body, ...]
    files: tuple[File, ...]


def contents(raw: bytes) -> Contents:
    """The letter's contents. Raises `Unreadable` beyond the bounds of size, number and depth."""
    if len(raw) > bounds.LETTER:
        raise Unreadable("size")
    raw = _bounded(raw)
    boundaries = sum(1 for _ in _MULTIPART.finditer(raw))
    if boundaries > bounds.PARTS or (boundaries * raw.count(b"\n") > _PATIENCE and boundaries > bounds.DEPTH):
        raise Unreadable("depth")
    try:
        message = email.message_from_bytes(raw, policy=_POLICY)
        leaves = list(_leaves(message))
    except RecursionError:
        raise Unreadable("depth") from None
    bodies: list[Body] = []
    files: list[File] = []
    for leaf in leaves:
        body = _body(leaf)
        if body:
            bodies.append(body)
        else:
            files.append(_file(leaf))
    bodies, files = _unpacked(bodies, files)
    return Contents(Fields.of(message), frozenset(leaf.kind for leaf in leaves), tuple(bodies), tuple(files))


def _unpacked(bodies: list[Body], files: list[File]) -> tuple[list[Body], list[File]]:
    """With Outlook's parcel opened where it can be: its files stand in its place, its text where no other is."""
    found: list[File] = []
    for file in files:
        inside = tnef.opened(file) if tnef.is_one(file) else None
        if inside is None:
            found.append(file)
            continue
        text, contained = inside
        if not any(body.text.strip() for body in bodies):
            bodies = [*bodies, *text]
        found += contained
    return bodies, found


def outline(raw: bytes) -> Contents:
    """What can be told of a letter beyond the bounds: its headers, and no body."""
    head = _bounded(raw[: 2 * bounds.HEADER])
    end = _END_OF_HEADER.search(head)
    message = email.message_from_bytes(head[: end.start()] + b"\n\n" if end else head, policy=_POLICY)
    return Contents(Fields.of(message), frozenset(), (), ())


@dataclass(frozen=True)
class _Leaf:
    part: email.message.Message
    kind: str
    parameters: dict[str, str]
    disposition: str
    name: str
    within: int


def _bounded(raw: bytes) -> bytes:
    """The letter with a header of at most 256 KB and without the separator line of a mailbox file."""
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    if raw.startswith((b"From ", b">From ")):
        raw = raw.partition(b"\n")[2]
    raw = raw.lstrip(b"\r\n\t ") if raw[:1] in b"\r\n\t " else raw
    end = _END_OF_HEADER.search(raw, 0, bounds.HEADER)
    if end or len(raw) <= bounds.HEADER:
        return raw
    end = _END_OF_HEADER.search(raw, bounds.HEADER)
    kept = raw[: bounds.HEADER].rpartition(b"\n")[0]
    return kept + b"\n\n" + (raw[end.end() :] if end else b"")


def _leaves(message: email.message.Message) -> Iterator[_Leaf]:
    """The parts that hold something, in reading order, each with the number of the alternative it belongs to."""
    pending: list[tuple[email.message.Message, int, int, bool]] = [(message, 0, 0, False)]
    count = 0
    while pending:
        part, depth, within, related = pending.pop()
        count += 1
        if count > bounds.PARTS or depth > bounds.DEPTH:
            raise Unreadable("parts" if count > bounds.PARTS else "depth")
        fields = Fields.of(part)
        kind, given = parameters.read(fields.raw("content-type") or "text/plain")
        if kind.startswith("multipart/") and part.is_multipart():
            inner = count if kind == "multipart/alternative" else within
            inside = related or kind == "multipart/related"
            pending += [
                (child, depth + 1, inner or (count if inside else 0), inside) for child in reversed(_inside(part))
            ]
        else:
            yield _leaf(part, fields, kind, given, within)


def _inside(part: email.message.Message) -> list[email.message.Message]:
    payload = part.get_payload() if part.is_multipart() else []
    return [child for child in payload if isinstance(child, email.message.Message)]


def _leaf(part: email.message.Message, fields: Fields, kind: str, given: dict[str, str], within: int) -> _Leaf:
    disposition, more = parameters.read(fields.raw("content-disposition"))
    name = parameters.filename(more.get("filename") or given.get("name") or "")
    if "/" not in kind or kind.startswith("multipart/"):
        kind = "text/plain"  # RFC 2045 §5.2; a multipart whose boundary never came is read as text
    return _Leaf(part, kind, given, disposition, name, within)


def _body(leaf: _Leaf) -> Body | None:
    if leaf.kind not in _READABLE or leaf.disposition == "attachment" or leaf.name:
        return None
    text = charsets.decode(data(leaf.part), leaf.parameters.get("charset", ""))
    markup = leaf.kind == "text/html"
    return Body(
        text if markup else text[: bounds.TEXT],  # a page is cut once its pasted pictures are files
        markup,
        leaf.within,
        flowed=leaf.parameters.get("format", "").lower() == "flowed",
    )


def _file(leaf: _Leaf) -> File:
    name = leaf.name
    if not name and leaf.kind == "message/rfc822":
        inner = _inside(leaf.part)
        subject = Fields.of(inner[0]).text("subject") if inner else ""
        name = parameters.filename(subject[:100] + ".eml") if subject else ""
    cid = Fields.of(leaf.part).text("content-id").strip("<> ")
    return File(name, leaf.kind, data(leaf.part), cid)


def data(part: email.message.Message) -> bytes:
    """The bytes of a part, its transfer encoding undone; a broken one is undone as far as it goes."""
    if part.is_multipart():
        return b"".join(_flat(inner) for inner in _inside(part))
    encoding = Fields.of(part).raw("content-transfer-encoding").strip().lower()
    # Without the header the payload comes as it stands; the library's own decoding gives up where ours goes on.
    del part["Content-Transfer-Encoding"]
    raw = part.get_payload(decode=True)
    if not isinstance(raw, bytes):
        return b""
    if encoding == "base64":
        return _base64(raw)
    if encoding == "quoted-printable":
        return quopri.decodestring(raw)
    if encoding in ("x-uuencode", "uuencode", "uue", "x-uue"):
        return _uuencoded(raw)
    return raw


def _flat(message: email.message.Message) -> bytes:
    try:
        return message.as_bytes(policy=email.policy.compat32)
    except (UnicodeError, ValueError, LookupError, TypeError, KeyError, RecursionError, AttributeError):
        return b""


_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
_PADDED = re.compile(rb"=[=\s]*")
# Short words beside each other are no base64: what lists and scanners write below a part without encoding it.
_SPOKEN = re.compile(rb"(?<![A-Za-z0-9+/=])[A-Za-z]{1,15}[,.:]? [A-Za-z]{1,15}(?![A-Za-z0-9+/=])")


def _base64(raw: bytes) -> bytes:
    """What base64 holds, foreign characters passed over (RFC 2045 §6.8); text that never was base64 as it stands.

    Several encoded pieces, each with its padding, are read one after another, and a footer added in plain text stays.
    """
    spoken = _SPOKEN.search(raw)
    end = raw.rfind(b"\n", 0, spoken.start()) + 1 if spoken else len(raw)
    footer = b"\n" + raw[end:] if spoken else b""
    return b"".join(_piece(piece) for piece in _PADDED.split(raw[:end])) + footer


def _piece(coded: bytes) -> bytes:
    kept = _NOT_BASE64.sub(b"", coded)
    kept = kept[: len(kept) - (1 if len(kept) % 4 == 1 else 0)]
    try:
        return binascii.a2b_base64(kept + b"=" * (-len(kept) % 4))
    except binascii.Error:
        return coded


def _uuencoded(raw: bytes) -> bytes:
    found = bytearray()
    for line in raw.splitlines():
        if line.startswith((b"begin ", b"end")) or not line.strip():
            continue
        try:
            found += binascii.a2b_uu(line)
        except binascii.Error:
            # Encoders that pad lines: the length is in the first character.
            size = (((line[0] - 32) & 63) * 4 + 5) // 3
            try:
                found += binascii.a2b_uu(line[:size])
            except binascii.Error:
                return raw
    return bytes(found)
