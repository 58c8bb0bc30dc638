"""The rights that `revoking` takes away from somebody on a served desk, and how long each was still good; Django is
ready on that desk's database."""

import re
import threading
import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from tools.drill import stage
from tratativa.accounts import signing_in
from tratativa.accounts.access import customer_access, kept_sessions
from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Membership, Person, Role
from tratativa.cases.models import Case
from tratativa.cases.queues import links

Waited = tuple[float, float]  # seconds until the page and the stream were over
_PATIENCE = 30.0
_LIST, _EXPORT = "/cases/?tab=all", "/cases/export.csv?tab=all"


@dataclass(frozen=True)
class Desk:
    """The served desk and who is on it."""

    port: int
    market: stage.Market
    child: Case


def build(port: int) -> Desk:
    """Somebody for every way."""
    market = stage.market(f"direitos-{uuid.uuid4().hex[:6]}", "A")
    child, _somebody = stage.asked(market, "fila")
    return Desk(port, market, child)


def signing_out(on: Desk) -> Waited:
    """The session goes."""
    actor, cookie = _agent(on)
    return _lasted(
        on, cookie, _LIST, lambda: Session.objects.filter(session_key=kept_sessions.name(cookie)).delete(), actor
    )


def leaving(on: Desk) -> Waited:
    """The membership goes; what is tried is a list to take along."""
    actor, cookie = _agent(on)
    return _lasted(on, cookie, _EXPORT, lambda: Membership.objects.filter(person=actor.person_id).delete(), actor)


def account_shut(on: Desk) -> Waited:
    """The account is shut."""
    actor, cookie = _agent(on)
    people = Person.objects.filter(pk=actor.person)
    return _lasted(on, cookie, _LIST, lambda: people.update(is_active=False), actor)


def another_password(on: Desk) -> Waited:
    """Somebody sets another password, because the old one was stolen."""
    actor, cookie = _agent(on)

    def change() -> None:
        person = Person.objects.get(pk=actor.person)
        person.set_password(uuid.uuid4().hex)
        person.save()

    return _lasted(on, cookie, _LIST, change, actor)


def another_role(on: Desk) -> Waited:
    """An administrator is one no more."""
    actor, cookie = _agent(on, Role.ADMIN)
    mine = Membership.objects.filter(person=actor.person_id)
    return _lasted(on, cookie, "/settings/audit/", lambda: mine.update(role=Role.AGENT), actor)


def customers_link(on: Desk) -> Waited:
    """A customer who came by a letter's link is shut out."""
    side = on.market.sides[0]
    browser = Client()
    browser.post(f"/my/link/{signing_in.make_link(side.customer, side.case.pk, at=timezone.now())}")
    page = f"/my/cases/{side.case.protocol}/"
    return _lasted(on, _cookie(browser), page, lambda: customer_access.shut_out(side.customer.pk, at=timezone.now()))


def partners_link(on: Desk) -> Waited:
    """The links a queue was written are revoked."""
    browser = Client()
    browser.post(f"/partner/link/{links.make(on.child, at=timezone.now())}")
    page = f"/partner/cases/{on.child.protocol}/"
    return _lasted(on, _cookie(browser), page, lambda: links.revoke(on.child, by=on.market.agent, at=timezone.now()))


WAYS: Mapping[str, Callable[[Desk], Waited]] = {
    "sair": signing_out,
    "deixar a equipe (exportação)": leaving,
    "conta desativada": account_shut,
    "outra senha": another_password,
    "outro papel": another_role,
    "acessos do cliente encerrados": customers_link,
    "links do parceiro revogados": partners_link,
}


def _agent(on: Desk, role: Role = Role.AGENT) -> tuple[Actor, str]:
    actor = stage.member(on.market.row, None, "A", role)
    return actor, _cookie(stage.browser(actor))


def _cookie(browser: Client) -> str:
    return str(browser.session.session_key)


def _lasted(on: Desk, cookie: str, page: str, revoke: Callable[[], object], actor: Actor | None = None) -> Waited:
    """Opens the page and its stream, takes the right away, and looks how long each was still good."""
    shown = _get(on, cookie, _LIST if actor else page)[1]
    token = re.search(r'data-live="([^"]+)"', shown)
    if _get(on, cookie, page)[0] != 200 or token is None:
        raise LookupError(f"{page} is not shown before anything is revoked")
    over: list[float] = []
    stream = HTTPConnection("127.0.0.1", on.port, timeout=_PATIENCE)
    stream.request("GET", f"/events?{urlencode({'token': token[1]})}", headers=_headers(cookie))
    answer = stream.getresponse()
    if answer.status != 200:
        raise LookupError("the stream does not open before anything is revoked")

    def hear() -> None:
        answer.read()
        over.append(time.monotonic())

    hearing = threading.Thread(target=hear)
    hearing.start()
    began = time.monotonic()
    revoke()
    while _get(on, cookie, page)[0] == 200:
        if time.monotonic() - began > _PATIENCE:
            return _PATIENCE, _PATIENCE
    refused = time.monotonic() - began
    hearing.join(_PATIENCE)
    stream.close()
    return refused, over[0] - began if over else _PATIENCE


def _get(on: Desk, cookie: str, path: str) -> tuple[int, str]:
    connection = HTTPConnection("127.0.0.1", on.port, timeout=_PATIENCE)
    try:
        connection.request("GET", path, headers=_headers(cookie))
        answer = connection.getresponse()
        return answer.status, answer.read().decode(errors="replace")
    finally:
        connection.close()


def _headers(cookie: str) -> Mapping[str, str]:
    return {"Cookie": f"{settings.SESSION_COOKIE_NAME}={cookie}"}
