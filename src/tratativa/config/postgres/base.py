"""The connection: it knows what reach the server was told last, and tells another in the query that needs it.

A statement before the query, in the one message that carries both, costs no round trip (docs/adr/0056). The server
forgets what a transaction told it when that is rolled back, and so do we.
"""

from typing import Any

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus
from psycopg.sql import SQL, Composable

from tratativa.accounts import reach

_Cursor: Any = base.Cursor  # what these have, their stubs do not know
_Wrapper: Any = base.DatabaseWrapper


class Cursor(_Cursor):  # type: ignore[misc]
    """A cursor whose queries see what the work in hand may see."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        """As psycopg's; results are the query's, not of what was told before it."""
        wanted = reach.told()
        # After an error the server takes nothing but the way back, and refuses that too where something goes before it.
        failed = self.connection.info.transaction_status == TransactionStatus.INERROR
        if failed or wanted == _known(self.connection):
            return super().execute(query, params, **options)
        self.connection.reach = None
        super().execute(_telling(wanted, query), params, **options)
        self.nextset()
        self.connection.reach = wanted
        return self

    def executemany(self, query: Any, params_seq: Any, **options: Any) -> Any:
        """As psycopg's, told before: each row is a message of its own."""
        tell(self.connection)
        return super().executemany(query, params_seq, **options)

    def copy(self, *arguments: Any, **options: Any) -> Any:
        """As psycopg's, told before: a copy is a message of its own."""
        tell(self.connection)
        return super().copy(*arguments, **options)


class DatabaseWrapper(_Wrapper):  # type: ignore[misc]
    """Django's PostgreSQL, with cursors that tell the server whose rows are asked for."""

    def get_connection_params(self) -> dict[str, Any]:
        """As Django's, with our cursor."""
        return {**super().get_connection_params(), "cursor_factory": Cursor}

    def create_cursor(self, name: str | None = None) -> Any:
        """As Django's; a cursor kept by the server is told of first, for it is declared by a message of its own."""
        if name:
            tell(self.connection)
        return super().create_cursor(name)

    def _rollback(self) -> None:
        self._forget()
        super()._rollback()

    def _savepoint_rollback(self, sid: str) -> None:
        super()._savepoint_rollback(sid)
        self._forget()

    def _close(self) -> None:
        raw = self.connection
        if raw is not None and raw.info.transaction_status != TransactionStatus.IDLE:
            self._forget()  # the pool rolls it back before somebody else has it
        super()._close()

    def _forget(self) -> None:
        if self.connection is not None:
            self.connection.reach = None


def tell(connection: Any) -> None:
    """Tells the server by a message of its own whose rows are asked for, where it does not know."""
    if reach.told() != _known(connection):
        connection.execute("select")


def _known(connection: Any) -> str | None:
    known: str | None = getattr(connection, "reach", reach.NOBODY)  # a new connection was told nothing: nobody's
    return known


def _telling(wanted: str, query: Any) -> Any:
    told = _SET.format(wanted)
    if isinstance(query, Composable):
        return SQL(told) + query  # type: ignore[arg-type, unused-ignore]  # keys and signs of our own
    return told.encode() + query if isinstance(query, bytes) else told + query


_SET = "set tratativa.reach = '{}'; "
