"""Addresses: who a letter names as its sender and which letters it names as answered, read in one pass."""

import re
from dataclasses import dataclass

from tratativa.mail.reading import bounds
from tratativa.mail.reading.mime import words

_ID = re.compile(r"<([^<>\s]{1,990})>")
_BARE = re.compile(r"[^\s<>,;\"()]{1,64}@[^\s<>,;\"()]{1,255}")


@dataclass(frozen=True)
class Address:
    """A mailbox: the name as written, and the address in lower case."""

    name: str
    address: str


def mailboxes(raw: str) -> tuple[Address, ...]:
    """The mailboxes of a header. The address between angle brackets counts; what only looks like one is its name."""
    found = [mailbox for piece in _pieces(words.unescaped(raw[: bounds.FIELD])) if (mailbox := _mailbox(piece))]
    if not found and "=?" in raw:  # some senders encode name and address together
        found = [mailbox for piece in _pieces(words.text(raw)) if (mailbox := _mailbox(piece))]
    return tuple(found[: bounds.ADDRESSES])


def ids(raw: str) -> tuple[str, ...]:
    """The Message-IDs of a header without their angle brackets: the first and the last ones of a long list."""
    value = raw[: bounds.HEADER]
    found = _ID.findall(value) or [piece.strip("<>") for piece in value.split() if "@" in piece]
    unique = list(dict.fromkeys(found))
    return tuple(unique if len(unique) <= bounds.REFERENCES else unique[:1] + unique[1 - bounds.REFERENCES :])


def _pieces(value: str) -> list["_Piece"]:
    """The header cut at its commas, quotes, comments and angles understood (RFC 5322 §3.4)."""
    pieces = [_Piece()]
    for char in value:
        piece = pieces[-1]
        if piece.inside(char):
            continue
        if char in ",;":
            pieces.append(_Piece())
        elif char == ":" and "@" not in piece.words:
            pieces[-1] = _Piece()  # what stood there was a group's name
        else:
            piece.words.append(char)
    return pieces[: bounds.ADDRESSES]


class _Piece:
    """What was read of one mailbox, and in which brackets the reading stands."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.quoted: list[str] = []
        self.comment: list[str] = []
        self.angle: list[str] | None = None
        self._within = ""
        self._depth = 0
        self._escaped = False

    def inside(self, char: str) -> bool:
        """Takes a character that opens, closes or stands in quotes, a comment or angles; false for any other."""
        if self._escaped:
            self._escaped = False
            self._store(char)
        elif self._within == '"' and char != '"':
            self._escaped = char == "\\"
            if not self._escaped:
                self._store(char)
        elif self._within == "(":
            self._comment(char)
        elif self._within == "<" and char != ">":
            self._store(char)
        elif self._within:
            self._within = ""
        elif char in '"(<':
            self._within, self._depth = char, 1
            self.angle = [] if char == "<" else self.angle
        else:
            return False
        return True

    def _comment(self, char: str) -> None:
        """Comments may hold comments, which is why they are counted."""
        self._depth += {"(": 1, ")": -1}.get(char, 0)
        self._escaped = char == "\\"
        if self._depth == 0:
            self._within = ""
        elif not self._escaped:
            self._store(char)

    def _store(self, char: str) -> None:
        if self._within == "<" and self.angle is not None:
            self.angle.append(char)
        else:
            (self.quoted if self._within == '"' else self.comment).append(char)


def _mailbox(piece: _Piece) -> Address | None:
    spoken = "".join(piece.words)
    name = words.text("".join(piece.quoted) or spoken or "".join(piece.comment))
    if piece.angle is not None:
        address = "".join("".join(piece.angle).split())
        if address.lower().startswith("mailto:"):
            address = address[7:]
        if address and ("@" in address or not _BARE.search(spoken)):
            return Address(name, address.lower())
    bare = _BARE.search(spoken) or _BARE.search("".join(piece.quoted))
    if bare is None:
        return None
    named = "".join(piece.quoted) or "".join(piece.comment)
    return Address(words.text(named), bare[0].rstrip(".").lower())
