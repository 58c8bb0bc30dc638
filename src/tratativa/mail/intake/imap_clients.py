"""IMAP clients: mailboxes' connections, every one of them through the guard, every certificate checked."""

import imaplib
import socket
import ssl

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls, MailBoxUnencrypted
from imap_tools.errors import MailboxStarttlsError
from imap_tools.utils import check_command_status

from tratativa.outward import authorities, guard


class Ungreeted(ConnectionError):
    """What answers at this port hung up, or spoke no IMAP, before anybody signed in."""


class _Plain(imaplib.IMAP4):
    def _create_socket(self, timeout: float | None) -> socket.socket:
        return guard.connect(self.host, self.port, timeout=timeout)


class _Sealed(imaplib.IMAP4_SSL):
    def _create_socket(self, timeout: float | None) -> ssl.SSLSocket:
        door = guard.connect(self.host, self.port, timeout=timeout)
        context: ssl.SSLContext = self.ssl_context
        return context.wrap_socket(door, server_hostname=self.host)


class _Unencrypted(MailBoxUnencrypted):
    def _get_mailbox_client(self) -> imaplib.IMAP4:
        return _Plain(self._host, self._port, timeout=self._timeout)


class _StartTls(MailBoxStartTls):
    def _get_mailbox_client(self) -> imaplib.IMAP4:
        client = _Plain(self._host, self._port, timeout=self._timeout)
        if "STARTTLS" not in client.capabilities:  # imaplib's own word for it is that of a connection that broke
            raise MailboxStarttlsError(("NO", [b""]), "OK")
        check_command_status(client.starttls(self._ssl_context), MailboxStarttlsError)
        return client


class _Tls(MailBox):
    def _get_mailbox_client(self) -> imaplib.IMAP4:
        return _Sealed(self._host, self._port, ssl_context=self._ssl_context, timeout=self._timeout)


def connected(host: str, port: int, security: str, *, authority: str = "", timeout: float) -> BaseMailBox:
    """A connection by `tls`, `starttls` or `none`, believing the machine's authorities or, in PEM, `authority` alone.

    The library's own default checks no certificate.

    Raises Ungreeted, guard.Refused, OSError, and what the library raises.
    """
    try:
        if security == "none":
            return _Unencrypted(host, port=port, timeout=timeout)
        kind = _Tls if security == "tls" else _StartTls
        return kind(host, port=port, timeout=timeout, ssl_context=authorities.context(authority))
    except (imaplib.IMAP4.error, ConnectionResetError, BrokenPipeError) as problem:
        raise Ungreeted(str(problem)) from problem
