"""Finding, operators and the list over HTTP: a web process of its own, asked as a browser asks it, a page at a time."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client

from tools.bench.timing import Timing, measure
from tratativa.accounts.models import Membership
from tratativa.cases.models import Case

PATIENCE = 120.0  # seconds until the process answers


def measure_all(*, times: int) -> list[Timing]:
    """Every page for the marketplace's desk and for a seller of ordinary size; queries are not counted here."""
    with _served() as port:
        return [
            measure(f"{name} ({email})", _asking(port, _session(email), path), times=times)
            for email in ("mesa", "loja")
            for name, path in _pages(email)
        ]


def _pages(email: str) -> Iterator[tuple[str, str]]:
    some = Case.objects.filter(closed_at=None).select_related("customer", "order").order_by("-id")
    if email == "loja":
        some = some.filter(seller=Membership.objects.get(person__email="loja@bench.example").seller_id)
    case = some[len(some[:9]) // 2]
    customer = case.customer
    finds = {
        "the beginning of a name": "clien",
        "a whole name": customer.name if customer else "",
        "an order's number": case.order_number,
        "a protocol": case.protocol,
        "a document": case.document,
        "a common word": "transportadora",
        "two words": "condomínio portaria",
        "nobody": "zzqxw",
    }
    for name, typed in finds.items():
        yield f"Procurar: {name}", f"/find/?{urlencode({'q': typed})}"
    yield "Procurar: a common word, all history", "/find/?q=transportadora&history=all"
    for line in (
        "prazo:<4h", "prazo:vencido", "valor:>500", "valor:>2999", "responsavel:ninguem", "critico:sim",
        "canal:whatsapp", f"de:{customer.name.split()[0] if customer else ''}", "pedido:P0000", "status:encerrado",
        "transportadora:Sul", "valor:>500 transportadora",
    ):  # fmt: skip
        yield f"list, all: `{line}`", f"/cases/?{urlencode({'tab': 'all', 'q': line})}"
    yield "completing `status:`", "/find/suggest?q=status:"
    yield "list, by deadline with sections", "/cases/?tab=mine&sort=due"
    yield "list, all", "/cases/?tab=all"
    yield "list, all the history", "/cases/?tab=all&history=all"


def _asking(port: int, session: str, path: str) -> Callable[[], None]:
    connection = HTTPConnection("127.0.0.1", port, timeout=120)

    def ask() -> None:
        connection.request("GET", path, headers={"Cookie": f"{settings.SESSION_COOKIE_NAME}={session}"})
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path} respondeu {answer.status}")

    return ask


def _session(email: str) -> str:
    member = Membership.objects.select_related("person").get(person__email=f"{email}@bench.example")
    client = Client()
    client.force_login(member.person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return str(client.session.session_key)


@contextmanager
def _served() -> Iterator[int]:
    with socket.create_server(("127.0.0.1", 0)) as door:
        port = door.getsockname()[1]
        env = {**os.environ, "TRATATIVA_URL": f"http://127.0.0.1:{port}", "TRATATIVA_SECRET_KEY": settings.SECRET_KEY}
        command = [sys.executable, "-m", "tratativa.serve.web_process", str(door.fileno())]
        process = subprocess.Popen(command, env=env, pass_fds=[door.fileno()])  # noqa: S603 - our own interpreter
    try:
        _wait(port)
        yield port
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        asking = HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            asking.request("GET", "/healthz")
            if asking.getresponse().status == 200:
                return
        except OSError:
            if time.monotonic() > end:
                raise
        finally:
            asking.close()
        time.sleep(0.1)
