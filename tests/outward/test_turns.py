"""Turns: a server that says a byte now and then for ever, or nothing, keeps no page and no worker."""

import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from django.test import Client
from pytest_django import Settings

from tests.cast import gather
from tratativa.mail.intake import fetching, mailbox_secrets
from tratativa.mail.models import Mailbox
from tratativa.mail.outgoing import trying
from tratativa.mail.outgoing.servers import Server
from tratativa.outward import guard, turns

SOON = 0.5  # seconds; what the test gives a conversation in all
LONG = 15.0  # far beyond it, and far below what a server that drips would take


class Dripping:
    """Takes every connection, and says one byte of a line that never ends, again and again."""

    def __init__(self, byte: bytes = b"*") -> None:
        self.byte = byte
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = int(self.door.getsockname()[1])
        self.over = threading.Event()
        self.came = 0
        threading.Thread(target=self._take, daemon=True).start()

    def stop(self) -> None:
        self.over.set()
        self.door.close()

    def _take(self) -> None:
        with suppress(OSError):
            while True:
                there, _whence = self.door.accept()
                self.came += 1
                threading.Thread(target=self._drip, args=(there,), daemon=True).start()

    def _drip(self, there: socket.socket) -> None:
        with there, suppress(OSError):
            while self.byte and not self.over.wait(0.05):
                there.sendall(self.byte)
            self.over.wait()


@pytest.fixture
def dripping(settings: Settings) -> Iterator[Dripping]:
    """One of them, that the site lets the desk connect to."""
    settings.CONNECT_TO = ("127.0.0.1",)
    made = Dripping()
    yield made
    made.stop()


@pytest.fixture
def mailbox(db: None, dripping: Dripping) -> Mailbox:
    return Mailbox.objects.create(
        marketplace=gather().marketplace, address="sac@loja.example", kind="imap", security="none",
        host="127.0.0.1", port=dripping.port, password=mailbox_secrets.seal("segredo"),
    )  # fmt: skip


def test_trying_a_mailbox_ends_however_little_by_little_it_answers(
    mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching, "_PROBE", SOON)
    began = time.monotonic()

    with pytest.raises(fetching.Unreachable, match="não respondeu"):
        fetching.probe(mailbox)

    assert time.monotonic() - began < LONG


def test_a_look_at_a_mailbox_ends_too(mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "_LOOK", SOON)
    began = time.monotonic()

    with pytest.raises(fetching.Unreachable, match="não respondeu"):
        fetching.fetch(mailbox, at=mailbox.looked_at)  # type: ignore[arg-type]  # nothing comes that it would date

    assert time.monotonic() - began < LONG


@pytest.mark.parametrize("byte", [b"2", b""])
def test_trying_a_mail_server_ends_too(dripping: Dripping, byte: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    dripping.byte = byte
    monkeypatch.setattr(trying, "TALK", SOON)
    began = time.monotonic()

    said = trying.try_out(Server("127.0.0.1", "none", sender="mesa@loja.example", port=dripping.port), "a@b.example")

    assert "não respondeu a tempo" in said
    assert time.monotonic() - began < LONG


def test_what_ends_in_time_is_not_cut_and_nothing_is_left_open(dripping: Dripping) -> None:
    with guard.no_longer_than(LONG), guard.connect("127.0.0.1", dripping.port, timeout=5) as there:
        assert there.recv(1) == b"*"

    assert guard._BOUNDED.get() is None


def test_a_few_pages_wait_for_others_servers_and_no_more(dripping: Dripping, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trying, "TALK", 3.0)
    monkeypatch.setattr(turns, "PATIENCE", 0.1)
    server = Server("127.0.0.1", "none", sender="mesa@loja.example", port=dripping.port)

    with ThreadPoolExecutor(2 * turns.AT_ONCE) as pool:
        said = list(pool.map(lambda to: trying.try_out(server, to), ["a@b.example"] * 2 * turns.AT_ONCE))

    assert dripping.came == turns.AT_ONCE
    assert sum(str(turns.BUSY) in one for one in said) == turns.AT_ONCE


@pytest.mark.django_db
def test_a_silent_provider_of_sign_ins_takes_a_few_pages_and_gives_them_back(
    dripping: Dripping, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    gather()  # a desk that is set up
    dripping.byte = b""
    settings.OIDC_ISSUER, settings.OIDC_CLIENT = f"http://127.0.0.1:{dripping.port}", "mesa"
    monkeypatch.setattr("tratativa.accounts.provider.asking.TALK", SOON)
    began = time.monotonic()

    answer = Client().get("/accounts/provider/")

    assert answer.status_code == 403 and "não chegou" in answer.text
    assert time.monotonic() - began < 5  # well below the eight seconds it has for one word
