"""What people have open, are writing, attach, and are asked to fill in."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tratativa.accounts import keys
from tratativa.accounts.models import Person, Row
from tratativa.accounts.secrecy.sealed_fields import SealedJSONField
from tratativa.cases.models.case import Case
from tratativa.cases.models.ledger import Entry
from tratativa.cases.models.pressed import Pressed


class Attachment(Row):
    """A file: kept byte for byte, served as a download, never as something a browser would run.

    A customer's pictures, and those an asked-for form got, are what `photographs.redraw` made of them.
    `sensitive` ones are identity papers: opening one is logged, and at `expires_at` its bytes are thrown away.
    Without an entry it still waits in its author's draft, or in a message that was `pressed` and is not said yet.
    """

    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="attachments")
    entry = models.ForeignKey(Entry, models.PROTECT, null=True, related_name="attachments")
    draft = models.ForeignKey("Draft", models.SET_NULL, null=True, related_name="files")
    pressed = models.ForeignKey(Pressed, models.SET_NULL, null=True, related_name="files")
    name = models.CharField(max_length=160)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    path = models.CharField(max_length=120)
    picture = models.CharField(max_length=120, blank=True)
    sensitive = models.BooleanField(default=False)
    expires_at = models.DateTimeField(null=True)
    added_by = models.UUIDField(null=True)
    added_at = models.DateTimeField()


class Draft(Row):
    """What a person is writing on a case, kept so that a closed browser or a cancelled dialog loses nothing.

    `version` is another one after every save: a page that knows an older one may not write over what it never showed.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="drafts", db_index=False)
    author_id = models.UUIDField()
    to = models.CharField(max_length=12, blank=True)
    customer_reads = models.BooleanField(default=False)
    wait_for_answer = models.BooleanField(default=False)
    body = models.TextField(blank=True)
    rich = models.TextField(blank=True)
    tags = models.JSONField(default=list)
    saved_at = models.DateTimeField()
    version = models.UUIDField(default=keys.new)

    class Meta:
        constraints = [models.UniqueConstraint("case", "author_id", name="draft_once")]


class OpenCase(Row):
    """A case somebody has, or had, open beside others on their desk; `away` once it was put away.

    `seen` is the row version their page last showed, `read` how many entries the case had by then.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="open_cases", db_index=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="open_on")
    opened_at = models.DateTimeField()
    seen = models.PositiveIntegerField(default=0)
    read = models.PositiveIntegerField(default=0)
    away = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint("person", "case", name="open_once")]
        indexes = [models.Index("person", "opened_at", condition=Q(away=False), name="open_beside")]


class Request(Row):
    """A form one party was asked to answer. `form` is its fields as the rulebook had them; `answers` can be erased.

    `sealed` answers (bank data) are kept in an envelope and show nowhere: they reach the queue they are shared with,
    and go once it has answered. A request withdrawn waits for nobody: time passed and the procedure went on without it.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="requests")
    entry = models.OneToOneField(Entry, models.PROTECT)
    ask = models.CharField(max_length=80)
    label = models.CharField(max_length=120)
    of = models.CharField(max_length=12)
    by = models.CharField(max_length=12)
    form = models.JSONField(default=list)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answers = models.JSONField(default=dict)
    sealed = SealedJSONField(default=dict, purpose="bank data")
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index("case", condition=Q(answered_at=None), name="request_pending")]
