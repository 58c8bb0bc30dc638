"""Fetching: a mailbox read by IMAP, from the last letter on. Nothing in it is changed, marked or deleted.

Letters are known by UIDVALIDITY and UID (RFC 9051 §2.3.1.1): a connection cut in the middle goes on where it was.
"""

import imaplib
import os
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from itertools import pairwise

from imap_tools import BaseMailBox
from imap_tools.errors import ImapToolsError

from tratativa.mail.intake import imap_clients, mailbox_secrets, receiving, troubles
from tratativa.mail.models import Mailbox
from tratativa.mail.reading import bounds
from tratativa.outward import guard, turns

AT_ONCE = 200  # letters of one look; the next look takes the rest
_PATIENCE = 30  # seconds from one word of the server's to the next
_LOOK, _PROBE = 300, 40  # seconds in all; the next look goes on from there
_TROUBLES = (OSError, ImapToolsError, imaplib.IMAP4.error, ssl.SSLError, UnicodeError, ValueError)


class Unreachable(Exception):
    """The mailbox could not be read; the message says why, for whoever looks after the post, `word` for the row."""

    def __init__(self, mailbox: Mailbox, word: str) -> None:
        super().__init__(troubles.said(mailbox, word))
        self.word = word


def fetch(mailbox: Mailbox, *, at: datetime) -> int:
    """Takes in what is new, oldest first; returns how many letters. Raises Unreachable."""
    taken, trouble = _taken(mailbox, at)
    if trouble:
        raise Unreachable(mailbox, trouble)
    return taken


def look(mailbox: Mailbox, *, at: datetime) -> bool:
    """Fetches, and remembers on the mailbox when that was and what went wrong; whether to look again at once.

    There is more where a look took all it may, or was cut after it had taken something.
    """
    taken, trouble = _taken(mailbox, at)
    _remember(mailbox, trouble, at)
    return taken >= AT_ONCE or bool(taken and trouble)


def _taken(mailbox: Mailbox, at: datetime) -> tuple[int, str]:
    """How many letters were taken in, and what ended it too early, as a word of `troubles`."""
    taken = 0
    try:
        with guard.no_longer_than(_LOOK), _opened(mailbox) as server:
            for _uid in _new(mailbox, server, at):
                taken += 1
    except Unreachable as known:
        return taken, known.word
    except _TROUBLES as problem:
        return taken, troubles.word(problem)
    return taken, ""


def probe(mailbox: Mailbox, *, at: datetime | None = None) -> int:
    """Signs in and looks at the folder; how many letters lie there. Raises Unreachable.

    What was found is remembered on the mailbox, so that one just mended is not called broken until the next look;
    with `at`, also that it was asked then.
    """
    found, trouble = 0, ""
    try:
        with turns.taken(_PROBE), _opened(mailbox) as server:
            found = int(server.folder.status(mailbox.folder, ["MESSAGES"])["MESSAGES"])
    except Unreachable as known:
        trouble = known.word
    except _TROUBLES as problem:
        trouble = troubles.word(problem)
    _remember(mailbox, trouble, at)
    if trouble:
        raise Unreachable(mailbox, trouble)
    return found


def _remember(mailbox: Mailbox, trouble: str, at: datetime | None) -> None:
    """What came of asking, and when that was; when it answered last stays as long as it does not."""
    told = {} if at is None else {"looked_at": at} | ({} if trouble else {"answered_at": at})
    Mailbox.objects.filter(pk=mailbox.pk).update(trouble=trouble, **told)


@contextmanager
def _opened(mailbox: Mailbox) -> Iterator[BaseMailBox]:
    password = _password(mailbox)
    server = imap_clients.connected(
        mailbox.host, mailbox.port, mailbox.security, authority=mailbox.authority, timeout=_PATIENCE
    )
    server.login(mailbox.user or mailbox.address, password, initial_folder=None)
    try:
        yield server
    finally:
        with suppress(*_TROUBLES):  # the connection may be gone already
            server.logout()


