"""Charges: asking the customer for money; speaking of a price, a refund or a payment already made is not."""

# ruff: noqa: E501  a pattern is one line: it is read, and struck out, as one
import re
from collections.abc import Iterator

from tratativa.rulebook.conduct import charge_families, charge_phrases, charge_scoring
from tratativa.rulebook.folding import Span, apart

# A page of the site, not where money is kept.
_MENU = re.compile(
    r"\b(?:acess\w{1,3}|em|menu|area|va em|vai em|entr\w{1,3} (?:em|na)|clique em|pagina|opcao|aba|pela) [\"«“']?(?:a |na |area )?minha conta\b|\bminha conta (?:no site|do site|no app|>|→|e clique|, (?:em )?meus)"
)


def find(folded: str) -> Iterator[Span]:
    """Where a folded text asks for money: a set phrase, a clause that weighs enough, or a known construction."""
    folded = _MENU.sub(lambda match: "#" * len(match[0]), folded)
    yield from apart((*charge_phrases.find(folded), *charge_scoring.find(folded), *charge_families.find(folded)))
