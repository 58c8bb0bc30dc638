"""Whoever hangs up while being answered is no fault of ours, and fills no log."""

import pytest

from tests import loops
from tratativa.gate.asgi import App, Message, Receive, Scope, Send, until_gone

GONE = "unable to perform operation on <TCPTransport closed=True reading=False 0x55>; the handler is closed"


def saying(words: str) -> App:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        raise RuntimeError(words)

    return app


def run(app: App) -> list[Message]:
    said: list[Message] = []

    async def hear() -> Message:
        return {"type": "http.disconnect"}

    async def say(message: Message) -> None:
        said.append(message)

    loops.play(app({"type": "http"}, hear, say))
    return said


def test_an_answer_to_who_hung_up_ends_quietly() -> None:
    assert [one["type"] for one in run(until_gone(saying(GONE)))] == ["http.response.start"]


def test_any_other_fault_is_told() -> None:
    with pytest.raises(RuntimeError, match="cannot schedule"):
        run(until_gone(saying("cannot schedule new futures after shutdown")))
