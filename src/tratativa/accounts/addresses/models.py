"""A change of e-mail that was asked for."""

from django.db import models
from django.db.models import Q

from tratativa.accounts import keys


class EmailChange(models.Model):
    """Somebody asked to sign in with another address; it holds until `expires_at`, or until it `ended_at`.

    Nothing of its links is kept: each is this row's key and a signature over it and the side it was sent to. `done` is
    whether the address did change; a change that ended without was stopped, given up, or asked for anew.
    """

    id = models.UUIDField(primary_key=True, default=keys.new, editable=False)
    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="email_changes")
    old = models.EmailField()
    new = models.EmailField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    old_said_yes_at = models.DateTimeField(null=True)
    new_said_yes_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    done = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint("person", condition=Q(ended_at=None), name="email_change_once"),
        ]
