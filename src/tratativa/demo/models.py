"""The demo's postbox: letters as they were sent, kept for the visitor instead of going out."""

from django.db import models

from tratativa.accounts.models import Row


class Parcel(Row):
    """One e-mail as a mail program would receive it."""

    recipient = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(models.F("at").desc(), models.F("id").desc(), name="parcel_recent")]
