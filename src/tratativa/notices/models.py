"""Notices, each that something happened on a case which one person is to know of, and the ways they chose."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tratativa.accounts.models import Marketplace, Partner, Person, Row, Seller
from tratativa.accounts.secrecy.sealed_fields import SealedJSONField
from tratativa.batches.models import Batch
from tratativa.cases.models import Case, Entry


class Kind(models.TextChoices):
    """What a notice tells of."""

    ASSIGNED = "assigned", _("Um atendimento passou a ser meu")
    MESSAGE = "message", _("Mensagem nova em atendimento meu")
    ANSWER = "answer", _("Uma fila respondeu")
    OPENED = "opened", _("Atendimento novo para a minha equipe")
    DEADLINE = "deadline", _("Um prazo está perto do fim")
    MENTION = "mention", _("Alguém me citou numa anotação")
    TASK = "task", _("Chegou a hora de uma tarefa")
    STANDING = "standing", _("O desempenho chegou perto de um limite")


class Email(models.TextChoices):
    """When a notice is sent by e-mail."""

    NONE = "none", _("Não")
    ONCE = "once", _("Na hora")
    DIGEST = "digest", _("No resumo do dia")


class Choice(Row):
    """By which ways a person is told of one kind of happening. Where there is none, `choosing.USUAL` holds."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind)
    desk = models.BooleanField()
    push = models.BooleanField()
    email = models.CharField(max_length=6, choices=Email)

    class Meta:
        constraints = [
            models.UniqueConstraint("person", "kind", name="choice_once"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values, email__in=Email.values), name="choice_known"),
        ]


class Hours(models.Model):
    """When a person is left alone, from `quiet_from` to `quiet_to` (past midnight where it is the earlier one; None
    for never), and at which full hour the digest comes; in the marketplace's zone."""

    person = models.OneToOneField(Person, models.CASCADE, primary_key=True, related_name="+")
    quiet_from = models.TimeField(null=True)
    quiet_to = models.TimeField(null=True)
    digest_at = models.PositiveSmallIntegerField(default=8)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_to=None)
                | Q(quiet_from__isnull=False, quiet_to__isnull=False) & ~Q(quiet_from=F("quiet_to")),
                name="quiet_from_one_hour_to_another",
            ),
            models.CheckConstraint(condition=Q(digest_at__lte=23), name="digest_at_an_hour"),
        ]


class Digest(Row):
    """One e-mail with what was unread on a day; one a day, person and marketplace, `sent_at` once it left."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    marketplace = models.ForeignKey(Marketplace, models.CASCADE, related_name="+", db_index=False)
    day = models.DateField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("person", "marketplace", "day", name="digest_once")]


class Notice(Row):
    """What one person of one team is told: of the entries `first` to `last` of a case, `count` of them, as of `at`.

    `entry` is the last of them. Where a batch gave its person many cases, they are one notice, of the `batch`, and
    `case` is the first of them. It counts as read at `read_at`, by opening it or the case. The bell has it where it is
    `on_desk`; by e-mail it went at `emailed_at`, or with a `digest`.
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="notices", db_index=False)
    marketplace = models.ForeignKey(Marketplace, models.CASCADE, related_name="+", db_index=False)
    seller = models.ForeignKey(Seller, models.CASCADE, null=True, related_name="+", db_index=False)
    partner = models.ForeignKey(Partner, models.CASCADE, null=True, related_name="+", db_index=False)
    kind = models.CharField(max_length=10, choices=Kind)
    case = models.ForeignKey(Case, models.CASCADE, related_name="notices")
    entry = models.ForeignKey(Entry, models.CASCADE, related_name="+", db_index=False)
    batch = models.ForeignKey(Batch, models.CASCADE, null=True, related_name="notices", db_index=False)
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()
    count = models.PositiveIntegerField(default=1)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    on_desk = models.BooleanField(default=True)
    emailed_at = models.DateTimeField(null=True)
    digest = models.ForeignKey(Digest, models.SET_NULL, null=True, related_name="notices", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "marketplace", "seller", "partner", "case", "kind", "first"],
                condition=Q(batch=None), nulls_distinct=False, name="notice_once",
            ),
            models.UniqueConstraint(
                fields=["person", "batch"], condition=Q(batch__isnull=False), name="notice_of_batch_once"
            ),
            models.CheckConstraint(condition=Q(seller=None) | Q(partner=None), name="notice_in_one_team"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="notice_kind_known"),
        ]  # fmt: skip
        indexes = [
            models.Index("person", F("at").desc(), F("id").desc(), name="notice_newest"),
            models.Index("person", "case", condition=Q(read_at=None), name="notice_unread"),
            models.Index("digest", condition=Q(digest__isnull=False), name="notice_of_digest"),
        ]


class PushKey(Row):
    """A key that signs what is pushed: its public half, and the private one sealed. New addresses are asked for with
    the one that is not retired; a retired one signs for its own."""

    public = models.CharField(max_length=88)
    private = models.TextField()
    made_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["retired_at"], condition=Q(retired_at=None), nulls_distinct=False, name="push_key_at_work_once"
            )
        ]


class Subscription(Row):
    """A browser that is told by push, in the session it was switched on in. Its address and keys are sealed: whoever
    has them can have it show something; `digest` knows the address again.

    `failures` counts what its server did not take since it last took one, the last of them at `failed_at`. The database
    takes it away with the session, and with its person's account (migration 0003).
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    session = models.CharField(max_length=40, db_index=True)
    key = models.ForeignKey(PushKey, models.PROTECT, related_name="subscriptions", db_index=False)
    digest = models.CharField(max_length=64)
    sealed = SealedJSONField(purpose="push address")
    browser = models.CharField(max_length=60)
    made_at = models.DateTimeField()
    trouble = models.CharField(max_length=200, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    failed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint("person", "digest", name="subscription_once")]


class Pushed(Row):
    """That a notice was handed to a browser's push service."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    notice = models.ForeignKey(Notice, models.CASCADE, related_name="pushed", db_index=False)
    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="pushed")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("notice", "subscription", name="pushed_once")]
