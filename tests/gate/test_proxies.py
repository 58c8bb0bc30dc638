"""Who a client is: the word of the proxies that are named, and of nobody else."""

import asyncio
import logging
from typing import Any

import pytest

from tests import loops
from tratativa.gate.asgi import Message, Receive, Scope, Send
from tratativa.gate.proxies import Proxies, named

FORGED = [(b"x-forwarded-for", b"198.51.100.7"), (b"x-forwarded-proto", b"https"), (b"x-real-ip", b"198.51.100.7")]


def seen(trusted: str, peer: str, headers: list[tuple[bytes, bytes]]) -> Scope:
    """The scope the pages get of a request from that peer."""
    found: list[Scope] = []

    async def pages(scope: Scope, _receive: Receive, _send: Send) -> None:
        found.append(scope)

    async def nothing(*_message: Message) -> Any:
        return {}

    scope = {"type": "http", "scheme": "http", "client": (peer, 1), "headers": [(b"accept", b"*/*"), *headers]}
    loops.play(Proxies(pages, named(trusted))(scope, nothing, nothing))
    return found[0]


@pytest.mark.parametrize(("trusted", "peer"), [("10.0.0.1", "10.0.0.1"), ("10.0.0.0/24, ::1", "10.0.0.9")])
def test_a_named_proxy_says_who_comes_and_how(trusted: str, peer: str) -> None:
    scope = seen(trusted, peer, FORGED)

    assert (scope["client"][0], scope["scheme"]) == ("198.51.100.7", "https")
    assert scope["headers"] == [(b"accept", b"*/*")]


@pytest.mark.parametrize(("trusted", "peer"), [("", "203.0.113.9"), ("10.0.0.1", "203.0.113.9"), ("", "127.0.0.1")])
def test_nobody_else_is_believed(trusted: str, peer: str) -> None:
    scope = seen(trusted, peer, FORGED)

    assert (scope["client"][0], scope["scheme"]) == (peer, "http")
    assert scope["headers"] == [(b"accept", b"*/*")]


def test_what_a_client_wrote_before_the_proxy_is_not_believed() -> None:
    scope = seen("10.0.0.1", "10.0.0.1", [(b"x-forwarded-for", b"127.0.0.1, 203.0.113.9")])

    assert scope["client"][0] == "203.0.113.9"


def test_a_proxy_nobody_named_is_told_once(caplog: pytest.LogCaptureFixture) -> None:
    async def twice() -> None:
        async def pages(_scope: Scope, _receive: Receive, _send: Send) -> None:
            return None

        async def nothing(*_message: Message) -> Any:
            return {}

        door = Proxies(pages, [])
        for _request in range(2):
            await door({"type": "http", "client": ("10.0.0.1", 1), "headers": list(FORGED)}, nothing, nothing)
        await asyncio.sleep(0)

    with caplog.at_level(logging.WARNING):
        loops.play(twice())

    assert [record.getMessage() for record in caplog.records] == [
        "requests come by 10.0.0.1, which TRATATIVA_PROXIES does not name: all seem to come from there"
    ]


def test_what_is_no_address_is_refused() -> None:
    with pytest.raises(ValueError, match=r"proxy\.example"):
        named("10.0.0.1, proxy.example")
