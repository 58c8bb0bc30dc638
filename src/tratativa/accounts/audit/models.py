"""The lines of the audit log. The database refuses that one is changed or taken away, and dates each by itself."""

from django.db import models
from django.db.models.functions import Now

from tratativa.accounts import keys


class AuditLine(models.Model):
    """One thing somebody did to a marketplace's settings, people, rights or rules, or took out of it.

    `who` is the person, or `by_command` the command that did it where no person acted; with neither it was whoever
    holds a link of the partner's. `seller` or `partner` is the
    organisation it is about; without, it is the marketplace's own. `what` is a registered code, `about` the thing's
    name as it was, `whence` the client's address. `at` is the database's clock whatever is written there.
    """

    id = models.UUIDField(primary_key=True, default=keys.new, editable=False)
    marketplace = models.ForeignKey("accounts.Marketplace", models.PROTECT, related_name="+", db_index=False)
    seller = models.ForeignKey("accounts.Seller", models.PROTECT, null=True, related_name="+", db_index=False)
    partner = models.ForeignKey("accounts.Partner", models.PROTECT, null=True, related_name="+", db_index=False)
    who = models.ForeignKey("accounts.Person", models.PROTECT, null=True, related_name="+", db_index=False)
    by_command = models.CharField(max_length=60, blank=True)
    whence = models.CharField(max_length=45, blank=True)
    what = models.CharField(max_length=60)
    about = models.CharField(max_length=200, blank=True)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(who=None, by_command__gt="")
                | models.Q(who__isnull=False, by_command="")
                | models.Q(who=None, by_command="", partner__isnull=False),
                name="audit_by_somebody",
            ),
            models.CheckConstraint(
                condition=models.Q(seller=None) | models.Q(partner=None), name="audit_of_one_organisation"
            ),
        ]
        indexes = [
            models.Index(fields=["marketplace", "-at", "-id"], name="audit_newest"),
            models.Index(fields=["marketplace", "who", "-at", "-id"], name="audit_by_person"),
            models.Index(fields=["marketplace", "what", "-at", "-id"], name="audit_by_kind"),
            models.Index(
                fields=["seller", "-at", "-id"], name="audit_of_seller", condition=models.Q(seller__isnull=False)
            ),
        ]
