"""Follow-ups: tasks with date and hour, reminded of when due, untouched by whatever arrives meanwhile."""

import uuid
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from tratativa.accounts import actors, text
from tratativa.accounts.actors import Actor
from tratativa.accounts.rights import Right
from tratativa.cases import door, events
from tratativa.cases.core import audience, stuck, visibility
from tratativa.cases.core.change import Change
from tratativa.cases.core.effects import effect
from tratativa.cases.core.refusals import Invalid, NotAllowed
from tratativa.cases.models import Case, FollowUp
from tratativa.rulebook.language.arguments import FollowUpAt
from tratativa.rulebook.terms.ids import slug
from tratativa.rulebook.terms.parties import Party

LIMIT = 500
BATCH = 200
REMINDER = "reminder"  # what a task is stuck at whose reminder fails


def leave(change: Change, words: str, due_at: datetime, *, field: str = "", tells: str = "") -> FollowUp:
    """Leaves a task on the case, for whoever acts, or else for who is responsible.

    `tells` is a party that is reminded too, by letter. Raises Invalid in the past, at the field the moment was filled
    in.
    """
    if due_at <= change.at:
        raise Invalid({field: _("Escolha uma data e hora que ainda não passaram.")})
    task = FollowUp.objects.create(
        case=change.case, marketplace_id=change.case.marketplace_id, text=text.line(words)[:LIMIT], due_at=due_at,
        tells=tells,
        owner_id=change.by.person_id if change.by.party is Party.MARKETPLACE and change.by.person_id else
        change.case.assignee_id, made_at=change.at,
    )  # fmt: skip
    change.record(events.FollowUpSet(follow_up=str(task.pk), due=due_at.isoformat()), to=audience.TEAM)
    return task


@effect("follow_up")
def follow_up(change: Change, argument: FollowUpAt) -> None:
    """Leaves a task at the moment filled in, or this long from now."""
    if argument.if_field and not change.fields.get(slug(argument.if_field)):
        return
    said = str(change.fields.get(slug(argument.field)) or "") if argument.field else ""
    zone = change.book.clock.zone
    due = (
        datetime.fromisoformat(said).replace(tzinfo=zone) if said else change.book.clock.due(change.at, argument.after)
    )
    words = argument.text or str(change.fields.get(slug(argument.text_field)) or "")
    at_field = slug(argument.field) if argument.field else ""
    leave(change, words, due, field=at_field, tells=argument.to)


def done(task: FollowUp, *, by: Actor, at: datetime) -> Case:
    """Ticks a task off, once; on a finished case too. Raises NotAllowed for who is not of the marketplace's team."""
    if by.party is not Party.MARKETPLACE:
        raise NotAllowed(_("As tarefas são da equipe do marketplace."))
    with door.judging(task.case_id, by=by, at=at) as change:
        fresh = FollowUp.objects.get(pk=task.pk)
        if fresh.done_at is None:
            fresh.done_at = at
            fresh.save(update_fields=["done_at"])
            change.record(events.FollowUpDone(follow_up=str(fresh.pk)), to=audience.TEAM)
    return change.case


def remind(*, at: datetime) -> int:
    """Reminds of every task whose moment came, once each; returns of how many."""
    round_ = stuck.Round(REMINDER, at=at)
    due = FollowUp.objects.filter(done_at=None, reminded_at=None, due_at__lte=at).order_by("due_at")
    tasks = list(due.exclude(pk__in=round_.waiting).select_related("case__marketplace")[:BATCH])
    for task in tasks:
        with round_.apart(task.pk, task.case_id):
            _remind(task)
    return len(tasks)


def _remind(task: FollowUp) -> None:
    with door.judging(task.case_id, by=actors.clock(task.case.marketplace), at=task.due_at) as change:
        if FollowUp.objects.filter(pk=task.pk, reminded_at=None, done_at=None).update(reminded_at=task.due_at):
            told = task.tells == Party.SELLER
            readers = audience.TEAM_AND_SELLER if told else audience.TEAM
            due = events.FollowUpDue(follow_up=str(task.pk))
            change.record(due, to=readers, words=task.text if told else None)


def of_case(case: Case) -> list[FollowUp]:
    """The case's open tasks, the next one first."""
    return list(FollowUp.objects.filter(case=case, done_at=None).select_related("owner").order_by("due_at"))


def mine(actor: Actor, *, everybody: bool = False) -> list[FollowUp]:
    """The actor's own open tasks and nobody's, overdue first; who leads the team may see everybody's. At most 200."""
    tasks = FollowUp.objects.filter(
        marketplace=actor.marketplace_id, done_at=None, case__in=visibility.visible_cases(actor)
    )
    if not (everybody and actor.may(Right.ASSIGN)):
        tasks = tasks.filter(Q(owner=actor.person_id) | Q(owner=None))
    return list(tasks.select_related("case__customer", "owner").order_by("due_at")[:BATCH])


def find(actor: Actor, key: uuid.UUID) -> FollowUp | None:
    """The open task with this key, among the actor's marketplace's own."""
    return FollowUp.objects.filter(pk=key, marketplace=actor.marketplace_id).first()
