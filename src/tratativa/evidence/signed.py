"""Anchors read again: each is signed by its key, continues the one before, and the chain it speaks of is still here."""

import base64
import hashlib
import json
import uuid
from collections.abc import Container, Iterator

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.db.models import Exists, OuterRef

from tratativa.evidence import faults, names
from tratativa.evidence.faults import Fault
from tratativa.evidence.models import Anchor, Head
from tratativa.evidence.names import Named


class Reading:
    """One reading of the anchors; `read` is how many it has seen. `kept` are those somebody kept outside."""

    def __init__(self, marketplace_id: uuid.UUID | None, kept: tuple[str, ...]) -> None:
        """Nothing is read yet."""
        self.read = 0
        self._marketplace_id, self._kept = marketplace_id, kept

    def faults(self) -> Iterator[Fault]:
        """What does not fit, by marketplace and day; then what was kept outside and is not here."""
        here = Exists(Head.objects.filter(marketplace=OuterRef("marketplace"), hash=OuterRef("root")))
        rows = Anchor.objects.select_related("key", "marketplace").annotate(here=here)
        if self._marketplace_id:
            rows = rows.filter(marketplace=self._marketplace_id)
        of, number, previous = None, 0, ""
        for row in rows.order_by("marketplace", "day"):
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


def statement_of(text: str) -> str:
    """What a kept anchor states; empty where it is none that its own key signed."""
    fault = _fault_of_kept(text, ())
    return "" if fault is None or fault.why != faults.NO_ANCHOR else str(json.loads(text)["statement"])


def chain_of(text: str) -> uuid.UUID | None:
    """Whose a kept anchor is; None where it says none, as those of old."""
    named = names.read(statement_of(text), None)
    return named.chain if named else None


def _fault(row: Anchor, number: int, previous: str) -> Fault | None:
    chain = f"{row.marketplace.slug} {row.day}"
    if not is_signed(row.statement, row.signature, row.key.public):
        return Fault(chain, number, faults.FORGED)
    said = json.loads(row.statement)
    if (said["root"], said["day"]) != (row.root, row.day.isoformat()):
        return Fault(chain, number, faults.ALTERED)
    if said.get("chain", str(row.marketplace_id)) != str(row.marketplace_id):  # those of old name no chain
        return Fault(chain, number, faults.OTHER_CHAIN)
    if said["previous"] != digest(previous):
        return Fault(chain, number, faults.UNLINKED)
    if not row.here:  # type: ignore[attr-defined]
        return Fault(chain, number, faults.NO_ROOT)
    return None


def _fault_of_kept(text: str, present: Container[str]) -> Fault | None:
    """A kept anchor is believed by its own key: one that was put in its place since would not sign for the old."""
    try:
        one = json.loads(text)
        statement, signature, public = one["statement"], one["signature"], one["key"]
        said = json.loads(statement)
        chain = f"{said['marketplace']} {said['day']}"
    except (ValueError, KeyError, TypeError):
        return Fault(text[:40], 1, faults.UNREADABLE)
    if not is_signed(statement, signature, public):
        return Fault(chain, 1, faults.FORGED)
    if statement not in present:
        return Fault(chain, 1, faults.NO_ANCHOR)
    return None
