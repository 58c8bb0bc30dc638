"""What a case asks of others, and of its own people later: escalations and follow-ups."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from tratativa.accounts.models import Marketplace, Person, Row, Seller
from tratativa.cases.models.case import Case


class Escalation(Row):
    """A child case as its parent sees it: to which queue, what was shared, and what came of it.

    `answer` is the number of the child's entry that answered last, `told` the last one the parent heard of; so for
    `silent_at` and `told_silence`. A question taken back (`withdrawn_at`) is owed no answer; one let go of
    (`let_go_at`) was late, and the procedure went on without it. `to_say` are the templates and words the parent has
    for whoever is in the child. The two cases are never locked at once: a job carries the news.
    """

    child = models.OneToOneField(Case, models.PROTECT, related_name="escalation")
    parent = models.ForeignKey(Case, models.PROTECT, related_name="escalations", db_index=False)
    queue = models.CharField(max_length=60)
    shared = models.JSONField(default=list)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answer = models.PositiveIntegerField(default=0)
    told = models.PositiveIntegerField(default=0)
    silent_at = models.DateTimeField(null=True)
    told_silence = models.BooleanField(default=False)
    withdrawn_at = models.DateTimeField(null=True)
    to_say = models.JSONField(default=list)
    let_go_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index("parent", "asked_at", name="escalation_of_parent"),
            models.Index(
                "asked_at",
                condition=Q(answer__gt=F("told")) | Q(silent_at__isnull=False, told_silence=False),
                name="escalation_untold",
            ),
        ]


class FollowUp(Row):
    """A task with date and hour: who is reminded, of what, and when it was done. Nothing that arrives touches it.

    `tells` is the party that is reminded by letter too.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="follow_ups")
    marketplace = models.ForeignKey(Marketplace, models.PROTECT)
    owner = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="follow_ups")
    text = models.CharField(max_length=500, blank=True)
    tells = models.CharField(max_length=12, blank=True)
    due_at = models.DateTimeField()
    made_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index("due_at", condition=Q(done_at=None, reminded_at=None), name="follow_up_worklist"),
            models.Index("owner", "due_at", condition=Q(done_at=None), name="follow_up_mine"),
            models.Index("case", condition=Q(done_at=None), name="follow_up_of_case"),
        ]


class QueueAssignment(Row):
    """How a team's queue gives its cases out by itself: the marketplace's, or, with a seller, that seller's own.

    `queue` is one of the rulebook's, or `_team` for what waits for the team itself. `way` is `off`, `next` (whoever
    has gone without the longest) or `fewest` (whoever has the fewest open ones).
    """

    marketplace = models.ForeignKey(Marketplace, models.CASCADE, related_name="+")
    seller = models.ForeignKey(Seller, models.CASCADE, null=True, related_name="+")
    queue = models.CharField(max_length=60)
    way = models.CharField(max_length=10, default="off")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "marketplace", "seller", "queue", nulls_distinct=False, name="queue_assignment_once"
            ),
        ]  # fmt: skip


class QueueMember(Row):
    """Somebody a queue's cases are given to: at most `limit` open ones at once (None for any number), those of their
    skills where any is named, the last at `given_at`.

    `skills` are ids by what they are of: `kind`, `reason`, `seller`; of what it does not name, every case will do.
    """

    assignment = models.ForeignKey(QueueAssignment, models.CASCADE, related_name="members", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+")
    limit = models.PositiveIntegerField(null=True)
    skills = models.JSONField(default=dict, blank=True)
    given_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("assignment", "person", name="queue_member_once")]
