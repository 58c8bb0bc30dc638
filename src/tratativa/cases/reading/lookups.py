"""Looking for somebody by a whole document: counted, for what is shown of one leaves few that it may be."""

from tratativa.accounts import clock
from tratativa.accounts.actors import Actor
from tratativa.accounts.audit import disclosures
from tratativa.accounts.audit.disclosures import Taker
from tratativa.accounts.models import Marketplace, Person, Seller


def count(actor: Actor, document: str) -> None:
    """Counts it for whoever looks; the clock looks for nobody. Raises disclosures.TooMuch."""
    if actor.person_id is None:
        return
    taker = Taker(
        Marketplace(pk=actor.marketplace_id), "", Person(pk=actor.person_id),
        Seller(pk=actor.seller_id) if actor.seller_id else None,
    )  # fmt: skip
    disclosures.look_up(taker, document, at=clock.now())
