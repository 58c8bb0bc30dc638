"""What Compra Agora's systems tell in the demo: the document of a file, its moments counted from now."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tratativa.accounts.models import Marketplace
from tratativa.orders import intake, told
from tratativa.orders.models import Order
from tratativa.rulebook.terms import yaml_source

FILE = Path(__file__).with_name("compra_agora.yaml")
_RELATIVE = re.compile(r"^([+-])([0-9]{1,3})d$")


def tell(marketplace: Marketplace, *, now: datetime) -> list[Order]:
    """Takes the document in as `tratativa orders take` does; the orders in the file's order."""
    data = _counted(yaml_source.read(FILE.read_bytes(), FILE.name).data, now)
    document = told.read(data)
    intake.take(marketplace, document, at=now)
    orders = {order.number: order for order in Order.objects.filter(marketplace=marketplace)}
    return [orders[one.number] for one in document.orders]


def _counted(value: Any, now: datetime, key: str = "") -> Any:
    if isinstance(value, Mapping):
        return {name: _counted(one, now, str(name)) for name, one in value.items()}
    if isinstance(value, list):
        return [_counted(one, now, key) for one in value]
    found = _RELATIVE.match(value) if isinstance(value, str) else None
    if found is None:
        return value
    moment = now + timedelta(days=int(found[1] + found[2]))
    return moment.date().isoformat() if key == "promised_at" else moment.isoformat()
