"""What a web process serves: the gate with Django behind it, and beside it the live stream, which holds no thread."""

import asyncio
import contextlib
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tratativa.config.settings")
django_pages = get_wsgi_application()

# They import settings, which the line above has made ready.
from procrastinate.contrib.django.utils import connector_params  # noqa: E402

from tratativa.cases.files import room  # noqa: E402
from tratativa.config.health import look  # noqa: E402
from tratativa.config.streaming import Stream  # noqa: E402
from tratativa.gate import gate, health, limits, pages, proxies  # noqa: E402
from tratativa.gate.asgi import Receive, Scope, Send, until_gone  # noqa: E402
from tratativa.web.frame import bodies, hearing  # noqa: E402

READY_WITHIN = 5.0  # seconds; with the database away longer than this the pages say so, and hear it later
LIMITS = limits.of_settings()

stream = Stream(connector_params(), lambda token: hearing.may_hear(token.session, token.party, token.who))
healthz = health.Health(look)
door = gate.Gate(
    pages.Pages(django_pages, LIMITS.threads, limits.spool_folder),
    LIMITS,
    takes=lambda path: bodies.most(path, otherwise=LIMITS.body_bytes),
    folder=limits.spool_folder,
    room=room.takes,
)


async def _served(scope: Scope, receive: Receive, send: Send) -> None:
    """ASGI: `/events` and `/healthz` are ours, every other page is Django's."""
    if scope["type"] == "lifespan":
        await _live(receive, send)
    elif scope["type"] != "http":
        await send({"type": "websocket.close"})
    elif scope["path"] == "/events":
        await stream(scope, receive, send)
    elif scope["path"] == health.PATH:
        await healthz.answer(send)
    else:
        await door(scope, receive, send)


application = proxies.Proxies(until_gone(_served), proxies.named(settings.PROXIES))


def stop() -> None:
    """The process is told to stop: streams end, pages that have begun go on, whatever else comes is refused."""
    stream.end()
    door.stop()


async def _live(receive: Receive, send: Send) -> None:
    await receive()
    listening = asyncio.create_task(stream.listen())
    with contextlib.suppress(TimeoutError):  # ready means listening: no page misses what happens from here on
        await asyncio.wait_for(stream.listening.wait(), READY_WITHIN)
    await send({"type": "lifespan.startup.complete"})
    await receive()
    listening.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await listening
    await send({"type": "lifespan.shutdown.complete"})
