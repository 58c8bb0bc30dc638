"""Strangers: a letter on a case from an address nobody knows rises in the team's list and asks who wrote it; so does
what a machine sent from the customer's own address, where somebody should look."""

from datetime import timedelta

from django.utils.translation import gettext as _

from tratativa.cases import events
from tratativa.cases.acting import follow_ups
from tratativa.cases.core import audience
from tratativa.cases.core.change import Change
from tratativa.cases.models import Case, Request
from tratativa.mail.models import Arrival
from tratativa.rulebook.terms.parties import Party

# A customer who writes from another address waits for an answer like any other.
_WITHIN = timedelta(hours=2)


def ask(change: Change, arrival: Arrival) -> None:
    """Leaves a task for the team to tell who wrote."""
    _leave(change, arrival, _("Conferir quem escreveu: %(sender)s. É o cliente?"))


def look(change: Change, arrival: Arrival) -> None:
    """Leaves a task for the team to read what came from the customer's address and calls itself a machine's."""
    _leave(change, arrival, _("Ler o e-mail de %(sender)s: veio marcado como automático. É o cliente quem escreve?"))


def absent(change: Change, arrival: Arrival) -> None:
    """Leaves a task for the team where it waits for the customer, whose mailbox says that they are away.

    Nothing counts as answered and no clock changes: a machine wrote it. Where nobody of the team waits (a seller
    does, or nobody), the entry is enough; what an absence says of colleagues and telephones is no seller's to read.
    """
    if _team_waits(change.case):
        _leave(change, arrival, _("Ler o aviso de ausência de %(sender)s: a resposta que se espera pode demorar."))


def _team_waits(case: Case) -> bool:
    """Whether the customer owes an answer to the marketplace's team: a form it asked, or its words were the last."""
    if case.waiting_on != Party.CUSTOMER:
        return False
    asked = Request.objects.filter(case=case, of=Party.CUSTOMER, answered_at=None, withdrawn_at=None)
    if (form := asked.order_by("-asked_at").first()) is not None:
        return form.by == Party.MARKETPLACE
    told = case.entries.annotate(read=audience.heard_by(Party.CUSTOMER)).filter(read__gt=0)
    last = told.filter(event=events.Posted.name).exclude(party=Party.CUSTOMER).order_by("-number").first()
    return last is not None and last.party == Party.MARKETPLACE


def _leave(change: Change, arrival: Arrival, words: str) -> None:
    """A task, one for each sender at a time, that lifts the case; nothing else about it changes."""
    case = change.case
    case.last_activity_at = max(case.last_activity_at, arrival.at)
    asked = Arrival.objects.filter(case=case, sender=arrival.sender, task__done_at=None, task__isnull=False)
    if arrival.sender and (one := asked.exclude(pk=arrival.pk).select_related("task").first()):
        arrival.task = one.task
        return
    told = words % {"sender": arrival.sender or _("(sem remetente)")}
    arrival.task = follow_ups.leave(change, told, change.at + _WITHIN)
