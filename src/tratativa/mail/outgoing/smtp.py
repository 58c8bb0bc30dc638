"""SMTP: Django's way out, its connections through the guard."""

import logging
import smtplib
import socket
import ssl
from collections.abc import Sequence
from email.utils import make_msgid, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend
from django.utils.functional import cached_property

from tratativa.mail.outgoing import servers
from tratativa.outward import authorities, guard

log = logging.getLogger(__name__)


class _Plain(smtplib.SMTP):
    def _get_socket(self, host: str, port: int, timeout: float | None) -> socket.socket:
        return guard.connect(host, port, timeout=timeout)


class _Sealed(smtplib.SMTP_SSL):
    def _get_socket(self, host: str, port: int, timeout: float | None) -> socket.socket:
        door = guard.connect(host, port, timeout=timeout)
        return self.context.wrap_socket(door, server_hostname=host)


class Backend(EmailBackend):
    """Sends by the site's mail server, where the site lets the desk connect to it.

    The environment's, else the one an administrator named on a page; where there is neither, nothing leaves.
    """

    def __init__(self, host: str | None = None, **given: Any) -> None:
        """As Django makes it; a host that is given is the one."""
        self.sender, self.authority = "", str(given.pop("authority", ""))
        server = None if host or servers.by_environment() else servers.stored()
        if server:
            host, self.sender, self.authority = server.host, server.sender, server.authority
            given |= {
                "port": server.port, "username": server.user, "password": server.password,
                "use_tls": server.security == "starttls", "use_ssl": server.security == "tls",
            }  # fmt: skip
        super().__init__(host=host, **given)

    @property
    def has_server(self) -> bool:
        """Whether there is anybody to hand letters to."""
        return bool(self.host)

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """What speaks to the server: in TLS from the first byte, or not."""
        return _Sealed if self.use_ssl else _Plain

    @cached_property
    def ssl_context(self) -> ssl.SSLContext:
        """How the server's certificate is checked."""
        return authorities.context(self.authority)

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Hands them over; how many the server took. Without a server none, and the log says so."""
        if not self.has_server:
            log.warning("no mail server is known: %d letters did not leave", len(email_messages))
            return 0
        for message in email_messages:
            if self.sender and message.from_email == settings.DEFAULT_FROM_EMAIL:
                message.from_email = self.sender
            # Django's own would name this machine, which nobody else may know.
            whose = parseaddr(message.from_email)[1].rpartition("@")[2]
            if whose and "Message-ID" not in message.extra_headers:
                message.extra_headers["Message-ID"] = make_msgid(domain=whose)
        return super().send_messages(email_messages) or 0
