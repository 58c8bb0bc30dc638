"""WhatsApp under its many names and disguises, unless the sentence refuses it or sells what a product does with it."""

import re
from collections.abc import Iterator

from tratativa.rulebook.conduct import product_features
from tratativa.rulebook.folding import Span

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


def find(folded: str) -> Iterator[Span]:
    """Where WhatsApp is named, unless the sentence refuses it."""
    for match in _WHATSAPP.finditer(folded):
        start, end = match.span()
        refused = _REFUSED.search(folded[max(start - 70, 0) : start])
        if refused or _REFUSAL_AFTER.match(folded, end, end + 60):
            continue
        if not product_features.is_feature(folded, start, end):
            yield start, end
