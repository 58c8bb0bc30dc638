"""Registering: what an agent does to a retailer's registration outside any procedure."""

from datetime import datetime

from django.utils.translation import gettext as _

from tratativa.accounts.actors import Actor
from tratativa.cases import audience, changing, events
from tratativa.cases.effects import registering
from tratativa.cases.models import Case
from tratativa.cases.refusals import NotAllowed
from tratativa.rulebook.parties import Party


def push(case: Case, step: str, *, by: Actor, at: datetime) -> None:
    """Pushes a step of the sign-up: asked of the marketplace's systems, and on the case's record who asked it.

    Raises NotAllowed for others than the team, and where the step is done or unknown.
    """
    if by.party is not Party.MARKETPLACE or case.queue:
        raise NotAllowed(_("As etapas do cadastro são da equipe do marketplace."))
    with changing.judging(case.pk, by=by, at=at) as change:
        change.record(events.SignupPushed(step=step), to=audience.TEAM)
        registering.push(change, step)
