"""Whose turn it is, and what is urgent."""

from tratativa.cases import events
from tratativa.cases.core import audience
from tratativa.cases.core.change import Change
from tratativa.cases.core.effects import effect
from tratativa.rulebook.language import arguments
from tratativa.rulebook.terms.parties import Party


@effect("wait_for")
def wait_for(change: Change, argument: arguments.WaitFor) -> None:
    """Passes the turn; where the marketplace was asked for help, only the marketplace passes it on."""
    if change.by.party is Party.MARKETPLACE:
        change.case.helping = False
    if change.case.helping:
        change.case.public_turn = str(argument.party)
        return
    change.pass_turn(str(argument.party))


@effect("mark_critical")
def mark_critical(change: Change, _argument: arguments.MarkCritical) -> None:
    """Marks the case critical, once."""
    if not change.case.critical:
        change.case.critical = True
        change.record(events.MarkedCritical(), to=audience.TEAM_AND_SELLER)
