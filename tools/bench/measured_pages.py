"""The pages people sit in, asked as a browser asks them: in this process, through every middleware."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

from django.conf import settings
from django.test import Client

from tools.bench.timing import Timing, measure
from tratativa.accounts.models import Membership
from tratativa.cases.core import protocols
from tratativa.cases.models import Case
from tratativa.orders.models import Order

DEEP = 40  # pages of fifty walked by cursor to reach the deep one
COMMON, RARE = "transportadora", "condomínio portaria"


@dataclass
class Visitor:
    """A signed-in browser of one member of staff, and a case and orders of its own to work on."""

    name: str
    client: Client
    case: str
    orders: Iterator[str]


def measure_all(*, times: int) -> list[Timing]:
    """Every page for a seller of ordinary size and for the marketplace's desk."""
    found: list[Timing] = []
    for visitor in (_visitor("loja", "seller"), _visitor("mesa", "marketplace")):
        found += [measure(f"{name} ({visitor.name})", run, times=times) for name, run in _pages(visitor)]
    return found


def _pages(visitor: Visitor) -> Iterator[tuple[str, Callable[[], None]]]:
    yield "list, with tabs and counts", lambda: _get(visitor, "/cases/?tab=mine")
    filters = {"tab": "all", "reason": "produto-com-defeito", "status": "Encerrado", "origin": "customer"}
    yield "list with three filters", lambda: _get(visitor, f"/cases/?{urlencode(filters)}")
    yield "list by deadline", lambda: _get(visitor, "/cases/?tab=mine&sort=due")
    deep = _deep(visitor)
    yield "a deep page, by cursor", lambda: _get(visitor, deep)
    yield "a case", lambda: _get(visitor, f"/cases/{visitor.case}/")
    yield "search, a common word", lambda: _get(visitor, f"/cases/?{urlencode({'tab': 'all', 'q': COMMON})}")
    yield "search, two words", lambda: _get(visitor, f"/cases/?{urlencode({'tab': 'all', 'q': RARE})}")
    yield "opening a case", lambda: _open(visitor)
    yield "replying", lambda: _reply(visitor)


def _visitor(email: str, name: str) -> Visitor:
    member = Membership.objects.select_related("person").get(person__email=f"{email}@bench.example")
    client = Client()
    client.force_login(member.person, backend=settings.AUTHENTICATION_BACKENDS[0])
    mine = Case.objects.filter(closed_at=None, waiting_on="seller")
    orders = Order.objects.all()
    if member.seller_id:
        mine, orders = mine.filter(seller_id=member.seller_id), orders.filter(seller_id=member.seller_id)
    case = mine.order_by("-last_activity_at")[0]
    return Visitor(name, client, protocols.show(case.protocol), iter(orders.values_list("number", flat=True)[:400]))


def _get(visitor: Visitor, url: str) -> None:
    answer = visitor.client.get(url)
    if answer.status_code != 200:
        raise RuntimeError(f"{url} respondeu {answer.status_code}")


def _deep(visitor: Visitor) -> str:
    url = "/cases/?tab=all"
    for _page in range(DEEP):
        after = str((visitor.client.get(url).context or {}).get("after_url") or "")
        if not after:
            break
        url = after
    return url


def _open(visitor: Visitor) -> None:
    form = {
        "reason": "outros-assuntos",
        "to": "seller" if visitor.name == "marketplace" else "marketplace",
        "text": "Medindo.",
    }
    _post(visitor, f"/orders/{next(visitor.orders)}/open", form)


def _reply(visitor: Visitor) -> None:
    to = "seller" if visitor.name == "marketplace" else "marketplace"
    _post(visitor, f"/cases/{visitor.case}/reply", {"to": to, "text": "Medindo a resposta."})


def _post(visitor: Visitor, url: str, form: dict[str, str]) -> None:
    answer = visitor.client.post(url, form)
    if answer.status_code != 302:
        raise RuntimeError(f"{url} respondeu {answer.status_code}")
