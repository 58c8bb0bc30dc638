"""Anchors read again: each is signed by its key, continues the one before, and the chain it speaks of is still here."""

import base64
import hashlib
import uuid
from collections.abc import Container, Iterator
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db.models import Exists, OuterRef, TextField
from django.db.models.functions import Cast

from tratativa.evidence import faults, names, statements
from tratativa.evidence.faults import Fault
from tratativa.evidence.models import Anchor, Head
from tratativa.evidence.names import Named


class _Row(NamedTuple):
    """An anchor's row. The day is as the database spells it: it knows days that Python does not."""

    slug: str
    marketplace_id: uuid.UUID
    day: str
    root: str
    statement: str
    signature: str
    public: str
    here: bool


class Reading:
    """One reading of the anchors; `read` is how many it has seen. `kept` are those somebody kept outside."""

    def __init__(self, marketplace_id: uuid.UUID | None, kept: tuple[str, ...]) -> None:
        """Nothing is read yet."""
        self.read = 0
        self._marketplace_id, self._kept = marketplace_id, kept

    def faults(self) -> Iterator[Fault]:
        """What does not fit, by marketplace and day; then what was kept outside and is not here."""
        here = Exists(Head.objects.filter(marketplace=OuterRef("marketplace"), hash=OuterRef("root")))
        rows = Anchor.objects.annotate(here=here, spelled=Cast("day", TextField()))
        if self._marketplace_id:
            rows = rows.filter(marketplace=self._marketplace_id)
        of, number, previous = None, 0, ""
        columns = ("marketplace__slug", "marketplace_id", "spelled", "root", "statement", "signature", "key__public")
        for row in map(_Row._make, rows.order_by("marketplace_id", "day").values_list(*columns, "here")):
            if row.marketplace_id != of:
                of, number, previous = row.marketplace_id, 0, ""
            number += 1
            self.read += 1
            if fault := _fault(row, number, previous):
                yield fault
            previous = row.statement
        present = set(Anchor.objects.values_list("statement", flat=True)) if self._kept else set()
        yield from filter(None, (_fault_of_kept(one, present) for one in self._kept))
        yield from names.wrong(self._named(), self._marketplace_id)

    def _named(self) -> Iterator[Named]:
        """What each anchor calls its marketplace, those that were kept outside too."""
        chains = dict(Anchor.objects.values_list("statement", "marketplace_id"))
        for statement in {*chains, *filter(None, map(statement_of, self._kept))}:
            if named := names.read(statement, chains.get(statement)):
                yield named


def digest(statement: str) -> str:
    """The name by which the next anchor speaks of this one; of the first, nothing."""
    return hashlib.sha256(statement.encode()).hexdigest() if statement else ""


def is_signed(statement: str, signature: str, public: str) -> bool:
    """Whether the key signed it (Ed25519, RFC 8032); signature and key in base64."""
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public))
        key.verify(base64.b64decode(signature), statement.encode())
    except (InvalidSignature, ValueError):
        return False
    return True


def statement_of(line: str) -> str:
    """What a kept anchor states; empty where it is none that its own key signed."""
    one = statements.carried(line)
    signed = one and is_signed(*one) and statements.read(one.statement)
    return one.statement if one and signed else ""


def chain_of(line: str) -> uuid.UUID | None:
    """Whose a kept anchor is; None where it says none, as those of old."""
    said = statements.read(statement_of(line))
    return said.chain if said else None


def _fault(row: _Row, number: int, previous: str) -> Fault | None:
    chain = f"{row.slug} {row.day}"
    if not is_signed(row.statement, row.signature, row.public):
        return Fault(chain, number, faults.FORGED)
    said = statements.read(row.statement)
    if said is None:
        return Fault(chain, number, faults.UNREADABLE)  # by a key somebody added for it
    if (said.root, said.day.isoformat()) != (row.root, row.day):
        return Fault(chain, number, faults.ALTERED)
    if said.chain not in {None, row.marketplace_id}:  # those of old name no chain
        return Fault(chain, number, faults.OTHER_CHAIN)
    if said.previous != digest(previous):
        return Fault(chain, number, faults.UNLINKED)
    if not row.here:
        return Fault(chain, number, faults.NO_ROOT)
    return None


def _fault_of_kept(line: str, present: Container[str]) -> Fault | None:
    """A kept anchor is believed by its own key: one that was put in its place since would not sign for the old."""
    one = statements.carried(line)
    said = statements.read(one.statement) if one else None
    if one is None or said is None:
        return Fault(line[:40], 1, faults.UNREADABLE)
    chain = f"{said.marketplace} {said.day}"
    if not is_signed(*one):
        return Fault(chain, 1, faults.FORGED)
    if one.statement not in present:
        return Fault(chain, 1, faults.NO_ANCHOR)
    return None
