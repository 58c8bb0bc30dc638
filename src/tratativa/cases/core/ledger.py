"""The ledger: appending entries, each sealed to the one before it. `evidence.walking` reads whether all is whole."""

import hashlib
import json
import secrets
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from tratativa.accounts.actors import Actor
from tratativa.cases.events import Event
from tratativa.cases.models import Attachment, Case, Entry, Text

# What of a case's row decides who reads it, by which rules, and about what; each is a column `…_id` of it.
OWNERS = ("marketplace", "version", "seller", "customer", "partner", "order", "parent")


def append(
    case: Case,
    event: Event,
    *,
    audience: int,
    by: Actor,
    at: datetime,
    words: str | None = None,
    rich: str = "",
    files: Sequence[Attachment] = (),
) -> Entry:
    """Appends one entry, its words beside it, sealed over the files it brings (`cases.files.attachments` moves them
    there), and over whose the case is where that is new. The caller holds the case's lock and saves the case."""
    salt = secrets.token_hex(16) if words is not None else ""
    data, of = event.data(), owners(case)
    if files:
        data["files"] = [said_of(file) for file in files]
    if of != case.sealed_of:
        data["owners"] = case.sealed_of = of
    entry = Entry(
        case=case,
        number=case.entries_count + 1,
        event=event.name,
        data=data,
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


def owners(case: Case) -> dict[str, str]:
    """Whose the case is, under which rules and about which order: keys by `OWNERS`; nobody is left out."""
    return {name: str(key) for name in OWNERS if (key := getattr(case, f"{name}_id"))}


def said_of(file: Attachment) -> dict[str, Any]:
    """What an entry says of a file it brings: its key, the digest of its bytes, that of its row, and of an identity
    paper until when its bytes are kept."""
    said = {"id": str(file.pk), "sha256": file.sha256, "row": row_digest(file.pk, file.sha256, file.size, file.name)}
    return said | ({"until": file.expires_at.astimezone(UTC).isoformat()} if file.expires_at else {})


def row_digest(pk: uuid.UUID, sha256: str, size: int, name: str) -> str:
    """The digest of what a sent file's row says for good: the name, a person's words, is in no entry."""
    said = [str(pk), sha256, size, name]
    return hashlib.sha256(json.dumps(said, separators=(",", ":")).encode()).hexdigest()


def words_digest(words: str | None, salt: str, rich: str = "") -> str:
    """The salted digest an entry is sealed over; empty where it has no words."""
    if words is None:
        return ""
    said = f"{words}\0{rich}" if rich else words  # no words hold a NUL: the two cannot be told apart otherwise
    return hashlib.sha256(f"{salt}{said}".encode()).hexdigest()
