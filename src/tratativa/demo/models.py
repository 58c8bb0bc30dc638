"""What the demo plays besides the desk: the postbox of everybody's letters, and the marketplaces' order system."""

from django.db import models

from tratativa.accounts.models import Row
from tratativa.orders.models import Order


class Parcel(Row):
    """One e-mail as a mail program would receive it."""

    recipient = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(models.F("at").desc(), models.F("id").desc(), name="parcel_recent")]


class Errand(Row):
    """A command as the marketplace's order system took it in: its key makes a repeat find what was done.

    `outcome` is empty for a call nobody heard. `amount_cents` is what it paid back.
    """

    key = models.CharField(max_length=120, unique=True)
    order = models.ForeignKey(Order, models.CASCADE)
    outcome = models.CharField(max_length=200, blank=True)
    amount_cents = models.PositiveBigIntegerField(default=0)
    answers_at = models.DateTimeField()
