"""Snoozing: a team puts a case whose turn is its own aside until later; nobody else learns of it, no clock stops."""

from datetime import datetime, timedelta

from django.db.models import F
from django.utils.translation import gettext as _

from tratativa.accounts import moments, reach
from tratativa.accounts.actors import Actor
from tratativa.cases.core.refusals import NotAllowed
from tratativa.cases.models import Case, Snooze
from tratativa.cases.models.tags import owner
from tratativa.rulebook.terms.parties import Party

LONGEST = timedelta(days=366)
_TEAMS = (Party.MARKETPLACE, Party.SELLER)


def put_aside(case: Case, until: datetime, *, by: Actor, at: datetime) -> None:
    """Puts the case aside for the actor's team, or puts it aside anew.

    Raises NotAllowed where it is not the team's turn, for a moment that is past, and for one after what is due or more
    than a year away: what is aside is not forgotten.
    """
    if by.party not in _TEAMS or not case.is_open or case.waiting_on != by.party:
        raise NotAllowed(_("Só se adia um atendimento aberto que espera a sua equipe."))
    if until <= at:
        raise NotAllowed(_("Escolha um momento que ainda não passou."))
    due = latest(case, by)
    if not due and until - at > LONGEST:
        raise NotAllowed(_("Um atendimento se adia por um ano no máximo."))
    if due and until > due:
        raise NotAllowed(
            _("O prazo vence em %(due)s: escolha um momento antes disso.") % {"due": moments.due(due)}
            if due > at
            else _("O prazo já venceu: este atendimento não se adia.")
        )
    with reach.within(*by.owners, by.marketplace_id):
        Snooze.objects.update_or_create(
            case=case, owner_id=owner(by.marketplace_id, by.seller_id),
            defaults={"until": until, "at": at, "by_id": by.person_id, "marketplace_id": by.marketplace_id},
        )  # fmt: skip


def latest(case: Case, actor: Actor) -> datetime | None:
    """Until when the actor's team may put the case aside at most: what is due; None where nothing is."""
    return case.overdue_for(actor.party) or case.due_for(actor.party)


def held(case: Case, actor: Actor, *, at: datetime) -> Snooze | None:
    """The team's snooze of an open case, while it holds; one query."""
    if actor.party not in _TEAMS or not case.is_open:
        return None
    mine = Snooze.objects.filter(case=case, owner_id=owner(actor.marketplace_id, actor.seller_id), until__gt=at)
    return mine.filter(at__gte=F("case__last_activity_at")).select_related("by").first()


def bring_back(case: Case, *, by: Actor) -> None:
    """The case stands in the team's list again."""
    with reach.within(*by.owners, by.marketplace_id):
        Snooze.objects.filter(case=case, owner_id=owner(by.marketplace_id, by.seller_id)).delete()
