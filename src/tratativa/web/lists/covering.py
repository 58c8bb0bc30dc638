"""Who covers for whoever is away: said wherever a responsible person is named."""

import uuid
from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from tratativa.accounts import moments
from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Person
from tratativa.accounts.people import absences
from tratativa.accounts.people.models import Absence
from tratativa.cases.core import rulebook_versions


def away(actor: Actor, at: datetime) -> Mapping[uuid.UUID, Absence]:
    """Who of the actor's team is away at this moment, by their key; remembered for some seconds."""
    day = rulebook_versions.today(actor.marketplace_id, at)
    return absences.known(actor.marketplace_id, actor.seller_id, day)


def told(responsible: Person | None, away: Mapping[uuid.UUID, Absence]) -> str:
    """Where the responsible person is away: until when, and who covers; nothing for who is there."""
    absence = away.get(responsible.pk) if responsible else None
    if absence is None:
        return ""
    if absence.cover is None:
        return _("ausente até %(last)s") % {"last": moments.day(absence.last)}
    gaps = {"last": moments.day(absence.last), "name": absence.cover.name}
    if absence.cover_id in away:  # who covers fell ill as well
        return _("ausente até %(last)s; %(name)s cobriria, mas também está ausente") % gaps
    return _("ausente até %(last)s; %(name)s cobre") % gaps
