"""Titles: the fixed words that mail programs put before the subject they answer, in their users' languages.

They count only before a subject that we wrote; everything else that begins like this was written by a person.
"""

import re
from collections.abc import Sequence
from pathlib import Path

from tratativa.mail.reading import lines
from tratativa.rulebook.terms import pattern_files

_SHEET = pattern_files.read(Path(__file__).with_suffix(".yaml"))
_WORDS = "|".join(f"(?P<{name}>{_SHEET.vocabulary[name]})" for name in ("absence", "receipt"))
_BEGINNING = re.compile(rf"(?:{_WORDS})\b", re.I)
_PREFIX = re.compile(rf"(?:{_WORDS})\s*[:：]\s*", re.I)
_REPLY = re.compile(
    r"^(?:\s*\[[^\]]{1,30}\]\s*)?\s*(?:re|res|resp|rif|aw|sv|vs|antw|odp|r)\s*(?:\[\d{1,3}\])?\s*[:：]", re.I
)
_TAG = re.compile(r"^\s*(?:\[[^\]]{1,30}\]\s*)+")


def kind(subject: str) -> str:
    """Which answer a subject's first words name: absence, receipt, or nothing. No proof that a machine wrote."""
    found = _BEGINNING.match(subject.strip())
    return (found.lastgroup or "") if found else ""


def prefixed(subject: str, ours: Sequence[str] | None) -> str:
    """The kind of machine that put its words before the subject of a letter of ours, or before its «Re:».

    `ours` are the subjects we sent; where nobody knows them (None) only a «Re:» behind the words speaks for it.
    """
    found = _PREFIX.match(subject.strip())
    if found is None:
        return ""
    answered = subject.strip()[found.end() :]
    is_ours = bool(_REPLY.match(answered)) if ours is None else _bare(answered) in {_bare(one) for one in ours if one}
    return (found.lastgroup or "") if is_ours else ""


def _bare(subject: str) -> str:
    """A subject without what programs put before it: «Re:», «[EXTERNO]»."""
    while reply := _REPLY.match(subject):
        subject = subject[reply.end() :]
    return lines.squeezed(_TAG.sub("", subject))
