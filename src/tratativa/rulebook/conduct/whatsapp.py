"""WhatsApp under its many names and disguises, unless the sentence refuses it or sells what a product does with it."""

from collections.abc import Iterator

from tratativa.rulebook.conduct import networks, patterns
from tratativa.rulebook.terms.folding import Span

_SHEET = patterns.sheet("whatsapp")
_NAME, _REFUSED_BEFORE, _REFUSED_AFTER = (
    _SHEET.any_of(name) for name in ("whatsapp", "refused-before", "refused-after")
)


def find(folded: str) -> Iterator[Span]:
    """Where WhatsApp is named, unless the sentence refuses it."""
    for match in _NAME.finditer(folded):
        start, end = match.span()
        before = _REFUSED_BEFORE.search(folded[max(start - 70, 0) : start])
        if before or _REFUSED_AFTER.match(folded, end, end + 60):
            continue
        if not networks.is_feature(folded, start, end) and not networks.is_warning(folded, start, end):
            yield start, end
