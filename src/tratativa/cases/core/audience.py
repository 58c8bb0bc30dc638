"""Audiences: the parties that can read an entry, a bit each."""

from collections.abc import Iterable

from django.db.models import F
from django.db.models.expressions import CombinedExpression

from tratativa.rulebook.terms.parties import Party

BIT = {Party.CUSTOMER: 1, Party.SELLER: 2, Party.MARKETPLACE: 4, Party.PARTNER: 8}


def of(*parties: Party) -> int:
    """The audience that holds exactly these parties."""
    bits = 0
    for party in parties:
        bits |= BIT[party]
    return bits


def holds(audience: int, party: Party) -> bool:
    """Whether the party is in the audience."""
    return bool(audience & BIT[party])


def parties(audience: int) -> list[Party]:
    """The parties in the audience, in the order of their bits."""
    return [party for party, bit in BIT.items() if audience & bit]


def joined(audiences: Iterable[int]) -> int:
    """Everyone who is in any of these audiences."""
    bits = 0
    for one in audiences:
        bits |= one
    return bits


# The marketplace's own people.
TEAM = of(Party.MARKETPLACE)
# The marketplace reads everything but a seller's own notes.
TEAM_AND_SELLER = of(Party.SELLER, Party.MARKETPLACE)
# Inside a child case: nobody else knows that it exists.
WITH_PARTNER = of(Party.MARKETPLACE, Party.PARTNER)
EVERYONE = of(Party.CUSTOMER, Party.SELLER, Party.MARKETPLACE)


def heard_by(party: Party) -> CombinedExpression:
    """For queries over rows with an `audience`: not zero where this party can read them."""
    return F("audience").bitand(BIT[party])
