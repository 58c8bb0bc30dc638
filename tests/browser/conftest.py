"""A real server on the test database, a real Chromium, and a window for whoever acts."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from typing import Any
from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.db import connection
from django.utils import timezone
from playwright.sync_api import Browser, BrowserContext, Locator, Page, sync_playwright

from tests import chromium
from tests.cast import Cast, gather, sign_in
from tests.config.desks import until
from tratativa.accounts.actors import Actor
from tratativa.cases.acting import at_once, opening, pressing
from tratativa.cases.acting.opening import Opening
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case

# Playwright's loop runs in this thread; the tests still talk to the database from it, one call at a time.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
PATIENCE = 240.0  # seconds until the server must stand
Window = Callable[..., Page]
PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True}


@pytest.fixture(scope="session")
def server(django_db_setup: None) -> Iterator[str]:
    """The desk as it is served, pages and live stream, on the test database; yields its address."""
    with served() as address:
        yield address


@contextmanager
def served(**more: str) -> Iterator[str]:
    """A desk, served with `more` in its environment, for as long as this lasts; its address."""
    port = _free_port()
    env = {
        **os.environ,
        "DATABASE_URL": _database_url(),
        "DJANGO_SETTINGS_MODULE": "tratativa.config.settings",
        "TRATATIVA_SECRET_KEY": settings.SECRET_KEY,
        "TRATATIVA_DATA": str(settings.MEDIA_ROOT.parent),
        "TRATATIVA_URL": f"http://127.0.0.1:{port}",
        "TRATATIVA_REGISTRY": "tratativa.demo.recorded:Recorded",
        **more,
    }
    with socket.create_server(("127.0.0.1", port)) as door:
        command = [sys.executable, "-m", "tratativa.serve.web_process", str(door.fileno())]
        process = subprocess.Popen(command, env=env, pass_fds=[door.fileno()])
    end = time.monotonic() + PATIENCE
    while not _answers(port):
        assert process.poll() is None, "the server ended before it answered"
        assert time.monotonic() < end, "the server did not answer in time"
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    process.terminate()
    process.wait(20)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    arguments = ["--no-sandbox", "--disable-background-networking"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def cast(transactional_db: None, server: str) -> Cast:
    return gather()


@pytest.fixture
def case(cast: Cast) -> Case:
    """A case the customer has just opened."""
    return opening.open_case(
        Opening(cast.order, reason="Atraso na entrega", message=Message("Cadê meu pedido?")),
        by=cast.cliente,
        at=timezone.now(),
    )


@pytest.fixture
def window(browser: Browser, server: str) -> Iterator[Window]:
    """Opens a window as somebody who has signed in; whatever a page complains about fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(
        actor: Actor | None = None, path: str = "/", *, heard: bool = True, undoes: bool = False, **given: Any
    ) -> Page:
        context = browser.new_context(**{"locale": "pt-BR", "base_url": server, **given})
        context.set_default_timeout(15_000)
        contexts.append(context)
        if actor:
            _choose(actor, undoes=undoes)
            key = str(sign_in(actor).session.session_key)
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": server}])
        page = context.new_page()
        page.on("pageerror", lambda error: _hear(f"{page.url}: {error}", complaints))
        if heard:
            page.on("console", lambda said: _listen(said.type, said.text, complaints))
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    # A page that was just closed may still be being answered; emptying the tables under it would deadlock with it.
    until(Quiet(), "the server to finish what closed pages asked")
    assert complaints == []


def _choose(actor: Actor, *, undoes: bool) -> None:
    """No worker runs here that says what waits: whoever does not come to take a message back sends at once."""
    if actor.party in pressing.TEAMS:
        (at_once.drop if undoes else at_once.keep)(actor.person)


def editor(page: Page) -> Locator:
    """The composer's editor, once it has come: the field it hides answers to the same label until then."""
    return page.locator("[data-composer] [contenteditable]")


def unsound(page: Page) -> list[str]:
    """What is wider than the window, and what axe finds of any weight, narrow and wide."""
    found = []
    page.wait_for_load_state()  # a press that leads on may have begun to
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        found += [f"{page.url} {width}: {wide} px too wide"] if wide > 0 else []
        found += [f"{page.url} {width}: {one['id']}" for one in Axe().run(page).response["violations"]]
    return found


def _hear(error: str, complaints: list[str]) -> None:
    # From one audience's pages to another's the sheet is a new one. Where Chromium looks before it has come, it gives
    # up the cross-fade, as it does where the page showed first, and calls that an error: the page stands all the same.
    if "Transition was aborted because of invalid state" not in error:
        complaints.append(error)


def _listen(kind: str, text: str, complaints: list[str]) -> None:
    # A page that says 4xx on purpose is logged as an error too; its test looks at it.
    if kind == "error" and "Failed to load resource" not in text:
        complaints.append(text)


class Quiet:
    """Whether nothing ran at so many looks in a row: a request may have been taken and not begun."""

    LOOKS = 4

    def __init__(self) -> None:
        self.looks = 0

    def __call__(self) -> bool:
        self.looks = self.looks + 1 if _nothing_runs() else 0
        return self.looks >= self.LOOKS


def _nothing_runs() -> bool:
    """Whether no other connection to the test database is in a transaction or runs a statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select not exists (select from pg_stat_activity where datname = current_database()"
            " and pid <> pg_backend_pid() and backend_type = 'client backend'"
            " and (state in ('active', 'idle in transaction') and query not like 'LISTEN%%'))"
        )
        return bool(cursor.fetchone()[0])


def _database_url() -> str:
    database = connection.settings_dict
    host = quote(str(database["HOST"]), safe="")
    return f"postgresql://{database['USER']}@/{database['NAME']}?host={host}"


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _answers(port: int) -> bool:
    asking = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        asking.request("GET", "/healthz")
        return asking.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        asking.close()
