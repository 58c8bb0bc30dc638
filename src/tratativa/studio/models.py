"""What administrators are making of the rules: drafts, file by file."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from tratativa.accounts.models import Marketplace, Person, Row
from tratativa.cases.models import Version


class Draft(Row):
    """Rules somebody is writing, as files. `base` is the version it began from, where it did from one.

    `revision` is another number after every save of any of its files. `changed_by` is who saved last. `proposed_by`
    wants it published as it stood at `proposed_revision`, from `proposed_from` on, or at once where that is None, and
    waits for another administrator; a save ends that.
    """

    marketplace = models.ForeignKey(Marketplace, models.CASCADE, related_name="rule_drafts")
    base = models.ForeignKey(Version, models.PROTECT, null=True, related_name="+", db_index=False)
    name = models.CharField(max_length=120)
    revision = models.PositiveIntegerField(default=1)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    changed_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    changed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    proposed_at = models.DateTimeField(null=True)
    proposed_from = models.DateTimeField(null=True)
    proposed_revision = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.name

    @property
    def is_proposed(self) -> bool:
        """Whether somebody wants it published as it stands now."""
        return self.proposed_by_id is not None and self.proposed_revision == self.revision

    @property
    def proposal(self) -> str:
        """Which proposal of it stands, as pages carry it; empty for none."""
        return self.proposed_at.isoformat() if self.proposed_at and self.is_proposed else ""


class File(Row):
    """One file of a draft: its `text`, or, for a picture, the digest under which `StepPicture` keeps its bytes.

    `revision` is the draft's when this file was saved last: a page that knows an older one writes over nothing.
    """

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="files", db_index=False)
    path = models.CharField(max_length=240)
    text = models.TextField(blank=True)
    picture = models.CharField(max_length=64, blank=True)
    revision = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint("draft", "path", name="file_once"),
            models.CheckConstraint(condition=Q(text="") | Q(picture=""), name="file_is_text_or_picture"),
        ]


class Rehearsal(Row):
    """A draft's stories played once, as its files stood at `revision`; `told` is what failed, line by line.

    `state` is `waits`, `plays`, `done`, or `stopped` where it took too long or could not be played.
    """

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="rehearsals")
    revision = models.PositiveIntegerField()
    state = models.CharField(max_length=8, default="waits")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    passed = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    told = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint("draft", condition=Q(state__in=("waits", "plays")), name="one_rehearsal_at_a_time")
        ]


class Demand(Row):
    """That this marketplace's rules are published by two administrators. `ending_by` is who asked to end it: that, too,
    takes another one. `administrators` are the places of those who administered when it was made."""

    marketplace = models.OneToOneField(Marketplace, models.CASCADE, related_name="rules_by_two")
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    administrators = models.JSONField(default=list)
    ending_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+", db_index=False)
    ending_at = models.DateTimeField(null=True)
