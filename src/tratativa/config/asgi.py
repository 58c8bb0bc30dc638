"""What uvicorn serves: Django in threads, and beside it the live stream, which holds no thread."""

import asyncio
import contextlib
import os
import signal
from types import FrameType

from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tratativa.config.settings")
pages = WSGIMiddleware(get_wsgi_application(), workers=8)  # type: ignore[arg-type]

# They import settings, which the line above has made ready.
from procrastinate.contrib.django.utils import connector_params  # noqa: E402

from tratativa.config.streaming import Receive, Scope, Send, Stream  # noqa: E402

stream = Stream(connector_params())
READY_WITHIN = 5.0  # seconds; with the database away longer than this the pages say so, and hear it later


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """ASGI: `/events` is ours, every other page is Django's."""
    if scope["type"] == "lifespan":
        await _live(receive, send)
    elif scope["type"] != "http":
        await send({"type": "websocket.close"})
    elif scope["path"] == "/events":
        await stream(scope, receive, send)
    else:
        await pages(scope, receive, send)  # type: ignore[arg-type]


async def _live(receive: Receive, send: Send) -> None:
    await receive()
    _end_streams_at_once()
    listening = asyncio.create_task(stream.listen())
    with contextlib.suppress(TimeoutError):  # ready means listening: no page misses what happens from here on
        await asyncio.wait_for(stream.listening.wait(), READY_WITHIN)
    await send({"type": "lifespan.startup.complete"})
    await receive()
    listening.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await listening
    await send({"type": "lifespan.shutdown.complete"})


def _end_streams_at_once() -> None:
    """Without this uvicorn, told to stop, would wait for pages that never stop listening."""
    loop = asyncio.get_running_loop()
    servers = signal.getsignal(signal.SIGTERM)

    def stop(number: int, frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(stream.end)
        if callable(servers):
            servers(number, frame)

    signal.signal(signal.SIGTERM, stop)
