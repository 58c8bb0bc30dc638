"""Who takes part in a case: the four parties every rulebook knows."""

from enum import StrEnum


class Party(StrEnum):
    """One side of a case. `MARKETPLACE` is its team: SAC, mediators, agents."""

    CUSTOMER = "customer"
    SELLER = "seller"
    MARKETPLACE = "marketplace"
    PARTNER = "partner"
