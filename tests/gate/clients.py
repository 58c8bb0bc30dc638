"""Clients that do not behave: sockets that say a little and wait."""

import select
import socket
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection

PATIENCE = 30.0  # seconds


def honest(port: int, path: str = "/quick") -> tuple[int, float]:
    """Asks for a page on a connection of its own; its status and how many seconds it took."""
    began = time.monotonic()
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", path)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status, time.monotonic() - began


def say(port: int, words: bytes, *, room: int = 0) -> socket.socket:
    """Connects and says these bytes; `room` is how many bytes of an answer the socket holds unread."""
    client = socket.socket()
    if room:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, room)
    client.settimeout(PATIENCE)
    client.connect(("127.0.0.1", port))
    client.sendall(words)
    return client


def post(length: int, path: str = "/take", *more: str) -> bytes:
    """The head of a form of so many bytes."""
    lines = [f"POST {path} HTTP/1.1", "Host: localhost", f"Content-Length: {length}", *more, "", ""]
    return "\r\n".join(lines).encode()


def heard(client: socket.socket) -> str:
    """All that the server says until it ends the connection."""
    said = b""
    try:
        while data := client.recv(65536):
            said += data
    except ConnectionResetError:
        pass
    return said.decode()


def ended(client: socket.socket, within: float) -> bool:
    """Whether the server ended it in that time, however much it still owed."""
    end = time.monotonic() + within
    while time.monotonic() < end:
        events = select.poll()
        events.register(client, select.POLLHUP | select.POLLERR | select.POLLRDHUP)
        if events.poll(100):
            return True
    return False


@contextmanager
def slow_posts(port: int, count: int, length: int = 50_000) -> Iterator[Sequence[socket.socket]]:
    """So many forms of which one byte has come."""
    with ExitStack() as open_sockets:
        yield [open_sockets.enter_context(say(port, post(length) + b"a")) for _ in range(count)]
