"""Filling in a case's own field: by the teams the rulebook names, told to those who read it (ADR 114)."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from tratativa.accounts.actors import Actor
from tratativa.cases import door, events
from tratativa.cases.core import audience
from tratativa.cases.core.filled import fields
from tratativa.cases.core.refusals import NotAllowed, Outdated
from tratativa.cases.models import Case, FieldValue
from tratativa.cases.reading import case_fields
from tratativa.rulebook.terms.parties import Party

_TEAMS = (Party.MARKETPLACE, Party.SELLER)


def fill(case: Case, name: str, raw: Any, *, seen: int | None, by: Actor, at: datetime) -> bool:
    """Writes down what was typed, or empties the field; false where it held that already. Open or closed: what a case
    was about is often known once it is over.

    `seen` is the value's version as the form showed it, 0 where it showed none; None asks for none. Raises Invalid for
    what cannot be read, NotAllowed for who does not fill it in, Outdated where somebody changed it meanwhile.
    """
    with door.judging(case.pk, by=by, at=at) as change:
        field = case_fields.find(change.book, change.case, name)
        if field is None or by.party not in field.filled_by or by.party not in _TEAMS or by.person_id is None:
            raise NotAllowed(_("Este campo não é seu para preencher."))
        today = at.astimezone(change.book.clock.zone).date()
        read = fields.clean([field.form], {field.id: raw}, today=today, money=change.book.money, land=change.book.land)
        value = read[field.id] if fields.is_filled(read[field.id]) else None
        kept = FieldValue.objects.filter(case=change.case, field=field.id).first()
        if seen is not None and seen != (kept.version if kept else 0):
            raise Outdated
        if value == (kept.value if kept else None):
            return False
        _keep(kept or FieldValue(case=change.case, field=field.id, version=0), value, by, at)
        change.case.filled = sorted({*change.case.filled, field.id} - ({field.id} if value is None else set()))
        change.record(
            events.FieldFilled(field=field.id, empty=value is None),
            to=audience.of(*field.readers), words=fields.show(field.form, value, change.book),
        )  # fmt: skip
    return True


def _keep(row: FieldValue, value: Any, by: Actor, at: datetime) -> None:
    row.value, row.by_id, row.at, row.version = value, by.person_id, at, row.version + 1
    row.save()
