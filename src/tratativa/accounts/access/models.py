"""What all processes of an installation know together of who comes in: tries at doors, what is kept for a while."""

from django.db import models

from tratativa.accounts.models import Row


class Remembered(models.Model):
    """What every process must know for a while (`accounts.access.shared_cache`): unlogged, so a crash forgets it."""

    key = models.CharField(max_length=250, primary_key=True)
    value = models.JSONField()
    until = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["until"], name="remembered_until")]


class Attempt(Row):
    """One try at a door that guesses could open, kept to slow the next ones down."""

    door = models.CharField(max_length=30)
    who = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["door", "who", "-at"], name="attempt_recent")]
