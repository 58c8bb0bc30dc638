"""Sessions as they are kept: each under the digest of its key, so that a copy of the table opens nobody's pages.

The key itself is in its owner's browser alone. Whatever names a session in another row says the digest too.
"""

import hashlib
from typing import Any

from django.contrib.sessions.backends import db
from django.utils import timezone

LENGTH = 40  # characters of a session's name; Django's column holds no more


def name(key: str | None) -> str:
    """What a session of this key is called in every table; empty for none."""
    return hashlib.sha256(f"tratativa.kept:{key}".encode()).hexdigest()[:LENGTH] if key else ""


class SessionStore(db.SessionStore):
    """Django's sessions in the database, found by the digest of what a browser shows."""

    def _get_session_from_db(self) -> Any:
        found = self.model.objects.filter(session_key=name(self.session_key), expire_date__gt=timezone.now()).first()
        if found is None:
            self._session_key = None
        return found

    def exists(self, session_key: str) -> bool:
        """Whether there is one of this key."""
        return bool(super().exists(name(session_key)))

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """Its row, under its name."""
        row = super().create_model_instance(data)
        row.session_key = name(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        """Ends it; without a key this one."""
        if key := session_key or self.session_key:
            super().delete(name(key))
