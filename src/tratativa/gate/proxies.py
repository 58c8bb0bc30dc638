"""Proxies: who a client is, as told by those proxies alone that `TRATATIVA_PROXIES` names."""

import ipaddress
import logging
from collections.abc import Sequence
from typing import Any

from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from tratativa.gate.asgi import App, Receive, Scope, Send

log = logging.getLogger(__name__)
_SAID_BY_PROXIES = (b"x-forwarded-", b"forwarded", b"x-real-ip")


def named(said: str) -> list[str]:
    """The addresses and networks of a setting, with commas. Raises ValueError naming one that is neither."""
    found = [one.strip() for one in said.split(",") if one.strip()]
    for one in found:
        ipaddress.ip_network(one, strict=False)
    return found


class Proxies:
    """Around an application: a named proxy's word on client and scheme counts, everybody else's is taken away.

    Whatever comes after reads `client` and `scheme`, and finds no header in which a stranger says who they are.
    """

    def __init__(self, app: App, trusted: Sequence[str]) -> None:
        """`trusted` as `named` gives them."""
        self._app = app
        after: Any = self._without_their_words  # uvicorn types each message, we do not
        self._trusted = ProxyHeadersMiddleware(after, list(trusted)) if trusted else None
        self._warned = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        self._warn(scope)
        await (self._trusted or self._without_their_words)(scope, receive, send)  # type: ignore[arg-type]

    async def _without_their_words(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["headers"] = [pair for pair in scope["headers"] if not pair[0].startswith(_SAID_BY_PROXIES)]
        await self._app(scope, receive, send)

    def _warn(self, scope: Scope) -> None:
        if self._warned or not any(name == b"x-forwarded-for" for name, _value in scope["headers"]):
            return
        peer = (scope.get("client") or ("",))[0]
        if self._trusted is None or peer not in self._trusted.trusted_hosts:
            self._warned = True
            log.warning("requests come by %s, which TRATATIVA_PROXIES does not name: all seem to come from there", peer)
