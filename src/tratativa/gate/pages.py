"""Pages: Django in threads, each thread let go as soon as its answer is made, however slowly that is fetched."""

import asyncio
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, Any

from a2wsgi import WSGIMiddleware

from tratativa.gate.asgi import Message, Receive, Scope, Send
from tratativa.gate.spool import Spool, copy_of

IN_MEMORY = 512 * 1024  # bytes of an answer; a longer one waits on the disk
CHUNK = 256 * 1024  # bytes read from the disk at a time
_ANSWER, _BODY = "tratativa.answer", "tratativa.body"
Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


class _FileToSend:
    """WSGI's `file_wrapper`: Django hands over the file itself, and nobody copies it."""

    def __init__(self, file: IO[bytes], _block_size: int = 0) -> None:
        self.file = file

    def close(self) -> None:
        self.file.close()


class Pages:
    """The pages as an ASGI application that holds no thread while it waits for a client."""

    def __init__(self, pages: Wsgi, threads: int, folder: Callable[[], Path]) -> None:
        """`folder` is where long answers lie until they are fetched."""
        self._pages = pages
        self._folder = folder
        self._in_threads = WSGIMiddleware(self._put_aside, workers=threads, send_queue_size=0)  # type: ignore[arg-type]

    async def answer(self, scope: Scope, receive: Receive, body: IO[bytes] | None) -> "Answer":
        """The whole answer, made in a thread that is free again; `body` is what was sent, read in full."""
        begun: list[Message] = []

        async def keep(message: Message) -> None:
            if message["type"] == "http.response.start":
                begun.append(message)

        scope[_BODY] = body
        try:
            await self._in_threads(scope, receive, keep)  # type: ignore[arg-type]
        except BaseException:
            if _ANSWER in scope:
                scope[_ANSWER].close()
            raise
        return Answer(begun[0], scope[_ANSWER])

    def _put_aside(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        scope = environ["asgi.scope"]
        if scope[_BODY] is not None:
            environ["wsgi.input"] = scope[_BODY]
        environ["wsgi.file_wrapper"] = _FileToSend
        answer = self._pages(environ, start_response)
        try:
            scope[_ANSWER] = self._kept(answer)
        finally:
            getattr(answer, "close", lambda: None)()
        return ()

    def _kept(self, answer: Iterable[bytes]) -> IO[bytes]:
        if isinstance(answer, _FileToSend):
            if same := copy_of(answer.file):
                return same
            read = answer.file.read
            answer = iter(lambda: read(CHUNK), b"")
        spool = Spool(self._folder(), IN_MEMORY)
        for chunk in answer:
            spool.write(chunk)
        return spool.reader()


class Answer:
    """An answer that is made: its status and headers, and its bytes."""

    def __init__(self, start: Message, body: IO[bytes]) -> None:
        """`body` stands where it is to be read from."""
        self._start = start
        self._body = body

    async def send(self, send: Send) -> None:
        """Sends it as fast as it is fetched."""
        await send(self._start)
        try:
            chunk = await self._next()
            while True:
                coming = await self._next() if chunk else b""
                await send({"type": "http.response.body", "body": chunk, "more_body": bool(coming)})
                if not coming:
                    return
                chunk = coming
        finally:
            self._body.close()

    def close(self) -> None:
        """Nobody is there to fetch it."""
        self._body.close()

    async def _next(self) -> bytes:
        if getattr(self._body, "_rolled", True):  # it lies on a disk
            return await asyncio.to_thread(self._body.read, CHUNK)
        return self._body.read(CHUNK)
