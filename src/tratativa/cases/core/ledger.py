"""The ledger: appending entries, each sealed to the one before it. `evidence.walking` reads whether all is whole."""

import hashlib
import json
import secrets
import uuid
from datetime import UTC, datetime

from tratativa.accounts.actors import Actor
from tratativa.cases.events import Event
from tratativa.cases.models import Case, Entry, Text


def append(
    case: Case, event: Event, *, audience: int, by: Actor, at: datetime, words: str | None = None, rich: str = ""
) -> Entry:
    """Appends one entry, its words beside it. The caller holds the case's lock and saves the case."""
    salt = secrets.token_hex(16) if words is not None else ""
    entry = Entry(
        case=case,
        number=case.entries_count + 1,
        event=event.name,
        data=event.data(),
        party=str(by.party),
        actor_id=by.person_id,
        audience=audience,
        at=at,
        previous=case.last_hash,
    )
    entry.digest = words_digest(words, salt, rich)
    entry.hash = seal(entry)
    entry.save(force_insert=True)
    if words is not None:
        Text.objects.create(
            entry=entry, case=case, seller_id=case.seller_id, customer_id=case.customer_id,
            marketplace_id=case.marketplace_id, day=f"{at:%Y%m%d}", audience=audience, body=words, rich=rich,
            salt=salt,
        )  # fmt: skip
    case.entries_count, case.last_hash = entry.number, entry.hash
    return entry


def seal(entry: Entry) -> str:
    """sha256 over the previous hash, everything the entry says, and the salted digest of its words."""
    return fingerprint(
        entry.previous, entry.case_id, entry.number, entry.event, entry.data, entry.party, entry.actor_id,
        entry.audience, entry.at, entry.digest,
    )  # fmt: skip


def fingerprint(
    previous: str,
    case_id: uuid.UUID,
    number: int,
    event: str,
    data: object,
    party: str,
    actor_id: uuid.UUID | None,
    audience: int,
    at: datetime,
    digest: str,
) -> str:
    """As `seal`, of the columns as they are read: a walk over millions makes no rows of them."""
    said = [
        previous, str(case_id), number, event, data, party, str(actor_id or ""), audience,
        at.astimezone(UTC).isoformat(), digest,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def words_digest(words: str | None, salt: str, rich: str = "") -> str:
    """The salted digest an entry is sealed over; empty where it has no words."""
    if words is None:
        return ""
    said = f"{words}\0{rich}" if rich else words  # no words hold a NUL: the two cannot be told apart otherwise
    return hashlib.sha256(f"{salt}{said}".encode()).hexdigest()
