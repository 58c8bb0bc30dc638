"""What of a party's actions the role of whoever acts leaves: `accounts.rights`, on top of what the rulebook gives."""

from django.utils.translation import gettext as _

from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Role
from tratativa.accounts.rights import Right
from tratativa.cases.core.refusals import NotAllowed
from tratativa.rulebook.language.actions import Action
from tratativa.rulebook.verdict import Unavailable, Verdict

_IN_TEAMS = frozenset(str(role) for role in Role)


def narrow(verdict: Verdict, by: Actor) -> Verdict:
    """The verdict, without what this person's role may not do: those actions are told with the reason."""
    refused = {answer.action.id: why for answer in verdict.available if (why := why_not(answer.action, by))}
    if not refused:
        return verdict
    kept = tuple(answer for answer in verdict.available if answer.action.id not in refused)
    taken = tuple(
        Unavailable(answer.action, refused[answer.action.id])
        for answer in verdict.available if answer.action.id in refused
    )  # fmt: skip
    return Verdict(verdict.party, kept, (*verdict.unavailable, *taken))


def why_not(action: Action, by: Actor) -> str:
    """Why this person's role does not do the action, or nothing."""
    if by.role not in _IN_TEAMS:
        return ""
    if not by.may(Right.ANSWER):
        return _("O seu papel lê e exporta; quem atende age.")
    if action.place == "ruling" and not by.may(Right.MEDIATE):
        return _("Quem decide mediações é quem tem esse papel na equipe.")
    return ""


def check(by: Actor) -> None:
    """Raises NotAllowed for who may only read."""
    if by.role in _IN_TEAMS and not by.may(Right.ANSWER):
        raise NotAllowed(_("O seu papel lê e exporta; quem atende age."))
