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
    rows = Version.objects.filter(marketplace=marketplace_id) if marketplace_id else Version.objects.all()
    for slug, digest, source in rows.order_by("pk").values_list("marketplace__slug", "digest", "source"):
        if not _is_its_digest(source, digest):
            yield Fault(f"{slug} {digest[:12]}", 1, faults.RULES_ALTERED)


def _is_its_digest(source: str, digest: str) -> bool:
    try:
        data = json.loads(source)
        return isinstance(data, dict) and digest in _digests(data)
    except faults.ODD:
        return False


def _digests(data: dict[str, Any]) -> Iterator[str]:
    """The digest of these rules, and of what they were before migrations added to them."""
    added = [name for name, value in _ADDED.items() if data.get(name) == value]
    without = [{name: value for name, value in data.items() if name not in left} for left in ([], *_some(added))]
    return map(reading.digest, without)


def _some(names: list[str]) -> list[list[str]]:
    """Each of them alone, and all."""
    return [*([name] for name in names), names]
