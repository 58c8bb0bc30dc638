"""Letters to be sent and sent: to whom, about what, and as they left."""

from django.db import models
from django.db.models import Q

from tratativa.accounts.models import Marketplace, Row
from tratativa.cases.models import Case, Entry


class Letter(Row):
    """One e-mail to one person because of one entry. Its key makes its Message-ID, the same in every try.

    Its words are written when it is sent. `subject`, `text` and `html` are kept as they left, except that the link
    that opens a customer's page is replaced by the page's plain address.
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
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("entry", "kind", "reader_id", name="letter_once"),
            models.CheckConstraint(condition=Q(state__in=["waiting", "sent", "failed"]), name="letter_state_known"),
        ]
        indexes = [models.Index("at", condition=~Q(state="sent"), name="letter_waiting")]
