"""Once: a row there is one of, made by whoever comes first, also while somebody else takes it away.

Django's `get_or_create` looks again when it comes second, and raises when the row is gone by then: a form sent twice
was a page that says 500.
"""

from typing import Any, TypeVar

from django.db import models

Row = TypeVar("Row", bound=models.Model)
_TRIES = 20  # each finds a row made and taken away between two statements


def locked(model: type[Row], key: dict[str, Any], given: dict[str, Any]) -> tuple[Row, bool]:
    """The row of this key, locked, and whether it was made now, with what is `given`. Inside a transaction.

    `key` names the columns of a unique constraint. Raises DoesNotExist where it is taken away every time.
    """
    rows = model._default_manager
    for _try in range(_TRIES):
        new = model(**key, **given)
        rows.bulk_create([new], ignore_conflicts=True)
        found = rows.select_for_update().filter(**key).first()
        if found is not None:
            return found, found.pk == new.pk
    raise model.DoesNotExist  # type: ignore[attr-defined]
