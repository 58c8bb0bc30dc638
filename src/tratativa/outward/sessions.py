"""Sessions of `requests` that connect by the guard: no redirects, no proxies of the environment, not for long."""

import socket
from typing import Any

import requests
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from tratativa.outward import guard

PATIENCE = 8  # seconds
LARGEST = 512 * 1024  # bytes of an answer


class _Guarded:
    """Opens its socket by the guard: the address that was looked at is the one that is connected to."""

    host: str
    port: int
    timeout: Any

    def _new_conn(self) -> socket.socket:
        return guard.connect(self.host, self.port, timeout=PATIENCE)


class _Plain(_Guarded, HTTPConnection):
    pass


class _Sealed(_Guarded, HTTPSConnection):
    pass


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _SealedPool(HTTPSConnectionPool):
    ConnectionCls = _Sealed


class _Ways(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **given: Any) -> None:
        super().init_poolmanager(*args, **given)
        self.poolmanager.pool_classes_by_scheme = {"http": _PlainPool, "https": _SealedPool}


class Session(requests.Session):
    """A session of `requests` that goes nowhere else, believes no proxy of the environment, and follows nobody."""

    def __init__(self) -> None:
        super().__init__()
        self.trust_env = False
        for scheme in ("http://", "https://"):
            self.mount(scheme, _Ways())

    def request(self, *args: Any, **given: Any) -> requests.Response:
        """As `requests` does. Raises RequestException, also for an answer that is too large."""
        answer = super().request(*args, **{**given, "timeout": PATIENCE, "allow_redirects": False, "stream": True})
        body = answer.raw.read(LARGEST + 1, decode_content=True)
        if len(body) > LARGEST:
            raise requests.RequestException("the answer is too large")
        answer._content, answer._content_consumed = body, True
        return answer
