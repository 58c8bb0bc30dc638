"""Loading: cases with three messages and two e-mails each, written by COPY as the one door would have left them."""

import random
import uuid
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, connections
from tqdm import tqdm

from tools.bench import phrases
from tools.bench.copying import Table
from tratativa.accounts import keys
from tratativa.accounts.models import Customer, Marketplace, Membership, Person, Seller
from tratativa.cases import events
from tratativa.cases.clocks import planning
from tratativa.cases.core import ledger, protocols, rulebook_versions
from tratativa.cases.models import Case, Deadline, Entry, Text, Version
from tratativa.mail.models import Letter
from tratativa.orders.models import Line, Order
from tratativa.rulebook import reading, shipped

CHUNK = 5_000
OPEN_SHARE = 0.08
PER_SELLER = 500
REASONS = ("atraso-na-entrega", "pedido-nao-recebido", "produto-com-defeito", "devolucao", "nota-fiscal")
FIRST = ("Ana", "Beatriz", "Carlos", "Daniela", "Eduardo", "Fernanda", "Gustavo", "Helena", "Igor", "Joana")
CHANNELS = ("page",) * 80 + ("phone",) * 12 + ("email",) * 7 + ("whatsapp",)
CARRIERS = ("Correios", "Jadlog", "Total Express", "Loggi", "Sul")
GOODS = ("Liquidificador", "Fone de ouvido", "Cadeira de escritório", "Panela de pressão", "Tênis de corrida")
_DUE = ("due_at", "due_order", "seller_due_at", "seller_due_order")
_OVERDUE = ("overdue_since", "due_order", "seller_overdue_since", "seller_due_order")
SALT = "0123456789abcdef0123456789abcdef"


@dataclass
class World:
    """What every generated row hangs on."""

    marketplace: Marketplace
    version: Version
    sellers: list[Seller]
    now: datetime
    dice: random.Random = field(default_factory=lambda: random.Random(2026))  # noqa: S311 - made-up data


