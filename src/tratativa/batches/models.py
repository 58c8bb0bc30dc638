"""A batch, what it does, and what became of each of its cases."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from tratativa.accounts.models import Marketplace, Person, Row, Seller
from tratativa.cases.models import Case


class What(models.TextChoices):
    """What is done on every case of a batch."""

    REPLY = "reply", _("Responder")
    TAG = "tag", _("Etiquetar")
    UNTAG = "untag", _("Tirar a etiqueta")
    ACT = "act", _("Fazer uma ação")
    CLOSE = "close", _("Encerrar")
    ASSIGN = "assign", _("Atribuir")


class Batch(Row):
    """What `person` asked to be done on `total` cases, for the marketplace's team, or for the `seller`'s.

    `given` is what else the form said, as `wanted.Wanted` reads it. `state` is `waits`, `runs` or `ended`; its results
    are told in `language`.
    """

    marketplace = models.ForeignKey(Marketplace, models.CASCADE, related_name="+", db_index=False)
    seller = models.ForeignKey(Seller, models.CASCADE, null=True, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="+", db_index=False)
    what = models.CharField(max_length=8, choices=What)
    given = models.JSONField(default=dict)
    state = models.CharField(max_length=8, default="waits")
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    refused = models.PositiveIntegerField(default=0)
    language = models.CharField(max_length=10, blank=True)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=["waits", "runs", "ended"]), name="batch_state_known"),
            models.CheckConstraint(condition=Q(what__in=What.values), name="batch_does_what_is_known"),
        ]
        indexes = [models.Index("person", F("asked_at").desc(), name="batch_by_person")]

    @property
    def is_going(self) -> bool:
        """Whether cases of it are left."""
        return self.state != "ended"

    @property
    def tried(self) -> int:
        """How many cases it has come to."""
        return self.done + self.refused


class Item(Row):
    """One case of a batch, in the order they were listed, and what became of it: done, or refused, and why.

    `seen` is the version of the case its asker had before them.
    """

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="items", db_index=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+", db_index=False)
    position = models.PositiveIntegerField()
    seen = models.PositiveIntegerField()
    state = models.CharField(max_length=8, default="waits")
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "position"], name="batch_item_once"),
            models.UniqueConstraint(fields=["case", "batch"], name="batch_case_once"),
            models.CheckConstraint(condition=Q(state__in=["waits", "done", "refused"]), name="batch_item_state_known"),
        ]
