"""Told to people: deadlines started, warned of, met and missed, what a miss could not do, and tasks."""

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from tratativa.accounts import moments
from tratativa.cases import events
from tratativa.cases.sentences.reader import Reading, rule_label
from tratativa.cases.sentences.registry import tells
from tratativa.rulebook.terms.parties import Party


@tells(events.DeadlineStarted, place="quiet", news=False)
def started(on: Reading) -> str:
    return _("Prazo «%(rule)s» até %(due)s.") % _deadline(on)


@tells(events.DeadlineWarned, icon="clock-alert", news=False, writes_to=(Party.SELLER, Party.PARTNER), rank=15)
def warned(on: Reading) -> str:
    return _("O prazo «%(rule)s» está acabando.") % _deadline(on)


@tells(events.DeadlineMet, place="quiet", news=False)
def met(on: Reading) -> str:
    return _("Prazo «%(rule)s» cumprido.") % _deadline(on)


@tells(events.DeadlineMissed, icon="clock-alert", tone="urgent")
def missed(on: Reading) -> str:
    return _("Prazo «%(rule)s» perdido em %(due)s.") % _deadline(on)


@tells(events.FollowUpSet)
def task_set(on: Reading) -> str:
    due = parse_datetime(on.data["due"])
    return _("Tarefa marcada para %(due)s.") % {"due": moments.due(due) if due else ""}


@tells(events.FollowUpDue, writes_to=(Party.SELLER,), rank=14)
def task_due(on: Reading) -> str:
    return _("Chegou a hora de uma tarefa deste atendimento.")


@tells(events.FollowUpDone)
def task_done(on: Reading) -> str:
    return _("Tarefa concluída.")


@tells(events.ConsequenceRefused, icon="clock-alert", place="message", by_desk=True)
def refused(on: Reading) -> str:
    rule = rule_label(on.book, on.data["because"].partition(":")[2])
    return _("o que deveria seguir do prazo «%(rule)s» não pôde ser feito") % {"rule": rule}


def _deadline(on: Reading) -> dict[str, str]:
    due = parse_datetime(on.data.get("due", ""))
    return {"rule": rule_label(on.book, on.data["rule"]), "due": moments.due(due) if due else ""}
