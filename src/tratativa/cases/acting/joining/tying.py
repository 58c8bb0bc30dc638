"""Tying: two cases of one order or one customer stand beside each other; each stays a case of its own (ADR 113)."""

from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tratativa.accounts.actors import Actor
from tratativa.cases import door, events
from tratativa.cases.core import audience
from tratativa.cases.core.refusals import NotAllowed
from tratativa.cases.models import Case, Tie
from tratativa.rulebook.terms.parties import Party

MOST = 30  # ties of one case
_TEAMS = (Party.MARKETPLACE, Party.SELLER)


def tie(case: Case, other: Case, *, by: Actor, at: datetime) -> bool:
    """Ties two cases the actor may see, once; both ledgers say so. False where they were tied before.

    Raises NotAllowed for who is of no team, and for cases that are not of one order or one customer.
    """
    refuse(case, other, by=by)
    with door.judging_two(case.pk, other.pk, by=by, at=at) as (here, there):
        refuse(here.case, there.case, by=by)
        first, second = sorted((here.case, there.case), key=lambda one: one.pk)
        if any(_of(one).count() >= MOST for one in (first, second)):
            raise NotAllowed(_("Um atendimento se liga a até %(limit)d outros.") % {"limit": MOST})
        given = {"by_id": by.person_id, "at": at}
        _row, new = Tie.objects.get_or_create(first=first, second=second, defaults=given)
        if new:
            readers = _readers(here.case, there.case)
            here.record(events.Tied(other=there.case.protocol), to=readers)
            there.record(events.Tied(other=here.case.protocol), to=readers)
    return new


def untie(case: Case, other: Case, *, by: Actor, at: datetime) -> bool:
    """Takes a tie back; both ledgers say so. False where there was none. Raises NotAllowed for who is of no team."""
    _refuse_outsiders(by)
    if case.pk == other.pk:
        return False
    with door.judging_two(case.pk, other.pk, by=by, at=at) as (here, there):
        first, second = sorted((case.pk, other.pk))
        count, _kinds = Tie.objects.filter(first=first, second=second).delete()
        if count:
            readers = _readers(here.case, there.case)
            here.record(events.Untied(other=there.case.protocol), to=readers)
            there.record(events.Untied(other=here.case.protocol), to=readers)
    return bool(count)


def refuse(case: Case, other: Case, *, by: Actor) -> None:
    """Raises NotAllowed, with the sentence, where this actor cannot tie these two."""
    _refuse_outsiders(by)
    if case.pk == other.pk:
        raise NotAllowed(_("Este é o próprio atendimento."))
    if case.queue or other.queue:
        raise NotAllowed(_("Um chamado filho já está ligado a quem o abriu."))
    one_order = case.order_id is not None and case.order_id == other.order_id
    one_customer = case.customer_id is not None and case.customer_id == other.customer_id
    if not (one_order or one_customer):
        raise NotAllowed(_("Só se ligam atendimentos do mesmo pedido ou do mesmo cliente."))


def _refuse_outsiders(by: Actor) -> None:
    if by.party not in _TEAMS or by.person_id is None:
        raise NotAllowed(_("Só as equipes ligam atendimentos."))


def _readers(case: Case, other: Case) -> int:
    """Who may see both cases: the team, and the seller where both are its own. An entry names the other's number."""
    same = case.seller_id is not None and case.seller_id == other.seller_id
    return audience.TEAM_AND_SELLER if same else audience.TEAM


def _of(case: Case) -> QuerySet[Tie]:
    return Tie.objects.filter(Q(first=case.pk) | Q(second=case.pk))
