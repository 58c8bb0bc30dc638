"""Sign-up: what an agent does to a retailer's registration outside any procedure."""

from datetime import datetime

from django.utils.translation import gettext as _

from tratativa.accounts.actors import Actor
from tratativa.cases import door, events
from tratativa.cases.core import audience
from tratativa.cases.core.refusals import NotAllowed
from tratativa.cases.models import Case
from tratativa.cases.orders import registering
from tratativa.rulebook.terms.parties import Party


def push(case: Case, step: str, *, by: Actor, at: datetime) -> None:
    """Pushes a step of the sign-up: asked of the marketplace's systems, and on the case's record who asked it.

    Raises NotAllowed for others than the team, and where the step is done or unknown.
    """
    if by.party is not Party.MARKETPLACE or case.queue:
        raise NotAllowed(_("As etapas do cadastro são da equipe do marketplace."))
    with door.judging(case.pk, by=by, at=at) as change:
        change.record(events.SignupPushed(step=step), to=audience.TEAM)
        registering.push(change, step)
