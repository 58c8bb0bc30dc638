"""A mail server that refuses the letter of trial: what it meant, whichever command it answered."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from tests.config.desks import free_port
from tratativa.mail.outgoing import trying
from tratativa.mail.outgoing.servers import Server


class Refusing:
    """What a server says to MAIL, RCPT and the letter itself; nothing where it is content."""

    def __init__(self, **answers: str) -> None:
        self.answers = answers

    async def handle_MAIL(self, _server: Any, _session: Any, envelope: Any, sender: str, _options: list[str]) -> str:
        envelope.mail_from = sender
        return self.answers.get("mail", "250 OK")

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, to: str, _options: list[str]) -> str:
        envelope.rcpt_tos.append(to)
        return self.answers.get("rcpt", "250 OK")

    async def handle_DATA(self, _server: Any, _session: Any, _envelope: Any) -> str:
        return self.answers.get("data", "250 OK")


@contextmanager
def refusing(**answers: str) -> Iterator[Server]:
    door = Controller(Refusing(**answers), hostname="127.0.0.1", port=free_port())
    door.start()
    yield Server("127.0.0.1", "none", sender="mesa@loja.example", port=door.port)
    door.stop()


@pytest.mark.parametrize(
    ("command", "answer", "remedy"),
    [
        ("mail", "530 5.7.0 Authentication required", "preencha usuário e senha"),
        ("rcpt", "530 5.7.1 Authentication required", "preencha usuário e senha"),
        ("mail", "530 5.7.0 Must issue a STARTTLS command first", "conexão protegida"),
        ("mail", "534 5.7.9 Application-specific password required", "senha de aplicativo"),
        ("mail", "538 5.7.11 Encryption required", "conexão protegida"),
        ("mail", "550 5.7.1 Sender not yours", "em nome deste remetente"),
        ("mail", "553 5.7.1 Sender not owned", "em nome deste remetente"),
        ("rcpt", "550 5.1.1 No such user", "o destinatário"),
        ("rcpt", "551 5.1.6 Moved", "o destinatário"),
        ("rcpt", "554 5.7.1 Relay access denied", "sem usuário e senha"),
        ("mail", "421 4.7.0 Busy", "tentar mais tarde"),
        ("rcpt", "451 4.7.1 Greylisted", "tentar mais tarde"),
        ("mail", "452 4.3.1 Out of storage", "tentar mais tarde"),
        ("data", "554 5.6.0 Looks like spam", "não aceitou a carta"),
    ],
)
def test_what_a_server_refuses_with_is_told_with_its_own_remedy(command: str, answer: str, remedy: str) -> None:
    with refusing(**{command: answer}) as server:
        said = trying.try_out(server, "ana@exemplo.com.br")

    assert remedy in said
    assert answer[4:] in said and "b'" not in said
