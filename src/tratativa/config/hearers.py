"""Hearers: the pages that are open at the live stream, and what the token of each says."""

import asyncio
import time
from typing import NamedTuple
from urllib.parse import parse_qs

from django.conf import settings
from django.core import signing

from tratativa.accounts.access import sessions
from tratativa.gate.asgi import Scope

SALT = "tratativa.events"
TOKEN_AGE = 12 * 60 * 60  # seconds
BACKLOG = 100  # messages a slow page may owe; beyond it the page starts over
RESYNC = b"event: resync\ndata: {}\n\n"


class Token(NamedTuple):
    """What a page's token says: which topics, whose session and actor, and when the page began to be drawn."""

    topics: frozenset[str]
    session: str
    party: str
    who: str
    ended_by: frozenset[str]
    drawn: float


class Page:
    """One open page: the topics it may hear and what it has not been sent yet."""

    def __init__(self, token: Token) -> None:
        """With nothing to say yet."""
        self.token = token
        self.topics = token.topics
        self.since = time.monotonic()
        self.over = asyncio.Event()  # set once it may hear no more
        self.waiting: asyncio.Queue[bytes] = asyncio.Queue(BACKLOG)

    def put(self, message: bytes) -> None:
        """Queues a message; a page too slow for its news forgets them and fetches everything again."""
        if self.waiting.full():
            while not self.waiting.empty():
                self.waiting.get_nowait()
            message = RESYNC
        self.waiting.put_nowait(message)


def said(scope: Scope) -> Token | None:
    """What the page's token says; none for one that is not good, or not of the session the browser shows."""
    token = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
    try:
        says = signing.loads(token, salt=SALT, max_age=TOKEN_AGE)
        session = _session(scope)
        if says["session"] != sessions.digest(session):
            return None
        ended_by = frozenset({f"session:{says['session']}", str(says["until"])})
        topics, at = frozenset(says["topics"]), float(says["at"])
        return Token(topics, session, str(says["party"]), str(says["who"]), ended_by, at)
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        return None


def _session(scope: Scope) -> str:
    """The session key the browser shows; empty without one."""
    sent = b"; ".join(value for name, value in scope["headers"] if name == b"cookie")
    pairs = (pair.strip().partition("=") for pair in sent.decode("latin-1").split(";"))
    return next((value for name, _equals, value in pairs if name == settings.SESSION_COOKIE_NAME), "")
