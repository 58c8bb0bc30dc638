"""The database: a URL becomes Django's settings, with a connection pool in every process."""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

# A process holds at most eight connections. While the database is away a page waits five seconds for one and
# then says so; the pool gives up early each time, because its own pauses between tries grow to minutes.
POOL = {"min_size": 1, "max_size": 8, "timeout": 5, "reconnect_timeout": 3}


def from_url(url: str) -> dict[str, Any]:
    """Settings for `postgresql://user:password@host:port/name`, or `?host=/folder` for a socket.

    An empty URL gives settings that name no server: imports work, the first query fails with a clear error.
    Raises ValueError when the scheme is not PostgreSQL's.
    """
    parts = urlsplit(url or "postgresql:///tratativa")
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ValueError(f"DATABASE_URL must begin with postgresql://, not {parts.scheme}://")
    query = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "tratativa.config.postgres",
        "NAME": unquote(parts.path.lstrip("/")) or "tratativa",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", None) or parts.hostname or "",
        "PORT": str(parts.port or ""),
        "ATOMIC_REQUESTS": False,
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,  # the pool hands out no connection that a restarted server has dropped
        "OPTIONS": {"pool": POOL, **query},
    }
