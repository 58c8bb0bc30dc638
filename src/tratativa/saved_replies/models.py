"""A saved reply: whose it is, what it says, and what it brings along."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tratativa.accounts.models import Marketplace, Person, Row, Seller

NAME_LIMIT = 80
SHORTCUT_LIMIT = 30


class Reach(models.TextChoices):
    """Who may use a saved reply."""

    PERSONAL = "personal", _("Só para mim")
    TEAM = "team", _("Para a minha equipe")
    SELLERS = "sellers", _("Para os lojistas usarem")


class SavedReply(Row):
    """A text somebody keeps to answer with, its gaps named as `gaps.GAPS` has them.

    `owner_id` is whose rows these are to the database: the person's, the seller's or the marketplace's key. What a
    marketplace offers its sellers (`reach`) they may use and not change. `folded` is the name as `text.folded` spells
    it, `found_by` everything it is looked for by. `to` is the party it is meant for, empty for whoever is chosen;
    `action` the id of one of the rulebook's actions, which is suggested and never done by itself. `uses` counts how
    often it was put into an answer.
    """

    marketplace = models.ForeignKey(Marketplace, models.CASCADE, related_name="+", db_index=False)
    seller = models.ForeignKey(Seller, models.CASCADE, null=True, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.CASCADE, null=True, related_name="+", db_index=False)
    owner_id = models.UUIDField()
    reach = models.CharField(max_length=10, choices=Reach)
    name = models.CharField(max_length=NAME_LIMIT)
    folded = models.CharField(max_length=NAME_LIMIT)
    found_by = models.TextField(default="")
    shortcut = models.CharField(max_length=SHORTCUT_LIMIT, blank=True)
    text = models.TextField()
    to = models.CharField(max_length=12, blank=True)
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    action = models.CharField(max_length=80, blank=True)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    uses = models.PositiveIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner_id", "marketplace", "seller", "reach", "folded"], nulls_distinct=False,
                name="saved_reply_named_once",
            ),
            models.UniqueConstraint(
                fields=["owner_id", "marketplace", "seller", "reach", "shortcut"], nulls_distinct=False,
                condition=~Q(shortcut=""), name="saved_reply_shortcut_once",
            ),
            models.CheckConstraint(
                condition=Q(reach=Reach.PERSONAL, person__isnull=False) | Q(reach=Reach.TEAM, person=None)
                | Q(reach=Reach.SELLERS, person=None, seller=None),
                name="saved_reply_is_somebodys",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index("marketplace", condition=Q(reach=Reach.SELLERS), name="saved_reply_offered"),
        ]

    def __str__(self) -> str:
        return self.name
