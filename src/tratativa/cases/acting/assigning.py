"""Who is responsible for a case."""

import uuid

from django.utils.translation import gettext as _

from tratativa.accounts.models import Membership
from tratativa.accounts.rights import Right
from tratativa.cases.core import responsible
from tratativa.cases.core.change import Change
from tratativa.cases.core.effects import effect
from tratativa.cases.core.refusals import NotAllowed
from tratativa.rulebook.language import arguments
from tratativa.rulebook.terms.ids import slug


@effect("assign")
def assign(change: Change, argument: arguments.Assign) -> None:
    """Makes a member of the acting organisation responsible; without a choice, whoever acts.

    Agents take cases, who leads a team hands them to others (`accounts.rights`), unless the rulebook lets anyone.
    Raises NotAllowed when the chosen person does not belong to it, or is not theirs to choose.
    """
    field = slug(argument.field) if argument.field else ""
    chosen = str(change.fields.get(field) or change.by.person_id or "")
    person = colleague(change, chosen)
    if person != change.by.person_id and not (change.by.may(Right.ASSIGN) or argument.anyone):
        raise NotAllowed(_("Só quem lidera a equipe atribui um atendimento a outra pessoa."))
    responsible.make(change, person, change.by.party)


def colleague(change: Change, chosen: str) -> uuid.UUID:
    """The id of a person chosen in a form who belongs to the acting organisation. Raises NotAllowed for another."""
    team = Membership.objects.filter(
        marketplace_id=change.by.marketplace_id, seller=change.by.seller_id, partner=None, person__is_active=True
    )
    key = _uuid(chosen)
    if key is None or not team.filter(person_id=key).exists():
        raise NotAllowed(_("Escolha alguém da sua equipe."))
    return key


def _uuid(raw: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(raw)
    except ValueError:
        return None
