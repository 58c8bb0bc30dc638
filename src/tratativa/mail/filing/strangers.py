"""Strangers: a letter on a case from an address nobody knows rises in the team's list and asks who wrote it."""

from datetime import timedelta

from django.utils.translation import gettext as _

from tratativa.cases.acting import follow_ups
from tratativa.cases.core.change import Change
from tratativa.mail.models import Arrival

# A customer who writes from another address waits for an answer like any other.
_WITHIN = timedelta(hours=2)


def ask(change: Change, arrival: Arrival) -> None:
    """Leaves a task for the team to tell who wrote."""
    _leave(change, arrival, _("Conferir quem escreveu: %(sender)s. É o cliente?"))


def look(change: Change, arrival: Arrival) -> None:
    """Leaves a task for the team to read what came from the customer's address and calls itself a machine's."""
    _leave(change, arrival, _("Ler o e-mail de %(sender)s: veio marcado como automático. É o cliente quem escreve?"))


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
