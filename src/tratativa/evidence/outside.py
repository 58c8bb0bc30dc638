"""What is held outside the database: the newest head of each chain, every minute, and the anchors of late.

Whoever has the database alone cuts or rewrites heads, or takes anchors away, and this still says what there was. What
does not fit any more is never written over: that takes somebody's word (`accept`), which stays on record.
"""

import logging
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tratativa.accounts import audit
from tratativa.accounts.models import Marketplace
from tratativa.evidence import faults, held_files, signed
from tratativa.evidence.faults import Fault
from tratativa.evidence.held_files import Mark, Marks, Unreadable
from tratativa.evidence.models import Anchor, Head
from tratativa.evidence.statements import Carried

log = logging.getLogger(__name__)

ACCEPTED = audit.register(
    "ledger.accepted",
    _("Aceitou que o registro perdeu elos ou âncoras que a pasta dos dados guardava"),
    {"links": _("Elos"), "anchors": _("Âncoras")},
)
ANCHORS = 60  # of each chain, the newest: each of them continues the one before


@dataclass(frozen=True)
class Held:
    """What was held at one moment. It is read before the database is, for that has all that was written here."""

    marks: Marks
    anchors: tuple[str, ...]
    unreadable: tuple[str, ...] = ()  # names of files; the others are compared

    def speaks_of(self, marketplace_id: uuid.UUID | None) -> bool:
        """Whether it says how far this marketplace's chain had come, or, of all, any."""
        return marketplace_id in self.marks if marketplace_id else bool(self.marks)

    def faults(self, marketplace_id: uuid.UUID | None = None) -> Iterator[Fault]:
        """What the chains of heads have lost of it, or one marketplace's; of the anchors `signed` tells."""
        for name in self.unreadable:
            yield Fault(str(held_files.folder() / name), 1, faults.HELD_UNREADABLE)
        if self.anchors and not self.marks and held_files.HEADS not in self.unreadable:
            yield Fault(str(held_files.folder() / held_files.HEADS), 1, faults.HELD_MISSING)
        names = dict(Marketplace.objects.values_list("pk", "slug"))
        for chain, mark in self.marks.items():
            if marketplace_id in {None, chain} and (why := _wrong(chain, mark)):
                yield Fault(names.get(chain, str(chain)), mark.number, why)


@dataclass(frozen=True)
class Accepted:
    """What somebody accepts of one chain: how far it had come where that is gone, how far it comes, anchors gone."""

    chain: uuid.UUID
    before: Mark | None
    after: Mark | None
    anchors: int

    def said(self) -> dict[str, Any]:
        """As it is kept in a line of JSON."""
        return {
            "chain": str(self.chain), "before": vars(self.before) if self.before else None,
            "after": vars(self.after) if self.after else None,
        }  # fmt: skip


def read() -> Held:
    """What is held here; of what does not read, that it does not, and the other is held all the same."""
    marks: Marks = {}
    anchors: tuple[str, ...] = ()
    unreadable = []
    try:
        marks = held_files.marks()
    except (Unreadable, OSError):
        unreadable.append(held_files.HEADS)
    try:
        anchors = held_files.anchors()
    except OSError:
        unreadable.append(held_files.ANCHORS)
    return Held(marks, anchors, tuple(unreadable))


def hold_heads() -> None:
    """Writes down how far each chain has come; of one that lost what is held, that stays. Raises OSError, Unreadable.

    Several workers may do so at once.
    """
    with held_files.locked():
        held = held_files.marks()  # before the database is asked: see `Held`
        lost = {chain: mark for chain, mark in held.items() if _wrong(chain, mark)}
        for chain, mark in lost.items():
            log.error("the chain of %s has lost its head %s: tratativa ledger verify tells", chain, mark.number)
        if (now := {**_newest(), **lost}) != held:
            held_files.write_marks(now)


def hold_anchors() -> None:
    """Writes down the newest anchors of each chain; one that is gone from the database stays. Raises OSError."""
    with held_files.locked():
        held = held_files.anchors()
        now = (*_gone(held), *_carried())
        if now != held:
            held_files.write_anchors(now)


def accept(*, because: str, at: datetime) -> list[Accepted]:
    """Holds from now on what the database has; what was held, and why it no longer is, stays beside it and on the audit
    log of each marketplace it concerns.

    Returns what did not fit, by chain. Raises OSError.
    """
    with held_files.locked(), transaction.atomic():
        held, now = read(), _newest()
        gone = _gone(held.anchors)
        lost = {chain: mark for chain, mark in held.marks.items() if _wrong(chain, mark)}
        counted = Counter(filter(None, map(signed.chain_of, gone)))
        found = [Accepted(one, lost.get(one), now.get(one), counted[one]) for one in sorted({*lost, *counted})]
        if found or gone or held.unreadable:
            chains = [one.said() for one in found]
            aside = [held_files.put_aside(name, at=at) for name in held.unreadable]
            said = {
                "at": at.astimezone(UTC).isoformat(), "because": because, "chains": chains, "anchors": gone,
                "unreadable": aside,
            }  # fmt: skip
            held_files.append_accepted(said)
        _audit(found, because)
        held_files.write_marks(now)
        held_files.write_anchors(_carried())
    return found


def _audit(found: Iterable[Accepted], because: str) -> None:
    marketplaces = Marketplace.objects.in_bulk()
    for one in found:
        if one.chain not in marketplaces:
            continue  # such a one has no log; the file tells of it
        before = {"links": one.before.number if one.before else None, "anchors": one.anchors}
        audit.record(
            marketplaces[one.chain], what=ACCEPTED, by_command="ledger accept", about=because[:200], before=before,
            after={"links": one.after.number if one.after else 0},
        )  # fmt: skip


def _wrong(chain: uuid.UUID, mark: Mark) -> Promise | None:
    heads = Head.objects.filter(marketplace=chain, number=mark.number)
    if found := heads.values_list("hash", flat=True).first():
        return None if found == mark.hash else faults.HELD_REWRITTEN
    return faults.HELD_CUT


def _newest() -> dict[uuid.UUID, Mark]:
    heads = Head.objects.order_by("-number").values_list("number", "hash")
    newest = {key: heads.filter(marketplace=key).first() for key in _chains()}
    return {key: Mark(*row) for key, row in newest.items() if row}


def _chains() -> list[uuid.UUID]:
    return list(Marketplace.objects.order_by("pk").values_list("pk", flat=True))


def _gone(lines: tuple[str, ...]) -> list[str]:
    """Those of the held anchors that the database has no more."""
    here = set(Anchor.objects.values_list("statement", flat=True))
    return [line for line in lines if signed.statement_of(line) not in here]


def _carried() -> list[str]:
    """The newest anchors of each chain, as they are carried; what no key signed is none."""
    lines = []
    for key in _chains():
        rows = Anchor.objects.filter(marketplace=key).order_by("-day")[:ANCHORS]
        for row in map(Carried._make, rows.values_list("statement", "signature", "key__public")):
            if signed.is_signed(*row):
                lines.append(row.line())
    return lines
