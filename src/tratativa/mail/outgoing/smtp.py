"""SMTP: Django's way out, its connections through the guard."""

import smtplib
import socket

from django.core.mail.backends.smtp import EmailBackend

from tratativa.outward import guard


class _Plain(smtplib.SMTP):
    def _get_socket(self, host: str, port: int, timeout: float | None) -> socket.socket:
        return guard.connect(host, port, timeout=timeout)


class _Sealed(smtplib.SMTP_SSL):
    def _get_socket(self, host: str, port: int, timeout: float | None) -> socket.socket:
        door = guard.connect(host, port, timeout=timeout)
        return self.context.wrap_socket(door, server_hostname=host)


class Backend(EmailBackend):
    """Sends by the site's mail server, where the site lets the desk connect to it."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """What speaks to the server: in TLS from the first byte, or not."""
        return _Sealed if self.use_ssl else _Plain
