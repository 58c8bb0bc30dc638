"""Links: addresses of the web, plain or disguised, and the carriers' own pages that a seller may always send."""

import re
from collections.abc import Collection, Iterator

from tratativa.rulebook.conduct import carriers, emails, patterns
from tratativa.rulebook.terms.folding import Span, apart, outside

TRACKING_HOSTS = carriers.hosts()
_SHEET = patterns.sheet("links")
_TOP = _SHEET.vocabulary["endings"]
_HASTY = frozenset(_SHEET.words["hasty"])
_HOST = re.compile(
    r"(?P<scheme>\b(?:https?|hxxps?|ftp)://(?:[^\s/@]{1,80}@)?|\bwww\.)(?P<named>[a-z0-9.\-]{1,120})(?:[/:?]\S{0,300})?"
    rf"|(?<![a-z0-9@.\-])(?P<bare>[a-z0-9\-]{{1,63}}(?:\.[a-z0-9\-]{{1,63}}){{0,4}}\.(?P<top>{_TOP}))(?![a-z0-9\-])"
    r"(?P<path>[/:?]\S{1,300})?"
)
_SAID = re.compile(
    r"(?:[(\[] ?(?:ponto|dot|\.) ?[)\]]|\b(?:ponto|punto|dot)\b|(?<=[a-z0-9]) \. ?) {0,2}"
    r"(?:com|net|shop|store|site)(?![a-z0-9])"
)
_SAID_END = re.compile(r" ?(?:(?:[(\[]? ?(?:ponto|dot|\.) ?[)\]]?) ?br\b|barra\b|/|$|[.,;!?\n)])")
_SPACED = re.compile(
    rf"[a-z0-9\-]{{2,40}} ?\. ?(?:{_TOP}) ?/ ?[a-z0-9]|\bwww ?[ .] ?[a-z0-9\-]{{2,40}} ?[ .] ?(?:com|net|org|ind)\b"
)
_NAME = re.compile(r"[a-z0-9\-]{2,40} ?$")


def find(folded: str, text: str, allowed: Collection[str]) -> Iterator[Span]:
    """Where links stand, except those to an allowed host or below one; an e-mail address is none."""
    inboxes = [(one.start, one.end) for one in emails.find(folded)]
    links = (*_plain(folded, text, allowed), *_disguised(folded), *_spaced(folded))
    yield from outside(apart(links), inboxes)


def _plain(folded: str, text: str, allowed: Collection[str]) -> Iterator[Span]:
    for match in _HOST.finditer(folded):
        host = (match["named"] or match["bare"]).strip(".")
        if not _allowed(host, allowed) and (match["scheme"] or match["path"] or not _is_prose(match, text)):
            yield match.span()


def _allowed(host: str, allowed: Collection[str]) -> bool:
    return is_below(host, allowed) or is_below(host, carriers.public())


def is_below(host: str, allowed: Collection[str]) -> bool:
    """Whether a host is one of these, or below one."""
    return any(host == one or host.endswith(f".{one}") for one in allowed)


def _is_prose(match: re.Match[str], text: str) -> bool:
    """Whether what looks like a domain is a sentence that ended without a space after its full stop."""
    top = match.start("top")
    return match["top"] in _HASTY or (text[top].isupper() and not text[top + 1 : top + 2].isupper())


def _spaced(folded: str) -> Iterator[Span]:
    """Addresses with blanks around their full stops: «cutt . ly / 8hJk2», «www loja com br»."""
    for match in _SPACED.finditer(folded):
        if " " in match[0]:
            yield match.span()


def _disguised(folded: str) -> Iterator[Span]:
    for dot in _SAID.finditer(folded):
        before = folded[max(dot.start() - 42, 0) : dot.start()]
        name, end = _NAME.search(before), _SAID_END.match(folded, dot.end())
        start = dot.start() - len(before) + (name.start() if name else 0)
        if name and end:
            yield start, end.end()
