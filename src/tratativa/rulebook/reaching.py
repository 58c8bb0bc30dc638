"""Other ways to reach each other: WhatsApp under its many names, e-mail addresses plain and disguised."""

import re
from collections.abc import Iterator

from tratativa.rulebook import elsewhere
from tratativa.rulebook.folding import Span, apart

_WHATSAPP = re.compile(
    r"(?<![a-z0-9])(?:w[hu]?[a4]t['’]?s{0,2}[ -]{0,2}[a4]pp?s?|wh[a4]ts{1,3}(?:z[a4]p+|[a4]pp?|up)?|uats[a-z]{0,3}"
    r"|[uwo]{1,2}[ao]ts?[iy]?[sz]?[ae]p{1,2}[ei]?|(?<!\d )wats"
    r"|z[a4]p{1,3}(?:[ -]?z[a4]p|inho|ao)?|wpp|wp?zap|wtsapp?|wts|wzp|zp|w\.?a\.?me(?=/)|api\.whatsapp"
    r"|z[ .\-_]{1,2}a[ .\-_]{1,2}p{1,2}|w[ .\-_]{1,2}h[ .\-_]{1,2}a[ .\-_]{1,2}t[ .\-_]{1,2}s)(?![a-z])"
)
# «Não atendemos por WhatsApp» refuses it; «aqui não dá, me chama no zap» asks for it.
_REFUSED = re.compile(
    r"\bnao (?:\w{1,8} ){0,2}(?:atend|us|util|tem|temos|faz|trabalh|falamos|respond|trat|permit|mand|envi|aceit|entr"
    r"|passa|clique)\w{0,8}[^.!?,;\n]{0,40}$|\b(?:proibid|golpe|falso|vedad|cuidado|desconfie)\w{0,4}[^.!?;\n]{0,40}$"
)
_REFUSAL_AFTER = re.compile(
    r"[^.!?,;\n]{0,20}\b(?:(?:nao|n) (?:us|atend|trabalh|respond)\w{0,5}\b"
    r"|nao (?:e|sao|esta) permitid|e proibid|e falso|e golpe|nao e usad)"
)
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


def whatsapp(folded: str) -> Iterator[Span]:
    """Where WhatsApp is named, unless the sentence refuses it."""
    for match in _WHATSAPP.finditer(folded):
        start, end = match.span()
        refused = _REFUSED.search(folded[max(start - 70, 0) : start])
        if refused or _REFUSAL_AFTER.match(folded, end, end + 60):
            continue
        if not elsewhere.is_feature(folded, start, end):
            yield start, end


def email(folded: str) -> Iterator[Span]:
    """Where e-mail addresses stand, with `@` or said in words."""
    yield from apart((*_addresses(folded), *elsewhere.asks_email(folded)))


def _addresses(folded: str) -> Iterator[Span]:
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
