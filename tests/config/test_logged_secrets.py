"""What a log never holds: whatever opens a door by itself, whichever logger writes, the web server's own included."""

import io
import logging
import sys
from collections.abc import Iterator

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory
from uvicorn.logging import AccessFormatter

from tests.cast import gather, sign_in
from tratativa.config import log_records

SECRET = "aBcDeFg-HiJkLmNoPqRsTuVwXyZ_0123456789"
BOX = "01a22847-991c-70b1-b7ea-f8ff72ac2ed9"
PLACES = [
    f"/my/link/{SECRET}", f"/partner/link/{SECRET}", f"/post/in/{BOX}/{SECRET}", f"/post/in/{BOX}/{SECRET}/mailgun",
    f"/accounts/password/reset/key/{SECRET}/", f"my/link/{SECRET}", f"https%3A%2F%2Fx%2Fmy%2Flink%2F{SECRET}",
    f"/my//link/{SECRET}", f"/my/link//{SECRET}", f"/my/link;/{SECRET}",
    f"https%253A%252F%252Fx%252Fmy%252Flink%252F{SECRET}", f"/setup//link/{SECRET}",
]  # fmt: skip


@pytest.fixture
def written(request: pytest.FixtureRequest) -> Iterator[io.StringIO]:
    """What any logger writes, by the plainest of handlers."""
    paper = io.StringIO()
    handler = logging.StreamHandler(paper)
    logging.getLogger().addHandler(handler)
    yield paper
    logging.getLogger().removeHandler(handler)


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("logger", ["", "django.request", "uvicorn.error", "procrastinate.worker", "whoever"])
def test_no_logger_writes_a_way_in(written: io.StringIO, place: str, logger: str) -> None:
    log = logging.getLogger(logger)
    request = RequestFactory().get(place if place.startswith("/") else f"/{place}")

    log.error(f"GET {place}")
    log.error("%s: %s", "Not Found", place)
    log.error("%(path)s", {"path": place})
    log.error("request %r", request)
    try:
        raise ValueError(place)
    except ValueError:
        log.exception("failed")

    told = written.getvalue()
    assert "Traceback" in told
    assert SECRET not in told


@pytest.mark.parametrize("place", PLACES)
def test_nor_does_the_access_log_of_the_web_server(place: str) -> None:
    paper = io.StringIO()
    handler = logging.StreamHandler(paper)
    handler.setFormatter(AccessFormatter('%(client_addr)s - "%(request_line)s" %(status_code)s', use_colors=False))
    log = logging.getLogger("uvicorn.access")
    log.addHandler(handler)
    log.setLevel(logging.INFO)

    log.info('%s - "%s %s HTTP/%s" %d', "127.0.0.1:1", "GET", place, "1.1", 200)

    log.removeHandler(handler)
    assert "GET" in paper.getvalue()
    assert SECRET not in paper.getvalue()


@pytest.mark.django_db
def test_an_address_that_opens_nothing_is_logged_without_what_was_tried(written: io.StringIO, client: Client) -> None:
    client.get(f"/my/link/{SECRET}")
    client.post(f"/post/in/{BOX}/{SECRET}", b"", content_type="message/rfc822")

    assert SECRET not in written.getvalue()
    assert "/post/in/" in written.getvalue()


def test_a_strangers_wrong_host_is_one_line_where_logs_are_written(client: Client) -> None:
    handler = next(
        one for one in logging.getLogger().handlers if any(isinstance(by, log_records.Refusals) for by in one.filters)
    )
    paper = io.StringIO()
    before, handler.stream = handler.stream, paper  # type: ignore[attr-defined]
    try:
        client.get("/accounts/login/", headers={"host": "ladrao.example"})
    finally:
        handler.stream = before  # type: ignore[attr-defined]

    assert "ladrao.example" in paper.getvalue() and "Traceback" not in paper.getvalue()


@pytest.mark.django_db
def test_a_refusal_is_one_line(written: io.StringIO) -> None:
    ana = sign_in(gather().ana)

    assert ana.get("/holds/").status_code == 403

    told = [line for line in written.getvalue().splitlines() if "signed in" not in line]
    assert told == ["Forbidden (Permission denied): /holds/"]


def test_what_went_wrong_in_the_program_keeps_its_traceback() -> None:
    try:
        raise PermissionDenied
    except PermissionDenied:
        record = logging.getLogger("django.request").makeRecord(
            "django.request", logging.ERROR, "x", 1, "Internal Server Error", (), sys.exc_info(),
            extra={"status_code": 500},
        )  # fmt: skip

    assert log_records.Refusals().filter(record)
    assert record.exc_info and "PermissionDenied" in (record.exc_text or "")
