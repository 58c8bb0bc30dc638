"""Versions of the rules: each is still what its digest names, so that nobody is judged by rules that were not there."""

import json
import uuid
from collections.abc import Iterator
from importlib import import_module
from typing import Any

from tratativa.cases.models import Version
from tratativa.evidence import faults
from tratativa.evidence.faults import Fault
from tratativa.rulebook import reading

# What migrations added to versions of before, which keep the digest they were adopted under.
_ADDED: dict[str, Any] = {
    "money": import_module("tratativa.cases.migrations.0025_money_of_stored_versions").REAIS,
    "withdrawal": import_module("tratativa.cases.migrations.0031_withdrawal_of_stored_versions").SEVEN_DAYS,
}


def wrong(marketplace_id: uuid.UUID | None) -> Iterator[Fault]:
    """The versions whose rules are not those of their digest, or one marketplace's."""
    rows = Version.objects.select_related("marketplace").order_by("pk")
    for row in rows.filter(marketplace=marketplace_id) if marketplace_id else rows:
        if not _is_its_digest(row):
            yield Fault(f"{row.marketplace.slug} {row.digest[:12]}", 1, faults.RULES_ALTERED)


def _is_its_digest(row: Version) -> bool:
    try:
        data = json.loads(row.source)
    except ValueError:
        return False
    if not isinstance(data, dict):
        return False
    added = [name for name, value in _ADDED.items() if data.get(name) == value]
    without = [{name: value for name, value in data.items() if name not in left} for left in ([], *_some(added))]
    return any(reading.digest(one) == row.digest for one in without)


def _some(names: list[str]) -> list[list[str]]:
    """Each of them alone, and all."""
    return [*([name] for name in names), names]
