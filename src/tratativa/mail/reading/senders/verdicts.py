"""Verdicts: what a receiving server writes about a letter's sender into `Authentication-Results` (RFC 8601).

Quotes and comments are understood, for a stranger chooses what some of them hold: an envelope sender may well be
`"x; dmarc=pass header.from=loja.example"@evil.example`.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tratativa.mail.reading.mime.fields import Fields

FIELD = "authentication-results"
# A mailbox's `receiver` where the server leaves its own name out, as Microsoft 365 does.
NAMELESS = "-"
_RESULT = re.compile(r"\s*([a-z][a-z0-9-]{0,30})(?:\s*/\s*\d{1,3})?\s*=\s*([a-z]{1,20})\b", re.I)
_FROM = re.compile(r"\bheader\s*\.\s*from\s*=\s*([^\s;]{1,255})", re.I)
_PLAIN = re.compile(r"[\w.@+-]*")
_DISOWNING = ("fail", "permerror")


@dataclass(frozen=True)
class Verdict:
    """What one field says: DMARC's results in it, and the domains of From it speaks of. `whole` where it could be read
    to its end."""

    whole: bool
    results: tuple[str, ...]
    domains: frozenset[str]


def passed(fields: Fields, receiver: str, domain: str) -> bool:
    """Whether the topmost field is this receiver's and says that DMARC passes for this very domain, and nothing else.

    Only the topmost one counts: the others came with the letter, written by anybody.
    """
    verdict = _of(next(fields.every(FIELD), ""), receiver)
    if verdict is None or not verdict.whole:
        return False
    return verdict.results == ("pass",) and verdict.domains == {domain.lower()}


def disowned(fields: Fields, receiver: str) -> bool:
    """Whether a field in this receiver's name says that the sender's domain disowns the letter, wherever it stands."""
    verdicts = (_of(raw, receiver) for raw in fields.every(FIELD))
    return any(set(verdict.results) & set(_DISOWNING) for verdict in verdicts if verdict)


def silent(fields: Fields, receiver: str) -> bool:
    """Whether this receiver says nothing of DMARC at the top of the letter."""
    verdict = _of(next(fields.every(FIELD), ""), receiver)
    return verdict is None or not verdict.results


def _of(raw: str, receiver: str) -> Verdict | None:
    """The verdict in a field, where it is this receiver's."""
    if not receiver or not raw:
        return None
    whole, parts = _parts(raw)
    named = "=" not in parts[0]
    if receiver == NAMELESS:
        if named:
            return None
    elif not named or [word.lower() for word in parts[0].split()[:1]] != [receiver.lower()]:
        return None
    results, domains = [], set()
    for part in parts[named:]:
        found = _RESULT.match(part)
        if found and found[1].lower() == "dmarc":
            results.append(found[2].lower())
            domains |= {one.strip('"').rstrip(".").lower() for one in _FROM.findall(part)}
    return Verdict(whole, tuple(results), frozenset(domains))


def _parts(raw: str) -> tuple[bool, list[str]]:
    """The field cut at its semicolons, comments gone; and whether every quote and comment was closed."""
    parts: list[str] = []
    words: list[str] = []
    pieces = _pieces(raw)
    whole = True
    for kind, piece in pieces:
        if kind == ";":
            parts.append("".join(words))
            words = []
        elif kind == '"':
            words.append(piece if _PLAIN.fullmatch(piece) else "?")
        elif kind == "open":
            whole = False
        else:
            words.append(piece)
    parts.append("".join(words))
    return whole, parts


def _pieces(raw: str) -> Iterator[tuple[str, str]]:
    """Characters outside quotes and comments as `char`, semicolons, quoted texts; `open` where one never ends."""
    at = 0
    while at < len(raw):
        char = raw[at]
        if char == '"':
            inside, at = _quoted(raw, at + 1)
            yield ('"', inside) if at else ("open", "")
        elif char == "(":
            at = _comment(raw, at + 1)
            yield ("char", " ") if at else ("open", "")
        else:
            at += 1
            yield (";" if char == ";" else "char"), char
        if not at:
            return


def _quoted(raw: str, at: int) -> tuple[str, int]:
    """The text up to the closing quote and where to go on; nowhere where there is none."""
    inside: list[str] = []
    while at < len(raw):
        if raw[at] == '"':
            return "".join(inside), at + 1
        at += raw[at] == "\\"
        inside.append(raw[at : at + 1])
        at += 1
    return "", 0


def _comment(raw: str, at: int) -> int:
    """Where a comment ends; comments may hold comments. Nowhere where it does not."""
    depth = 1
    while at < len(raw):
        depth += {"(": 1, ")": -1}.get(raw[at], 0)
        at += 2 if raw[at] == "\\" else 1
        if not depth:
            return at
    return 0
