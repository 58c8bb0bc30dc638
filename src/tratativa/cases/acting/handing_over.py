"""A colleague takes over, with a summary."""

from django.utils.translation import gettext as _

from tratativa.cases import events
from tratativa.cases.acting import assigning
from tratativa.cases.core import audience
from tratativa.cases.core.change import Change
from tratativa.cases.core.effects import effect
from tratativa.cases.core.refusals import NotAllowed
from tratativa.cases.reading import open_cases
from tratativa.rulebook.language.arguments import HandOver
from tratativa.rulebook.terms.ids import slug
from tratativa.rulebook.terms.parties import Party


@effect("hand_over")
def hand_over(change: Change, argument: HandOver) -> None:
    """Makes a colleague responsible, with a summary the team reads. Raises NotAllowed for somebody else's colleague."""
    if change.by.party is not Party.MARKETPLACE:
        raise NotAllowed(_("Só a equipe do marketplace passa o atendimento a um colega."))
    key = assigning.colleague(change, str(change.fields.get(slug(argument.field)) or ""))
    change.case.assignee_id = key
    words = str(change.fields.get(slug(argument.summary)) or "")
    change.record(events.HandedOver(person=str(key)), to=audience.TEAM, words=words)
    open_cases.hand_to(key, change.case, at=change.at)