def build(*, now: datetime, cases: int) -> World:
    """The marketplace, its rulebook and one seller for every 500 cases.

    One member of staff is the marketplace's, one a seller's of ordinary size, whatever the number of cases.
    """
    marketplace = Marketplace.objects.create(slug="americanas", name="Americanas", rulebook="americanas")
    folder = shipped.folder("americanas")
    assert folder is not None
    version = rulebook_versions.adopt(marketplace, reading.load(folder), at=now - timedelta(days=800))
    sellers = Seller.objects.bulk_create(
        Seller(marketplace=marketplace, name=f"Loja {number:05d}", document=f"{number:014d}")
        for number in range(max(2, cases // PER_SELLER))
    )
    for seller in (None, sellers[len(sellers) // 2]):
        email = f"{'mesa' if seller is None else 'loja'}@bench.example"
        person = Person.objects.create_user(email=email, name="Alguém")
        Membership.objects.create(person=person, marketplace=marketplace, seller=seller)
    return World(marketplace, version, sellers, now)


def load(world: World, cases: int, *, quiet: bool = False) -> None:
    """Writes this many cases. The search index is rebuilt at the end: row by row it costs four times as much.

    One thread talks to the database while this one makes up the next chunk.
    """
    with ThreadPoolExecutor(max_workers=1) as writer:
        writer.submit(_run, _BEGIN).result()
        writing: Future[None] | None = None
        for start in tqdm(range(0, cases, CHUNK), unit_scale=CHUNK, unit=" casos", desc="Casos", disable=quiet):
            tables = _chunk(world, start, min(CHUNK, cases - start))
            if writing:
                writing.result()
            writing = writer.submit(tables.write)
        for step in tqdm(_FINISH, desc="Índices e estatísticas", disable=quiet):
            writer.submit(_run, (step,)).result()
        writer.submit(connections.close_all).result()


def _run(statements: Sequence[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


_BEGIN = (
    "set session_replication_role = replica",
    *(f"drop index if exists public.{name}" for name in ("text_words", "customer_keys", "order_keys", "goods_keys")),
)
_FINISH = (
    "create index text_words on public.cases_text using gin (public.text_words(body, seller_id, day))",
    "create index customer_keys on public.accounts_customer"
    " using gin (public.person_keys(name, document, email, phone))",
    "create index order_keys on public.orders_order"
    " using gin (public.order_keys(number, external_id, tracking, invoice))",
    "create index goods_keys on public.orders_line using gin (public.goods_keys(title, sku))",
    "select setval('case_protocol', (select count(*) + 1 from cases_case))",
    "set session_replication_role = origin",
    "vacuum analyze",
)


@dataclass
class _Tables:
    customers: Table = field(default_factory=lambda: Table(Customer))
    orders: Table = field(default_factory=lambda: Table(Order))
    lines: Table = field(default_factory=lambda: Table(Line))
    cases: Table = field(default_factory=lambda: Table(Case))
    entries: Table = field(default_factory=lambda: Table(Entry))
    texts: Table = field(default_factory=lambda: Table(Text))
    deadlines: Table = field(default_factory=lambda: Table(Deadline))
    letters: Table = field(default_factory=lambda: Table(Letter))

    def write(self) -> None:
        """Everything gathered so far, into the database."""
        with connection.cursor() as cursor:
            for table in vars(self).values():
                table.write(cursor)


def _chunk(world: World, start: int, size: int) -> _Tables:
    tables = _Tables()
    for number in range(start, start + size):
        _case(world, tables, number)
    return tables


def _case(world: World, tables: _Tables, number: int) -> None:
    dice = world.dice
    is_open = dice.random() < OPEN_SHARE
    recent = 20 * 1440
    minutes = dice.randrange(recent) if is_open else dice.randrange(recent, 400 * 1440)
    opened_at = world.now - timedelta(minutes=minutes)
    seller = world.sellers[int(len(world.sellers) * dice.random() ** 1.5)]
    values = {
        "id": keys.at_milliseconds(int(opened_at.timestamp() * 1000)),
        "marketplace_id": world.marketplace.pk, "seller_id": seller.pk, "customer_id": keys.new(),
        "order_id": keys.new(),
        "order_number": f"P{number:08d}", "document": f"{number:011d}", "value_cents": dice.randrange(2_000, 300_000),
        "platform": "site",
    }  # fmt: skip
    _buyer_and_order(tables, values, number, opened_at)
    values |= {
        "version_id": world.version.pk, "protocol": protocols.compose(opened_at.date(), number),
        "kind": "atendimento", "reason": dice.choice(REASONS), "origin": "customer", "customer_in": True,
        "waiting_since": opened_at, "opened_at": opened_at, "due_order": planning.NEVER,
        "seller_due_order": planning.NEVER, "row_version": 1,
        "last_activity_at": opened_at + timedelta(minutes=dice.randrange(60, 600)),
        "channel": dice.choice(CHANNELS), "critical": number % 400 == 0,
    }  # fmt: skip
    values |= _turn(tables, values, dice, world.now) if is_open else _ended(values)
    values |= _ledger(tables, values, dice)
    tables.cases.add(**values)


def _buyer_and_order(tables: _Tables, values: dict[str, Any], number: int, opened_at: datetime) -> None:
    tables.customers.add(
        id=values["customer_id"], marketplace_id=values["marketplace_id"],
        name=f"{FIRST[number % len(FIRST)]} Cliente {number}",
        document=values["document"], email=f"c{number}@bench.example",
    )  # fmt: skip
    tables.orders.add(
        id=values["order_id"], marketplace_id=values["marketplace_id"], seller_id=values["seller_id"],
        customer_id=values["customer_id"], number=values["order_number"], stage="delivered", platform="site",
        total_cents=values["value_cents"], payment_method="pix", ordered_at=opened_at - timedelta(days=5),
        carrier=CARRIERS[number % 1000 % len(CARRIERS)], tracking=f"BR{number:09d}BR",
    )  # fmt: skip
    tables.lines.add(
        id=keys.new(), order_id=values["order_id"], sku=f"SKU{number % 5000}", title=GOODS[number % len(GOODS)],
        price_cents=values["value_cents"],
    )  # fmt: skip


def _ended(values: dict[str, Any]) -> dict[str, Any]:
    return {"waiting_on": "nobody", "closed_at": values["last_activity_at"], "customer_answered": True}


def _turn(tables: _Tables, values: dict[str, Any], dice: random.Random, now: datetime) -> dict[str, Any]:
    waiting_on = dice.choices(("seller", "customer", "marketplace"), (55, 30, 15))[0]
    if waiting_on != "seller":
        return {"waiting_on": waiting_on, "mediation": "asked" if waiting_on == "marketplace" else "none"}
    due = values["last_activity_at"] + timedelta(hours=24)
    running = due > now
    tables.deadlines.add(
        id=keys.new(), case_id=values["id"], rule="responder-ao-cliente", party="seller", to="customer",
        state="running" if running else "missed", started_at=values["last_activity_at"], due_at=due, next_at=due,
        warned=True, pauses="[]",
    )  # fmt: skip
    if running:
        return {"waiting_on": waiting_on} | dict.fromkeys(_DUE, due)
    return {"waiting_on": waiting_on} | dict.fromkeys(_OVERDUE, due)


def _ledger(tables: _Tables, values: dict[str, Any], dice: random.Random) -> dict[str, Any]:
    """Four sealed entries, three of them messages; what the case's row says of them."""
    said = Entry(case_id=values["id"], actor_id=uuid.UUID(int=1), audience=7)
    begin = int(values["opened_at"].timestamp() * 1000)
    for number, (event, party, words) in enumerate(_happenings(values, dice), 1):
        said.number, said.event, said.data, said.party = number, event.name, event.data(), party
        if number == 1:
            said.data["owners"] = {name: str(key) for name in ledger.OWNERS if (key := values.get(f"{name}_id"))}
        said.at = values["opened_at"] + timedelta(minutes=number)
        said.digest, said.previous = ledger.words_digest(words, SALT), said.hash
        said.hash = ledger.seal(said)
        pk = keys.at_milliseconds(begin + number)
        tables.entries.add(
            id=pk, case_id=said.case_id, number=number, event=said.event, data=said.data, party=party,
            actor_id=said.actor_id, audience=7, at=said.at, digest=said.digest, previous=said.previous, hash=said.hash,
        )  # fmt: skip
        if party == "seller" or number == 1:
            _letter(tables, values, pk, said.at, words or "")
        if words is not None:
            tables.texts.add(
                entry_id=pk, case_id=said.case_id, audience=7, body=words, salt=SALT, day=f"{said.at:%Y%m%d}",
                **{name: values[name] for name in ("seller_id", "customer_id", "marketplace_id")},
            )  # fmt: skip
    return {"entries_count": number, "last_hash": said.hash}


def _letter(tables: _Tables, values: dict[str, Any], entry_id: uuid.UUID, at: datetime, words: str) -> None:
    """The e-mail the customer had of an entry: the acknowledgement, and what the seller answered."""
    tables.letters.add(
        id=keys.new(), marketplace_id=values["marketplace_id"], case_id=values["id"], entry_id=entry_id,
        kind="message.posted" if words else "case.opened",
        party="customer", reader_id=values["customer_id"], address="c@bench.example", state="sent",
        at=at, sent_at=at, tries=1, subject="Sobre o seu atendimento", text=words, html=f"<p>{words}</p>",
    )  # fmt: skip


def _happenings(values: dict[str, Any], dice: random.Random) -> Iterator[tuple[events.Event, str, str | None]]:
    yield events.Opened(to="seller", channel="page", reason=values["reason"]), "customer", None
    for party, to in (("customer", "seller"), ("seller", "customer"), ("customer", "seller")):
        yield events.Posted(to=to, action="responder"), party, phrases.message(dice)
