"""A case's own fields as one reader has them: which there are, what they hold, and which are theirs to fill in."""

from dataclasses import dataclass
from typing import Any

from tratativa.accounts.actors import Actor
from tratativa.accounts.rights import Right
from tratativa.cases.core import rulebook_versions
from tratativa.cases.models import Case, FieldValue
from tratativa.rulebook.language.case_fields import CaseField
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.parties import Party


@dataclass(frozen=True)
class Held:
    """A field, what it holds (None where nothing), the version of that, and whether the reader fills it in."""

    field: CaseField
    value: Any
    version: int
    mine: bool


def find(book: Rulebook, case: Case, name: str) -> CaseField | None:
    """The case's field of this id or label; a child case has none."""
    field = book.case_field(name)
    return field if field and not case.queue and field.stands_under(case.reason) else None


def of(case: Case, actor: Actor) -> list[Held]:
    """The fields this actor's party reads, in the rulebook's order; a query where there are any."""
    if actor.party not in (Party.MARKETPLACE, Party.SELLER) or case.queue:
        return []
    book = rulebook_versions.of(case)
    read = [one for one in book.case_fields if actor.party in one.readers and one.stands_under(case.reason)]
    if not read:
        return []
    kept = {row.field: row for row in FieldValue.objects.filter(case=case, field__in=[one.id for one in read])}
    return [_held(one, kept.get(one.id), actor) for one in read]


def _held(field: CaseField, row: FieldValue | None, actor: Actor) -> Held:
    mine = actor.party in field.filled_by and actor.may(Right.ANSWER)
    return Held(field, row.value if row else None, row.version if row else 0, mine)
