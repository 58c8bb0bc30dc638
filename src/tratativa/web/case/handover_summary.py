"""Summing a case up from what is known of it, for the colleague who takes it over: a suggestion to be corrected."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from tratativa.accounts import moments
from tratativa.accounts.actors import Actor
from tratativa.cases.acting import follow_ups
from tratativa.cases.core import facts, rulebook_versions
from tratativa.cases.models import Case, Escalation
from tratativa.cases.reading import timeline
from tratativa.playbooks import reading, running
from tratativa.rulebook import verdict as verdicts
from tratativa.web.templatetags.words import plain

SAID = 160  # characters of the last message


def suggest(case: Case, actor: Actor, *, at: datetime) -> str:
    """Where the case stands, what was said and promised last, who was asked, what was left for later; a line each."""
    lines = [*_standing(case, actor, at), *_said(case, actor), *_asked(case), *_left(case)]
    return "\n".join(lines)


def _standing(case: Case, actor: Actor, at: datetime) -> Iterator[str]:
    status, _tone = verdicts.status_label(rulebook_versions.of(case), facts.of_case(case, actor), actor.party)
    yield _("Situação: %(status)s (%(reason)s).") % {"status": status, "reason": rulebook_versions.subject(case)}
    run = None if case.queue else running.of(case)
    if run and run.finished_at is None:
        playbook = rulebook_versions.of(case).playbook(run.at_playbook)
        gaps = {"playbook": playbook.playbook if playbook else "", "step": reading.step(case, run).label()}
        yield _("Roteiro: %(playbook)s, em «%(step)s».") % gaps
    if case.due_at:
        yield _("Prazo: %(due)s (%(left)s).") % {
            "due": moments.due(case.due_at),
            "left": moments.left(case.due_at, at),
        }
    if case.order and case.order.promised_at and not case.order.delivered_at:
        yield _("Entrega prometida para %(day)s.") % {"day": moments.day(case.order.promised_at)}


def _said(case: Case, actor: Actor) -> Iterator[str]:
    """The last thing the customer was told: what a colleague must not contradict."""
    last = timeline.told(case, actor).select_related("words").last()
    if last:
        words = " ".join(plain(last.words.body).split())
        cut = words if len(words) <= SAID else f"{words[:SAID].rstrip()}…"
        yield _("Última coisa dita ao cliente, em %(at)s: «%(words)s»") % {"at": moments.long(last.at), "words": cut}


def _asked(case: Case) -> Iterator[str]:
    book = rulebook_versions.of(case)
    rows = Escalation.objects.filter(parent=case, child__closed_at=None).select_related("child").order_by("asked_at")
    for row in rows[:10]:
        gaps = {"queue": book.queue_label(row.queue)}
        if row.answered_at:
            yield _("%(queue)s respondeu em %(at)s.") % {**gaps, "at": moments.long(row.answered_at)}
        elif row.child.due_at:
            yield _("%(queue)s deve responder até %(due)s.") % {**gaps, "due": moments.due(row.child.due_at)}
        else:
            yield _("%(queue)s ainda não respondeu.") % gaps


def _left(case: Case) -> Iterator[str]:
    for task in follow_ups.of_case(case)[:10]:
        yield _("Tarefa para %(due)s: %(text)s") % {
            "due": moments.due(task.due_at),
            "text": task.text or rulebook_versions.subject(case),
        }
