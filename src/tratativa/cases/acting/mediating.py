"""Mediation: offered, asked for, ruled."""

from tratativa.cases import events
from tratativa.cases.core import audience
from tratativa.cases.core.change import Change
from tratativa.cases.core.effects import effect
from tratativa.rulebook.language import arguments
from tratativa.rulebook.terms.ids import slug
from tratativa.rulebook.terms.parties import Party


@effect("mediate")
def mediate(change: Change, _argument: arguments.Mediate) -> None:
    """Asks the marketplace to decide; from here on the turn is its own until it asks somebody."""
    change.case.mediation = "asked"
    change.case.customer_in = change.case.customer_in or change.by.party is Party.CUSTOMER
    change.record(events.MediationAsked(), to=change.everyone)
    change.pass_turn(Party.MARKETPLACE)


@effect("offer")
def offer(change: Change, argument: arguments.Offer) -> None:
    """Makes an action available that waits for being offered; offering twice is once."""
    action = slug(argument.action)
    if action in change.case.offered:
        return
    change.case.offered = [*change.case.offered, action]
    # A ruling ends one mediation, not the customer's way to the marketplace: each miss after it opens that again.
    if change.case.mediation in {"none", "ruled"}:
        change.case.mediation = "offered"
    change.record(events.Offered(action=action), to=change.everyone)


@effect("rule")
def rule(change: Change, argument: arguments.Rule) -> None:
    """Records the decision both sides read, and ends the mediation.

    The contract's clause is cited only when the ruling cancels the order (A-31).
    """
    benefits = str(change.fields.get(slug(argument.benefits), ""))
    cancels = bool(argument.cancels and change.fields.get(slug(argument.cancels)))
    change.case.mediation = "ruled"
    mediating = {one.id for one in change.book.actions if any(effect.name == "mediate" for effect in one.do)}
    change.case.offered = [name for name in change.case.offered if name not in mediating]
    readers = audience.EVERYONE if change.case.customer_id else audience.TEAM_AND_SELLER
    change.told_customer(readers)
    change.record(
        events.Ruled(benefits=benefits, cancels_order=cancels, clause=argument.clause if cancels else ""),
        to=readers,
        words=str(change.fields.get(slug(argument.words), "")),
    )