def _password(mailbox: Mailbox) -> str:
    if mailbox.password:
        try:
            return mailbox_secrets.unseal(mailbox.password)
        except mailbox_secrets.Broken:
            raise Unreachable(mailbox, "sealed") from None
    password = os.environ.get(mailbox.secret, "") if mailbox.secret else ""
    if not password:
        raise Unreachable(mailbox, "secret")
    return password


def _new(mailbox: Mailbox, server: BaseMailBox, at: datetime) -> Iterator[str]:
    """Takes in one new letter after another, and remembers each before it asks for the next."""
    status = server.folder.status(mailbox.folder, ["UIDVALIDITY", "UIDNEXT"])
    validity = int(status["UIDVALIDITY"])
    if validity != mailbox.validity:
        # The server numbers anew: look at all again. Letters known by id and content are not taken twice.
        mailbox.validity, mailbox.last_uid = validity, 0
    server.folder.set(mailbox.folder, readonly=True)
    for uid in _found(server, mailbox.last_uid + 1, int(status["UIDNEXT"])):
        _take(mailbox, server, uid, at)
        mailbox.last_uid = uid
        Mailbox.objects.filter(pk=mailbox.pk).update(validity=validity, last_uid=uid)
        yield str(uid)


def _found(server: BaseMailBox, start: int, end: int) -> list[int]:
    """The next letters' numbers from `start` on, below `end`. Few are asked for at a time: a mailbox may hold a million
    letters, and the list of them all would come with every look. Where many are gone each question reaches further."""
    reach = 5 * AT_ONCE
    while start < end:
        found = sorted(int(uid) for uid in server.uids(f"UID {start}:{min(start + reach, end) - 1}"))
        if found:
            return found[:AT_ONCE]
        start, reach = start + reach, 2 * reach
    return []


def _take(mailbox: Mailbox, server: BaseMailBox, uid: int, at: datetime) -> None:
    facts, _none = _asked(server, uid, "(RFC822.SIZE INTERNALDATE)")
    size = next((int(word) for before, word in _pairs(facts) if before == "RFC822.SIZE" and word.isdigit()), 0)
    name = f"{mailbox.validity}:{uid}"
    came = min(_internal_date(facts) or at, at)
    if size > bounds.LETTER:
        _facts, head = _asked(server, uid, "(BODY.PEEK[HEADER])")
        receiving.receive_aside(mailbox, head[: bounds.HEADER], size=size, at=came, uid=name, trouble="size")
        return
    _facts, raw = _asked(server, uid, "(BODY.PEEK[])")
    if not raw:
        return  # deleted by somebody in between
    try:
        receiving.receive(mailbox, raw, at=came, uid=name)
    except receiving.TooLarge:  # larger than the server said
        receiving.receive_aside(mailbox, raw[: bounds.HEADER], size=len(raw), at=came, uid=name, trouble="size")


def _asked(server: BaseMailBox, uid: int, what: str) -> tuple[str, bytes]:
    """What the server says of one letter: its words, and the bytes that came with them.

    A server that says no has the letter still: it must not be taken for one that has it no more.
    """
    status, answers = server.client.uid("fetch", str(uid), what)
    if status != "OK":
        raise imaplib.IMAP4.error(f"FETCH {uid}: {status}")
    words, data = [], b""
    for answer in answers or ():
        if isinstance(answer, tuple):
            words.append(answer[0].decode("ascii", "replace"))
            data = data or answer[1]
        elif isinstance(answer, bytes):
            words.append(answer.decode("ascii", "replace"))
    return " ".join(words), data


def _pairs(facts: str) -> Iterator[tuple[str, str]]:
    words = facts.replace("(", " ").replace(")", " ").split()
    return pairwise(words)


def _internal_date(facts: str) -> datetime | None:
    """When the server got the letter: `INTERNALDATE "03-Jun-2025 10:12:00 -0300"`."""
    given = facts.partition('INTERNALDATE "')[2].partition('"')[0].strip().replace("-", " ", 2)
    try:
        return parsedate_to_datetime(given).astimezone(UTC) if given else None
    except (ValueError, TypeError):
        return None
