"""E-mail addresses, plain and disguised, and asking for the customer's."""

import re
from collections.abc import Iterator

from tratativa.rulebook.conduct import contact_requests, found
from tratativa.rulebook.conduct.found import Found, named
from tratativa.rulebook.terms.folding import Span

_LOCAL = re.compile(r"[a-z0-9._%+\-]{1,64}$")
_DOMAIN = re.compile(r"[a-z0-9\-]{1,63}(?:\.[a-z0-9\-]{1,63}){1,4}")
_SPACED = re.compile(r" ?[a-z0-9\-]{1,63} ?\. ?(?:com|net|org|br)\b")
_AT = re.compile(r"@|\barroba\b|[(\[{] ?(?:at|arroba|a) ?[)\]}]")
_DOMAIN_SAID = re.compile(
    r"[ ,]{0,3}[a-z0-9\-]{2,40}[ ,]{0,2}(?:\.|[(\[]? ?(?:ponto|dot|pt) ?[)\]]?)[ ,]{0,2}(?:com|net|org|br)\b"
)
_MAILBOX = re.compile(
    r"\b(?:gmail|hotmail|outlook|yahoo|icloud|uol|bol|terra|live)[ ,]{0,2}(?:\.|\(?(?:ponto|dot)\)?)?[ ,]{0,2}com\b"
    r"|\b(?:meu|nosso|no) (?:gmail|hotmail|outlook|yahoo|icloud) (?:e|eh|:) ?[a-z0-9._\-]{4,40}"
)
_HOUSES = re.compile(r"[ ,]{0,3}(?:gmail|hotmail|outlook|yahoo|icloud)\b")
_NAME_BEFORE = re.compile(r"[a-z0-9._+\-]{1,64}[ ,]{0,2}$")


def find(folded: str) -> Iterator[Found]:
    """Where e-mail addresses stand, with `@` or said in words."""
    yield from found.apart((*named(addresses(folded), "um e-mail"), *contact_requests.email(folded)))


def addresses(folded: str) -> Iterator[Span]:
    """Where e-mail addresses stand, not in order."""
    for at in _AT.finditer(folded):
        before = folded[max(at.start() - 66, 0) : at.start()]
        name = (_LOCAL if at[0] == "@" else _NAME_BEFORE).search(before) or _NAME_BEFORE.search(before)
        domain = _domain(folded, at)
        if name and domain:
            start = at.start() - len(before) + name.start()
            if not folded.startswith("//", max(start - 2, 0)):  # a name before the host of a link
                yield start, domain
    for box in _MAILBOX.finditer(folded):
        yield box.span()


def _domain(folded: str, at: re.Match[str]) -> int:
    """Where the domain after an at sign ends; 0 if none follows."""
    end = at.end()
    tries = (_DOMAIN, _SPACED, _DOMAIN_SAID, _HOUSES) if at[0] == "@" else (_DOMAIN, _DOMAIN_SAID, _HOUSES)
    found = next((match for one in tries if (match := one.match(folded, end, end + 140))), None)
    return found.end() if found else 0
