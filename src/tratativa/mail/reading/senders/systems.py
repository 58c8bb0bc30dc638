"""Systems: how mail systems are called and how they talk, so that they are told from people whose parcel got lost."""

import re
from pathlib import Path

from tratativa.rulebook.terms import pattern_files

_SHEET = pattern_files.read(Path(__file__).with_suffix(".yaml"))
_DAEMONS, _PROGRAMS, _NAMED, _NO_REPLY, _STATUS = (
    _SHEET.any_of(name) for name in ("daemons", "programs", "named", "no-reply", "status")
)
_UNDELIVERED = _SHEET.any_of("undelivered", re.IGNORECASE)
_HEAD = _SHEET.any_of("head", re.IGNORECASE | re.MULTILINE)
_RETURNED = {"message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"}
_LOOKED_AT = 16_000


def daemon(sender: str, named: str) -> bool:
    """Whether a letter is from what mail systems call themselves: the whole of its address, or its name."""
    return bool(_DAEMONS.fullmatch(sender.partition("@")[0]) or _NAMED.match(named.lower()))


def program(sender: str) -> bool:
    """Whether an address is one that programs have, or says that nobody reads it, or is none."""
    return unattended(sender) or bool(_PROGRAMS.fullmatch(sender.partition("@")[0]))


def unattended(sender: str) -> bool:
    """Whether nobody reads what is sent to this address, by its own word."""
    return bool(_NO_REPLY.match(sender))


def speaks(kinds: frozenset[str], text: str) -> bool:
    """Whether it talks as mail systems do: of what failed, or with the head of the letter it returns."""
    return fails(text) or returns(kinds, text)


def returns(kinds: frozenset[str], text: str) -> bool:
    """Whether the head of a letter stands in it or beside it, as in what a mail system returns."""
    return bool(kinds & _RETURNED or _HEAD.search(text[:_LOOKED_AT]))


def coded(text: str) -> bool:
    """Whether it names a status, as mail systems do: people tell of what was not delivered in words alone."""
    return bool(_STATUS.search(text[:_LOOKED_AT]))


def fails(text: str) -> bool:
    """Whether it says, in a status or in the words of the trade, that a letter did not arrive."""
    said = text[:_LOOKED_AT]
    return bool(_STATUS.search(said) or _UNDELIVERED.search(said))
