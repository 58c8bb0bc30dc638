"""The swaps of `swapping`: whose things there are, and every address asked for those of others; Django is ready."""

import re
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product

from django.db import connection, transaction
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern

from tools.drill import stage
from tratativa.accounts import actors
from tratativa.accounts.actors import Actor
from tratativa.cases.models import Attachment, Entry, Text
from tratativa.mail.intake import receiving
from tratativa.mail.models import Letter, Mailbox
from tratativa.rulebook.terms.parties import Party
from tratativa.web import urls

# What no organisation owns, and who may have it holds a secret: not swapped here, but in tests of their own.
SECRETS = {"secret", "provider", "digest", "marketplace"}
_ARGUMENT = re.compile(r"<(?:(\w+):)?(\w+)>")
# Of a page: what differs between any two answers, whoever asks for whatever.
_EACH_TIME = re.compile(r'nonce="[^"]*"|name="csrfmiddlewaretoken" value="[^"]*"|data-live="[^"]*"|[0-9a-f-]{36}')


@dataclass(frozen=True)
class Thing:
    """An id of somebody's: `kind` is what an address calls it."""

    kind: str
    id: str
    market: stage.Market
    side: stage.Side | None


@dataclass
class Found:
    """What came of it."""

    people: int = 0
    asked: int = 0
    pages: int = 0
    changed: int = 0
    whole: bool = True
    leaks: list[str] = field(default_factory=list)


def run(*, until: float) -> Found:
    """Everybody asks for everything that is not theirs."""
    markets = [stage.market("um", "UM"), stage.market("dois", "DOIS")]
    things, found = [one for market in markets for one in _things(market)], Found()
    entries = Entry.objects.count()
    for actor, market, side in _people(markets):
        found.people += 1
        browser = stage.browser(actor)
        foreign = [one for one in things if not _own(one, actor, market, side)]
        _lists(browser, actor, {mark for one in foreign for mark in _marks(one, market)}, found)
        for pattern in urls.urlpatterns:
            if time.monotonic() > until:
                found.whole = False
                return found
            _swap(browser, actor, pattern, foreign, found)
    found.changed = Entry.objects.count() - entries
    return found


def _people(markets: list[stage.Market]) -> Iterator[tuple[Actor, stage.Market, stage.Side | None]]:
    for market in markets:
        yield market.agent, market, None
        yield market.admin, market, None
        for side in market.sides:
            yield side.agent, market, side
            yield side.admin, market, side
            yield actors.of_customer(side.customer), market, side


def _things(market: stage.Market) -> Iterator[Thing]:
    mailbox = Mailbox.objects.create(marketplace=market.row, address=f"sac@{market.mark.lower()}.example", kind="smtp")
    raw = f"From: x@{market.mark.lower()}.example\nSubject: Carta {market.mark}\n\noi".encode()
    arrival = receiving.receive(mailbox, raw, at=market.sides[0].case.opened_at)
    yield Thing("key", str(mailbox.pk), market, None)
    yield Thing("key", str(arrival.pk), market, None)
    for side in market.sides:
        case = side.case
        yield Thing("protocol", case.protocol, market, side)
        yield Thing("number", side.order.number, market, side)
        for key in (case.pk, side.seller.pk, side.customer.pk, side.order.pk, _file(side), *_letters(side)):
            yield Thing("key", str(key), market, side)


def _letters(side: stage.Side) -> list[uuid.UUID]:
    return list(Letter.objects.filter(case=side.case).values_list("pk", flat=True))


def _file(side: stage.Side) -> uuid.UUID:
    entry = Text.objects.filter(entry__case=side.case).latest("entry__number").entry
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set local session_replication_role = replica")  # the entry brought no such file
        made = Attachment.objects.create(
            case=side.case, entry=entry, name=f"{side.mark}.txt", size=3, path="nowhere", added_at=side.case.opened_at
        )
    return made.pk


def _own(thing: Thing, actor: Actor, market: stage.Market, side: stage.Side | None) -> bool:
    if thing.market is not market:
        return False
    if actor.party is Party.MARKETPLACE:
        return True
    return side is not None and thing.side is side


def _marks(thing: Thing, market: stage.Market) -> set[str]:
    """Words that a list may not show this actor: those of the other marketplace, and of other sellers' sides."""
    if thing.side is None:
        return {f"sac@{thing.market.mark.lower()}.example"} if thing.market is not market else set()
    mark = thing.side.mark
    return {f"Palavras de {mark}", f"Cliente {mark}", f"Loja {mark}", f"PED-{mark}", thing.side.case.protocol}


def _lists(browser: Client, actor: Actor, marks: set[str], found: Found) -> None:
    """Every address without an argument: nobody else's words stand on it."""
    for pattern in urls.urlpatterns:
        route = str(pattern.pattern)
        if "<" in route:
            continue
        for query in ("", "?tab=all", "?tab=all&q=Palavras"):
            answer = browser.get(f"/{route}{query}")
            found.pages += 1
            body = _body(answer)
            found.leaks += [f"{_who(actor)} /{route}{query}: {mark}" for mark in marks if mark in body]


def _swap(browser: Client, actor: Actor, pattern: URLPattern, foreign: list[Thing], found: Found) -> None:
    """The address with each foreign id, and with one that nobody has: both are answered alike."""
    route = str(pattern.pattern)
    arguments = [(converter or "str", name) for converter, name in _ARGUMENT.findall(route)]
    if not arguments or {name for _converter, name in arguments} & SECRETS:
        return
    names = {name for _converter, name in arguments}
    nobodys: dict[tuple[str, str], tuple[int, str, str]] = {}
    for thing, method in product([one for one in foreign if one.kind in names], ("get", "post")):
        there, nowhere = (_address(route, arguments, thing.kind, one) for one in (thing.id, _nobodys(thing)))
        if (nowhere, method) not in nobodys:
            nobodys[nowhere, method] = _told(getattr(browser, method)(nowhere), nowhere, _nobodys(thing))
        theirs = _told(getattr(browser, method)(there), there, thing.id)
        found.asked += 1
        if theirs != nobodys[nowhere, method]:
            found.leaks.append(f"{_who(actor)} {method} {there}: {theirs[0]}/{nobodys[nowhere, method][0]}")


def _address(route: str, arguments: list[tuple[str, str]], kind: str, value: str) -> str:
    address = route
    for converter, name in arguments:
        given = value if name == kind else {"int": "1", "uuid": str(uuid.UUID(int=7))}.get(converter, "anotar")
        address = re.sub(rf"<(?:\w+:)?{name}>", given, address, count=1)
    return f"/{address}"


def _nobodys(thing: Thing) -> str:
    """An id of the same form that nobody has."""
    if thing.kind == "key":
        return "01a20862-0000-7000-8000-000000000000"
    if thing.kind == "protocol":
        return thing.id[:8] + "00099999"
    return "PED-NADA"


def _told(answer: HttpResponseBase, address: str, value: str) -> tuple[int, str, str]:
    place = str(answer.headers.get("Location", "")).replace(address, "HERE").replace(value, "ID")
    return answer.status_code, place, _EACH_TIME.sub("", _body(answer).replace(address, "HERE").replace(value, "ID"))


def _body(answer: HttpResponseBase) -> str:
    parts = answer if answer.streaming else [getattr(answer, "content", b"")]
    return b"".join(parts).decode(errors="replace")


def _who(actor: Actor) -> str:
    return f"{actor.party}/{actor.role} ({actor.name})"
