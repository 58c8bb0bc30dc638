"""Listening: the marketplace's own mail server hands letters over by SMTP or LMTP and keeps them until we have them.

It stands behind a mail server that faces the world, judges senders and queues: this one trusts who may connect.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import Any, TypeVar

from aiosmtpd.controller import Controller
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session
from asgiref.sync import sync_to_async
from django.db import close_old_connections

from tratativa.accounts import clock
from tratativa.mail import tokens
from tratativa.mail.intake import receiving
from tratativa.mail.models import Mailbox
from tratativa.mail.reading import bounds

log = logging.getLogger(__name__)
T = TypeVar("T")
# A letter that passed through more servers than this goes in a circle (RFC 5321 §6.3).
_HOPS = 50


class Door:
    """What the mail server talks to."""

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Takes letters to our mailboxes, with or without a token, and no others."""
        if isinstance(server, LMTP) and envelope.rcpt_tos:
            return "452 4.5.3 one recipient at a time"  # LMTP answers each, our library answers all
        try:
            known = await _asking(lambda: Mailbox.objects.filter(address__iexact=tokens.bare(address)).exists())
        except Exception:  # whatever it is, the sender keeps the letter and comes again; a «no» would lose it
            log.exception("a recipient could not be looked up; the mail server will try again")
            return "451 4.3.0 try again later"
        if not known:
            return "550 5.1.1 no such mailbox here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Says yes only once the letter is stored and its row committed; anything else makes the sender keep it."""
        raw = bytes(envelope.content or b"")  # type: ignore[arg-type]
        if raw[: bounds.HEADER].lower().count(b"\nreceived:") > _HOPS:
            return "554 5.4.6 too many hops"
        try:
            await _asking(lambda: _keep(f"Return-Path: <{envelope.mail_from or ''}>\r\n".encode() + raw, envelope))
        except receiving.TooLarge:
            return "552 5.3.4 too large"
        except Exception:  # likewise: disk, database or a fault of ours
            log.exception("a letter could not be kept; the mail server will try again")
            return "451 4.3.0 try again later"
        return "250 2.0.0 kept"


def _keep(raw: bytes, envelope: Envelope) -> None:
    by_box: dict[str, list[str]] = {}
    for address in envelope.rcpt_tos:
        by_box.setdefault(tokens.bare(address), []).append(address)
    for bare, addresses in by_box.items():
        mailbox = Mailbox.objects.get(address__iexact=bare)
        receiving.receive(mailbox, raw, at=clock.now(), recipients=addresses)


async def _asking(ask: Callable[[], T]) -> T:
    """Runs a database's work off the loop, with a connection that may have been cut since the last time."""

    def asked() -> T:
        close_old_connections()
        try:
            return ask()
        finally:
            close_old_connections()

    return await sync_to_async(asked)()


class Listener(Controller):
    """The listener in a thread of its own; `lmtp` speaks RFC 2033 instead of SMTP."""

    def __init__(self, host: str, port: int, *, lmtp: bool = False) -> None:
        """Nothing listens yet."""
        self._lmtp = lmtp
        super().__init__(Door(), hostname=host, port=port, loop=asyncio.new_event_loop())

    def factory(self) -> Any:
        """A conversation with one mail server."""
        kind = LMTP if self._lmtp else SMTP
        return kind(self.handler, data_size_limit=bounds.LETTER, enable_SMTPUTF8=True, ident="Tratativa")
