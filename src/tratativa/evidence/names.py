"""Names of chains: what an anchor calls a marketplace is still that marketplace, or nobody's, or was changed on record.

Another chain under an old name is how a forged marketplace would pass for the one a stranger's anchor speaks of.
"""

import uuid
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from typing import NamedTuple

from tratativa.accounts.audit.models import AuditLine
from tratativa.accounts.models import Marketplace
from tratativa.accounts.people import telling
from tratativa.cases.models import Entry
from tratativa.evidence import faults, statements
from tratativa.evidence.faults import Fault


class Named(NamedTuple):
    """That an anchor of this chain called it by this name on a day; `at` is when it was signed."""

    chain: uuid.UUID
    name: str
    day: date
    at: datetime


def read(statement: str, chain: uuid.UUID | None) -> Named | None:
    """What a statement calls its chain; None where it names none, and nobody knows whose it is."""
    said = statements.read(statement)
    if said is None:
        return None  # such an anchor is forged, and told as that
    of = said.chain or chain
    return Named(of, said.marketplace, said.day, said.at) if of else None


def wrong(named: Iterable[Named], marketplace_id: uuid.UUID | None) -> Iterator[Fault]:
    """What does not fit, once a name and chain; of one marketplace alone, what concerns it."""
    holders = dict(Marketplace.objects.values_list("slug", "pk"))
    names = {key: name for name, key in holders.items()}
    newest: dict[tuple[uuid.UUID, str], Named] = {}
    for one in sorted(named, key=lambda one: one.at):
        newest[one.chain, one.name] = one
    last = {one.chain: one for one in newest.values()}  # in the order of signing
    for one in newest.values():
        holder = holders.get(one.name, one.chain)
        if marketplace_id not in {None, holder, one.chain}:
            continue
        label = f"{one.name} {one.day}"
        if holder != one.chain and _claims(holder, one.day):
            yield Fault(label, 1, faults.NAME_TAKEN)
        elif last[one.chain] is one and names.get(one.chain, one.name) != one.name and not _was_renamed(one):
            yield Fault(label, 1, faults.RENAMED)


def _claims(marketplace_id: uuid.UUID, day: date) -> bool:
    """Whether this marketplace has entries of that day or of one before."""
    end = datetime.combine(day, time.max, UTC)  # not the next day's beginning: there is a last day
    return Entry.objects.filter(case__marketplace=marketplace_id, at__lte=end).exists()


def _was_renamed(since: Named) -> bool:
    """Whether the audit log says that it gave up this name after that."""
    lines = AuditLine.objects.filter(marketplace=since.chain, what=telling.READDRESSED, at__gte=since.at)
    return lines.filter(before__address=since.name).exists()
