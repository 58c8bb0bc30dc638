"""The shared cache: what every process must know for a while, in one unlogged table; JSON, never pickled.

Which codes were used, how often somebody tried. What a crash of the database takes from it is worth minutes.
"""

import json
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection
from psycopg.types.json import Jsonb

_LIVE = "(until is null or until > now())"


class SharedCache(BaseCache):
    """Django's cache on the table of `access.models.Remembered`; times are the database's."""

    def __init__(self, _location: str, parameters: dict[str, Any]) -> None:
        """As Django makes it."""
        super().__init__(parameters)

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Sets it where there is none; of any number at once one is told that it did."""
        query = """
            insert into accounts_remembered as held (key, value, until) values (%s, %s, now() + %s * interval '1 s')
            on conflict (key) do update set value = excluded.value, until = excluded.until where held.until <= now()
            returning 1
        """
        return bool(self._ask(query, self._key(key, version), Jsonb(value), self.get_backend_timeout_seconds(timeout)))

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """The value, or the default."""
        query = f"select value::text from accounts_remembered where key = %s and {_LIVE}"  # noqa: S608 - no value of anybody's is in it
        found = self._ask(query, self._key(key, version))
        return json.loads(found[0][0]) if found else default

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        """Sets it, whatever stood there."""
        query = """
            insert into accounts_remembered (key, value, until) values (%s, %s, now() + %s * interval '1 s')
            on conflict (key) do update set value = excluded.value, until = excluded.until returning 1
        """
        self._ask(query, self._key(key, version), Jsonb(value), self.get_backend_timeout_seconds(timeout))

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Gives it another life; whether it was there."""
        query = f"""
            update accounts_remembered set until = now() + %s * interval '1 s' where key = %s and {_LIVE} returning 1
        """  # noqa: S608 - likewise
        return bool(self._ask(query, self.get_backend_timeout_seconds(timeout), self._key(key, version)))

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forgets it; whether it was there."""
        query = f"delete from accounts_remembered where key = %s returning {_LIVE}"  # noqa: S608 - likewise
        found = self._ask(query, self._key(key, version))
        return bool(found and found[0][0])

    def clear(self) -> None:
        """Forgets everything."""
        self._ask("delete from accounts_remembered returning 1")

    def get_backend_timeout_seconds(self, timeout: Any) -> float | None:
        """Seconds from now, none for ever."""
        return self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout

    def _key(self, key: str, version: int | None) -> str:
        return self.make_and_validate_key(key, version=version)[:250]

    def _ask(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(query, values)
            return list(cursor.fetchall())
