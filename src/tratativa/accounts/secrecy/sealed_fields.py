"""Sealed fields: columns whose values are in an envelope in the database, and plain to the program."""

import json
import logging
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from tratativa.accounts.secrecy import sealing

log = logging.getLogger(__name__)


class Lost(dict[str, Any]):
    """What an envelope held that does not open here: nothing, for whoever reads; as it was, for whoever saves it."""

    def __init__(self, stored: str) -> None:
        """Empty."""
        super().__init__()
        self.stored = stored


class SealedJSONField(models.JSONField):
    """A dictionary kept sealed; an empty one, which tells nothing, as it is."""

    def __init__(self, *args: Any, purpose: str = "answers", **kwargs: Any) -> None:
        """`purpose` names what the values are for: sealed for one, they do not open for another."""
        self.purpose = purpose
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        """With its purpose."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "purpose": self.purpose}

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        """Sealed, where it is a dictionary with something in it."""
        if isinstance(value, Lost):
            value = value.stored
        elif isinstance(value, dict) and value:
            value = sealing.seal(json.dumps(value), self.purpose)
        return super().get_db_prep_value(value, connection, prepared)

    def from_db_value(self, value: Any, expression: Any, connection: BaseDatabaseWrapper) -> Any:
        """Opened; one that does not open is lost to its readers and stays where it is."""
        found = super().from_db_value(value, expression, connection)
        if not sealing.is_sealed(found):
            return found
        try:
            return json.loads(sealing.unseal(found, self.purpose))
        except sealing.Broken:
            log.error("sealed answers do not open: their key is not in %s", "TRATATIVA_KEYS")
            return Lost(found)
