"""Many cases: the stories of a rulebook played once each, and copied in the database as often as one likes.

A copy is a case of its own, with its order, ledger, clocks, marks and forms; nothing reads its words or letters.
"""

from collections.abc import Iterator
from datetime import UTC, datetime

from django.core.files.storage import default_storage
from django.db import connection
from django.db.models import Model

from tratativa.accounts.models import Marketplace, Membership, Person, Seller
from tratativa.cases import sweeping
from tratativa.cases.core import rulebook_versions
from tratativa.cases.models import Case, Deadline, Entry, Mark, Request
from tratativa.orders.models import Order
from tratativa.rulebook import reading, shipped
from tratativa.scenarios import running, script_reading, stage

PER_SELLER = 500
END = datetime(2027, 6, 1, tzinfo=UTC)
_MANY = 20  # copies of every story in one statement
# The first key's time, as UUIDv7 has it: keys follow each other as those of a desk do.
_FIRST = 0x018000000000


def play(rulebook: str) -> int:
    """Plays the rulebook's stories and keeps what they leave; returns how many cases that are."""
    folder = shipped.folder(rulebook)
    assert folder is not None
    scenarios = [one for file in sorted(folder.glob("scenarios/*.yaml")) for one in script_reading.read(file)]
    for number, scenario in enumerate(one for one in scenarios if not one.calendar and not one.includes):
        list(running._play(scenario))
        sweeping.sweep(at=END)  # what still runs falls due, as on a desk whose worker is there
        # Each story has a marketplace of its own, called the same.
        Marketplace.objects.filter(slug__startswith="ensaio-", rulebook=rulebook).exclude(slug__contains="--").update(
            slug=f"ensaio--{number}"
        )
        for person in Person.objects.filter(email__endswith="@ensaio.example"):
            Person.objects.filter(pk=person.pk).update(email=f"{person.pk}@bench.example")
    return _stories(rulebook)


def copy(rulebook: str, cases: int, *, at: datetime) -> Iterator[int]:
    """Fills a marketplace of its own with this many cases; yields how many there are so far."""
    place = Marketplace.objects.create(slug="muitos", name="Muitos", rulebook=rulebook)
    folder = shipped.folder(rulebook)
    assert folder is not None
    version = rulebook_versions.adopt(place, reading.load(folder), at=stage.LONG_AGO)
    sellers = Seller.objects.bulk_create(
        Seller(marketplace=place, name=f"Loja {number:05d}", document=f"{number:014d}")
        for number in range(max(2, cases // PER_SELLER))
    )
    person = Person.objects.create_user(email="muitos@bench.example", name="Alguém")
    Membership.objects.create(person=person, marketplace=place, role="admin")
    stories = _stories(rulebook)
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        cursor.execute(_PREPARE, [rulebook, place.pk])
        cursor.execute("create temp table shops as select row_number() over () - 1 as n, id from accounts_seller "
                       "where marketplace_id = %s", [place.pk])  # fmt: skip
        for first in range(0, -(-cases // stories), _MANY):
            last = min(first + _MANY, -(-cases // stories))
            for table, changed in _copied(place, version.pk, len(sellers), stories).items():
                cursor.execute(_insert(table, changed), {"first": first, "last": last - 1, "most": cases})
            yield min(last * stories, cases)
        cursor.execute("set session_replication_role = origin")
        cursor.execute("vacuum analyze")


def _stories(rulebook: str) -> int:
    return Case.objects.filter(marketplace__rulebook=rulebook, queue="").exclude(marketplace__slug="muitos").count()


_PREPARE = """
create temp table stories as
select row_number() over (order by c.id) - 1 as n, c.id, c.order_id, c.seller_id from cases_case c
join accounts_marketplace m on m.id = c.marketplace_id
where m.rulebook = %s and c.queue = '' and m.id <> %s
"""


def _key(of: str, stories: int) -> str:
    """A new key for a row of a copy: by the copy's number, as if made one after the other."""
    time = f"lpad(to_hex({_FIRST}::bigint + k * {stories} + s.n), 12, '0')"
    return f"({time} || substr(md5({of}::text || k), 13))::uuid"


def _copied(place: Marketplace, version: object, sellers: int, stories: int) -> dict[type[Model], dict[str, str]]:
    """What is another in a copy, by table: everything else is as it was."""
    case, order = _key("s.id", stories), _key("s.order_id", stories)
    shop = f"(select id from shops where shops.n = mod(k * 7919 + s.n, {sellers}))"  # noqa: S608 – a number of ours
    owned = f"case when t.seller_id is null then null else {shop} end"
    number = f"(k * {stories} + s.n)"
    return {
        Order: {"id": order, "marketplace_id": f"'{place.pk}'", "seller_id": shop, "number": f"'P' || {number}"},
        Case: {
            "id": case, "marketplace_id": f"'{place.pk}'", "version_id": f"'{version}'", "seller_id": owned,
            "order_id": f"case when t.order_id is null then null else {order} end",
            "protocol": f"'R' || {number}", "once": "null", "parent_id": "null",
        },
        Entry: {"id": _key("t.id", stories), "case_id": case},
        Deadline: {"id": _key("t.id", stories), "case_id": case},
        Mark: {
            "id": _key("t.id", stories), "case_id": case, "seller_id": shop, "contest_id": "null", "decision_id": "null"
        },
        Request: {"id": _key("t.id", stories), "case_id": case, "entry_id": _key("t.entry_id", stories)},
    }  # fmt: skip


def _insert(table: type[Model], changed: dict[str, str]) -> str:
    columns = [str(one.column) for one in table._meta.concrete_fields]
    given = ", ".join(changed.get(name, f't."{name}"') for name in columns)
    named = ", ".join(f'"{name}"' for name in columns)
    own: dict[type[Model], str] = {Order: "t.id = s.order_id", Case: "t.id = s.id"}
    hangs = own.get(table, "t.case_id = s.id")
    # k is the copy's number; the last copy may be cut short.
    return (
        f"insert into {table._meta.db_table} ({named}) select {given} "  # noqa: S608 – our own names, no one's input
        f"from generate_series(%(first)s, %(last)s) k cross join stories s join {table._meta.db_table} t on {hangs} "
        f"where k * (select count(*) from stories) + s.n < %(most)s"
    )


def clean_up() -> None:
    """Takes away what the stories put among the files."""
    for name in default_storage.listdir("")[1]:
        default_storage.delete(name)
