"""The gate's bounds: how many, how much together, in whose language it says no, and which routes take files."""

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from tests import loops
from tests.loops import PATIENCE
from tratativa.config import asgi
from tratativa.gate.asgi import Message, Scope
from tratativa.gate.gate import Gate
from tratativa.gate.limits import Limits
from tratativa.gate.pages import Pages
from tratativa.web.frame import bodies

MEBIBYTE = 1024**2
FILES = {
    "/cases/A-1/reply", "/cases/A-1/files", "/cases/A-1/actions/close", "/chat/A-1/send", "/files/waiting",
    "/cases/A-1/requests/6f1c7a52-0f0e-4d7e-9d52-0f1d2b9c3a11", "/orders/1/open", "/cases/open",
    "/cases/A-1/requests/6f1c7a52-0f0e-4d7e-9d52-0f1d2b9c3a11/for", "/partner/files/waiting", "/partner/report",
    "/partner/cases/A-1/reply", "/partner/cases/A-1/actions/close", "/my/files/waiting", "/my/cases/A-1/reply",
    "/my/cases/A-1/actions/close", "/my/cases/A-1/requests/6f1c7a52-0f0e-4d7e-9d52-0f1d2b9c3a11", "/my/orders/1/open",
}  # fmt: skip
WORDS = {"/accounts/login/", "/my/enter", "/my/loja/", "/my/loja/code", "/cases/A-1/draft", "/cases/bulk", "/nowhere"}


def echo(environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
    body = environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]


class Client:
    """Somebody who sends a form piece by piece, and hears the answer."""

    def __init__(self, gate: Gate, length: int = 10, **headers: str) -> None:
        """Asks at once; what is sent is put into `pieces`."""
        told = {"content_length": str(length), **headers}
        self.scope: Scope = {
            "type": "http", "method": "POST", "path": "/take", "query_string": b"", "http_version": "1.1",
            "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in told.items()],
        }  # fmt: skip
        self.pieces: asyncio.Queue[Message] = asyncio.Queue()
        self.said: list[Message] = []
        self.task = asyncio.ensure_future(gate(self.scope, self.pieces.get, self._hear))

    async def _hear(self, message: Message) -> None:
        self.said.append(message)

    def send(self, data: bytes, *, more: bool = True) -> None:
        self.pieces.put_nowait({"type": "http.request", "body": data, "more_body": more})

    async def answer(self) -> tuple[int, bytes]:
        self.pieces.put_nowait({"type": "http.disconnect"})
        await self.task
        return self.said[0]["status"], b"".join(one.get("body", b"") for one in self.said[1:])

    async def moment(self) -> None:
        """Lets everybody else take a turn."""
        for _ in range(5):
            await asyncio.sleep(0)


def at_a_gate(
    story: Callable[[Gate], Awaitable[None]], limits: Limits, folder: Path, pages: Any = echo, full: bool = False
) -> None:
    async def play() -> None:
        gate = Gate(
            Pages(pages, limits.threads, lambda: folder), limits,
            takes=lambda _path: limits.body_bytes, folder=lambda: folder, room=lambda _bytes: not full,
        )  # fmt: skip
        await story(gate)

    loops.play(play())


def test_of_too_many_forms_the_one_furthest_behind_is_turned_away(tmp_path: Path) -> None:
    async def story(gate: Gate) -> None:
        slow = Client(gate)
        await slow.moment()
        others = [Client(gate) for _ in range(2)]
        await slow.moment()
        status, why = await slow.answer()
        for one in others:
            one.send(b"0123456789", more=False)

        assert status == 503
        assert "Há envios demais ao mesmo tempo" in why.decode()
        assert [await one.answer() for one in others] == [(200, b"0123456789")] * 2

    at_a_gate(story, Limits(bodies=2), tmp_path)


def test_forms_together_hold_no_more_than_they_may(tmp_path: Path) -> None:
    async def story(gate: Gate) -> None:
        large = Client(gate, 600_000)
        large.send(b"a" * 500_000)
        await large.moment()
        quick = Client(gate, 600_000)
        for _ in range(6):
            quick.send(b"b" * 100_000, more=_ < 5)

        assert (await large.answer())[0] == 503
        assert await quick.answer() == (200, b"b" * 600_000)
        after = Client(gate, 900_000)
        after.send(b"c" * 900_000, more=False)
        assert (await after.answer())[0] == 200  # what was let go is counted no more

    at_a_gate(story, Limits(spool_bytes=1_000_000), tmp_path)


