"""Letters to be sent and sent: to whom, about what; never their words, which are written when they are sent."""

from django.db import models
from django.db.models import Q

from tratativa.accounts.models import Marketplace, Row
from tratativa.cases.models import Case, Entry


class Letter(Row):
    """One e-mail to one person because of one entry. Its key makes its Message-ID, the same in every try.

    The body is not kept: it holds links that open a customer's page.
    """

    marketplace = models.ForeignKey(Marketplace, models.PROTECT)
    case = models.ForeignKey(Case, models.PROTECT, related_name="letters")
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="letters")
    kind = models.CharField(max_length=40)
    party = models.CharField(max_length=12)
    reader_id = models.UUIDField()
    address = models.EmailField()
    state = models.CharField(max_length=8, default="waiting")
    at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    trouble = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("entry", "kind", "reader_id", name="letter_once"),
            models.CheckConstraint(condition=Q(state__in=["waiting", "sent", "failed"]), name="letter_state_known"),
        ]
        indexes = [models.Index("at", condition=~Q(state="sent"), name="letter_waiting")]
