"""What a case's own fields hold: a value each, as the rulebook's field reads it."""

from django.db import models

from tratativa.accounts.models import Person, Row
from tratativa.cases.models.case import Case


class FieldValue(Row):
    """What one `field` of a case holds: text, whole numbers (money in cents), ISO days, a choice's key, true.

    `version` counts its changes: a form says which one it was drawn from. Who reads it the rulebook says.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="field_values", db_index=False)
    field = models.CharField(max_length=80)
    value = models.JSONField(null=True)
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint("case", "field", name="field_value_once")]
