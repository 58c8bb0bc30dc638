"""Charges: asking the customer for money; speaking of a price, a refund or a payment already made is not."""

from collections.abc import Iterator

from tratativa.rulebook.conduct import charge_families, charge_phrases, charge_scoring, found
from tratativa.rulebook.conduct.found import Found


def find(folded: str) -> Iterator[Found]:
    """Where a folded text asks for money: a set phrase, a clause that weighs enough, or a known construction."""
    folded = charge_phrases.without_pages(folded)
    readings = (charge_phrases.find(folded), charge_scoring.find(folded), charge_families.find(folded))
    yield from found.apart(one for reading in readings for one in reading)
