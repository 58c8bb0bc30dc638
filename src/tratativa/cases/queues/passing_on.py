"""Passing on: what a queue answered and the customer has not heard, and why somebody leaves it so."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tratativa.accounts import text
from tratativa.accounts.actors import Actor
from tratativa.cases import door, events
from tratativa.cases.core import audience
from tratativa.cases.core.refusals import Invalid, NotAllowed
from tratativa.cases.models import Attachment, Case, Escalation
from tratativa.cases.reading import timeline
from tratativa.rulebook.terms.parties import Party

LIMIT = 500  # characters of a reason


@dataclass(frozen=True)
class Owed:
    """A queue's answer nobody has passed on: the queue's id, and when it came."""

    queue: str
    at: datetime


@dataclass(frozen=True)
class Answer:
    """What a queue answered: its words and its files."""

    words: str
    files: tuple[Attachment, ...]


def owed(case: Case, actor: Actor) -> Owed | None:
    """The newest answer after which the customer was told nothing (K07-05: after either answer, SAC answers).

    Who opened the case told of it, and answered nothing. Somebody may have said why it stays with the team.
    """
    if case.queue or case.waiting_on != Party.MARKETPLACE:
        return None
    rows = Escalation.objects.filter(parent=case, answered_at__isnull=False).exclude(child__origin=str(Party.PARTNER))
    newest = rows.order_by("-answered_at").first()
    if newest is None or newest.answered_at is None:
        return None
    told = timeline.told(case, actor).filter(at__gte=newest.answered_at)
    kept = case.entries.filter(event=events.AnswerKept.name, at__gte=newest.answered_at)
    return None if told.exists() or kept.exists() else Owed(newest.queue, newest.answered_at)


def answer(case: Case, actor: Actor) -> Answer | None:
    """What the queue that answered last wrote, with its files, as this actor reads it."""
    lines = [line for line in timeline.read(case, actor) if line.event == events.ChildAnswered.name]
    last = lines[-1] if lines else None
    return Answer(last.words or "", last.files) if last else None


def keep(case: Case, why: str, *, by: Actor, at: datetime) -> None:
    """Records why the answer is not passed on in writing. Raises Invalid without a reason."""
    words = text.line(why)[:LIMIT]
    if not words:
        raise Invalid({"why": _("Diga por que a resposta não é repassada ao cliente.")})
    with door.judging(case.pk, by=by, at=at) as change:
        if by.party is not Party.MARKETPLACE:
            raise NotAllowed(_("Só a equipe do marketplace responde ao cliente."))
        change.record(events.AnswerKept(), to=audience.TEAM, words=words)
