"""ASGI's words, as they are used here."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


def header(scope: Scope, name: bytes) -> bytes:
    """The last header of that name, in lower case; empty without one."""
    return next((value for key, value in reversed(scope["headers"]) if key == name), b"")


def until_gone(app: App) -> App:
    """The app, which ends quietly where its client hung up while it was being answered.

    uvloop tells that by a RuntimeError of no kind of its own; told as a fault, any stranger could fill the log.
    """

    async def quietly(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await app(scope, receive, send)
        except RuntimeError as problem:
            if "handler is closed" not in str(problem):
                raise

    return quietly
