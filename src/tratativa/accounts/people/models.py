"""Who was asked to join a team, and who left one."""

from django.db import models

from tratativa.accounts import keys


class Invitation(models.Model):
    """Somebody was asked to join a team in a role; the link to say yes works once, until `expires_at`.

    Nothing of the link is kept: it is this row's key and a signature over it and `turn`, which withdrawing moves on.
    `sent_at` says that a letter with it left. `by` is who asked, None for a command.
    """

    id = models.UUIDField(primary_key=True, default=keys.new, editable=False)
    marketplace = models.ForeignKey("accounts.Marketplace", models.CASCADE, related_name="invitations")
    seller = models.ForeignKey("accounts.Seller", models.CASCADE, null=True, blank=True, related_name="invitations")
    partner = models.ForeignKey("accounts.Partner", models.CASCADE, null=True, blank=True, related_name="invitations")
    email = models.EmailField()
    name = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=20)
    by = models.ForeignKey("accounts.Person", models.SET_NULL, null=True, related_name="+", db_index=False)
    turn = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(seller=None) | models.Q(partner=None), name="invitation_to_one_team"
            ),
            models.UniqueConstraint(
                models.functions.Lower("email"), "marketplace", "seller", "partner",
                condition=models.Q(used_at=None, withdrawn_at=None), nulls_distinct=False, name="invitation_once",
            ),
        ]  # fmt: skip


class Departure(models.Model):
    """Somebody's place in a team was taken away: its membership is gone, and this says that it was.

    `heir` is who was given their open cases, None for nobody.
    """

    id = models.UUIDField(primary_key=True, default=keys.new, editable=False)
    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="departures")
    marketplace = models.ForeignKey("accounts.Marketplace", models.CASCADE, related_name="+")
    seller = models.ForeignKey("accounts.Seller", models.CASCADE, null=True, blank=True, related_name="+")
    partner = models.ForeignKey("accounts.Partner", models.CASCADE, null=True, blank=True, related_name="+")
    role = models.CharField(max_length=20)
    heir = models.ForeignKey("accounts.Person", models.SET_NULL, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()
    returned_at = models.DateTimeField(null=True)


class Absence(models.Model):
    """Somebody is away from a team, from `first` to `last`, both included; `cover` has their cases meanwhile.

    `by` is who said so, None for a command. One that was called off is `ended_at` a moment.
    """

    id = models.UUIDField(primary_key=True, default=keys.new, editable=False)
    person = models.ForeignKey("accounts.Person", models.CASCADE, related_name="absences")
    marketplace = models.ForeignKey("accounts.Marketplace", models.CASCADE, related_name="+")
    seller = models.ForeignKey("accounts.Seller", models.CASCADE, null=True, related_name="+")
    cover = models.ForeignKey("accounts.Person", models.SET_NULL, null=True, related_name="+")
    by = models.ForeignKey("accounts.Person", models.SET_NULL, null=True, related_name="+", db_index=False)
    first = models.DateField()
    last = models.DateField()
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(last__gte=models.F("first")), name="absence_ends_after_it_begins")
        ]
