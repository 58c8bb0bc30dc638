"""Asking again: a form that still waits is sent once more, or the customer is reminded of it."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from tratativa.accounts.actors import Actor
from tratativa.cases import door, events
from tratativa.cases.core import audience
from tratativa.cases.core.change import Change
from tratativa.cases.core.refusals import NotAllowed
from tratativa.cases.models import Entry, Request
from tratativa.rulebook.terms.parties import Party

# Two letters about one question within a minute are a button pressed twice.
REST = timedelta(minutes=1)


def resend(request: Request, *, by: Actor, at: datetime) -> None:
    """Sends the letter that asks again, to where the customer's letters go now. Raises NotAllowed."""
    with door.judging(request.case_id, by=by, at=at) as change:
        _check(change, request)
        repeat(change, request)


def remind(request: Request, *, by: Actor, at: datetime) -> None:
    """Reminds the customer that an answer is still waited for. Raises NotAllowed."""
    with door.judging(request.case_id, by=by, at=at) as change:
        _check(change, request)
        reminded = events.RequestReminded(request=str(request.pk), ask=request.ask)
        change.record(reminded, to=audience.EVERYONE, words=_question(request))


def repeat(change: Change, request: Request) -> None:
    """Behind the door: asks once more, in the same words."""
    resent = events.RequestResent(request=str(request.pk), ask=request.ask)
    change.record(resent, to=audience.EVERYONE, words=_question(request))


def repeat_all(change: Change) -> None:
    """Behind the door: asks once more all the customer was asked and has not answered."""
    for request in Request.objects.filter(
        case=change.case, of=str(Party.CUSTOMER), answered_at=None, withdrawn_at=None
    ).order_by("asked_at"):
        repeat(change, request)


def _check(change: Change, request: Request) -> None:
    if change.by.party is not Party.MARKETPLACE or request.of != Party.CUSTOMER:
        raise NotAllowed(_("Só a equipe do marketplace pergunta de novo ao cliente."))
    fresh = Request.objects.get(pk=request.pk)
    if fresh.answered_at or fresh.withdrawn_at or not change.case.is_open:
        raise NotAllowed(_("Este pedido já não espera resposta."))
    names = [events.Asked.name, events.RequestResent.name, events.RequestReminded.name]
    last = change.case.entries.filter(event__in=names, data__request=str(request.pk)).order_by("-number").first()
    if last and change.at - last.at < REST:
        raise NotAllowed(_("O pedido acabou de ser enviado ao cliente."))


def _question(request: Request) -> str:
    asked = Entry.objects.select_related("words").filter(pk=request.entry_id).first() if request.entry_id else None
    return (asked.said if asked else "") or request.label