def test_whoever_hurried_first_may_not_stand_still_afterwards(tmp_path: Path) -> None:
    async def story(gate: Gate) -> None:
        client = Client(gate, 1_000_001)
        client.send(b"a" * 1_000_000)  # at the lowest rate this would buy a quarter of an hour
        await asyncio.wait_for(asyncio.shield(client.moment()), 1)
        began = asyncio.get_running_loop().time()
        while not client.said:
            await asyncio.sleep(0.01)

        assert asyncio.get_running_loop().time() - began < 5
        assert client.said[0]["status"] == 408

    at_a_gate(story, Limits(patience=0.2), tmp_path)


def test_of_too_many_pages_the_next_is_refused_in_a_sentence(tmp_path: Path) -> None:
    leave = threading.Event()

    def waits(environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
        leave.wait(PATIENCE)
        return echo(environ, start_response)

    async def story(gate: Gate) -> None:
        begun = [Client(gate) for _ in range(3)]  # one in the thread, two that wait
        for one in begun:
            one.send(b"0123456789", more=False)
        await asyncio.sleep(0.1)
        refused = Client(gate)
        refused.send(b"0123456789", more=False)
        status, why = await refused.answer()
        leave.set()

        assert status == 503
        assert "Há pedidos demais ao mesmo tempo, e o seu não foi atendido." in why.decode()
        assert dict(refused.said[0]["headers"])[b"retry-after"] == b"5"
        assert [(await one.answer())[0] for one in begun] == [200] * 3

    at_a_gate(story, Limits(threads=1, waiting=2), tmp_path, waits)


def test_a_refusal_speaks_the_readers_language_and_to_a_script_in_json(tmp_path: Path) -> None:
    async def story(gate: Gate) -> None:
        too_large = str(10**9)
        cookie = Client(gate, content_length=too_large, cookie="theme=dark; language=en")
        header = Client(gate, content_length=too_large, accept_language="en-GB,en;q=0.9")
        script = Client(gate, content_length=too_large, accept="application/json")

        assert "That is more than fits at once" in (await cookie.answer())[1].decode()
        assert "That is more than fits at once" in (await header.answer())[1].decode()
        status, said = await script.answer()
        assert status == 413
        assert json.loads(said)["error"].startswith("O envio passou do tamanho aceito.")

    at_a_gate(story, Limits(), tmp_path)


@pytest.mark.parametrize("said", ["ten", "-1", "1e3", "9" * 20])
def test_a_length_nobody_understands_is_refused(said: str, tmp_path: Path) -> None:
    async def story(gate: Gate) -> None:
        assert (await Client(gate, content_length=said).answer())[0] == 400

    at_a_gate(story, Limits(), tmp_path)


def test_who_leaves_half_way_leaves_nothing_behind(tmp_path: Path) -> None:
    async def story(gate: Gate) -> None:
        client = Client(gate, 900_000)
        client.send(b"a" * 800_000)
        await client.moment()
        client.pieces.put_nowait({"type": "http.disconnect"})
        await client.task

        assert client.said == []
        assert list(tmp_path.iterdir()) == []

    at_a_gate(story, Limits(), tmp_path)


def test_a_file_is_handed_over_without_a_copy_and_closed(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"0123456789" * 100_000)
    opened: list[Any] = []

    def file(environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
        start_response("200 OK", [])
        opened.append((tmp_path / "file").open("rb"))
        opened[0].read(10)
        wrapped: Iterable[bytes] = environ["wsgi.file_wrapper"](opened[0], 4096)
        return wrapped

    async def story(gate: Gate) -> None:
        client = Client(gate)
        client.send(b"0123456789", more=False)

        assert await client.answer() == (200, b"0123456789" * 99_999)
        assert opened[0].closed

    at_a_gate(story, Limits(), tmp_path, file)


@pytest.mark.parametrize("path", sorted(FILES))
def test_a_route_that_takes_files_takes_their_bytes(path: str) -> None:
    assert bodies.most(path, otherwise=2 * MEBIBYTE) == 64 * MEBIBYTE


@pytest.mark.parametrize("path", sorted(WORDS))
def test_every_other_route_takes_words(path: str) -> None:
    assert bodies.most(path, otherwise=2 * MEBIBYTE) == 2 * MEBIBYTE


def test_a_letter_a_provider_posts_is_taken_whole() -> None:
    place = "/post/in/6f1c7a52-0f0e-4d7e-9d52-0f1d2b9c3a11/secret"

    assert bodies.most(place, otherwise=0) == 40 * MEBIBYTE
    assert bodies.most(f"{place}/postmark", otherwise=0) > 40 * MEBIBYTE


def test_the_limits_of_the_site_are_those_of_its_settings(settings: Any) -> None:
    settings.GATE = {"patience": "3", "bodies": 5.0}

    limits = asgi.limits.of_settings()

    assert (limits.patience, limits.bodies, limits.threads) == (3.0, 5, 8)
