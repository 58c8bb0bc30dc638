"""Threading: which case a letter answers, by what only our own letters carry; never by its subject."""

import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from tratativa.cases.models import Case
from tratativa.mail import tokens
from tratativa.mail.models import Arrival, Letter, Mailbox
from tratativa.mail.reading.mime import addresses
from tratativa.mail.reading.mime.fields import Fields

_OURS = re.compile(r"^([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12})@")
_TO = ("delivered-to", "x-original-to", "envelope-to", "to", "cc")


@dataclass(frozen=True)
class Thread:
    """The case a letter answers, and the letter of ours it names, where it names one."""

    case: Case | None = None
    letter: Letter | None = None


def find(fields: Fields, recipients: Sequence[str], mailbox: Mailbox) -> Thread:
    """By a signed reply address, by the Message-ID of a letter of ours, or of an answer that was filed before."""
    ids = [*addresses.ids(fields.raw("in-reply-to")), *reversed(addresses.ids(fields.raw("references")))]
    letter = of_ids(ids, mailbox)
    case = _by_address(fields, recipients, mailbox) or (letter.case if letter else None) or _by_answer(ids, mailbox)
    return Thread(case, letter)


def of_ids(ids: Sequence[str], mailbox: Mailbox) -> Letter | None:
    """The first of these that is a letter of ours, of this mailbox's marketplace."""
    keys = [key for one in ids if (key := ours(one))]
    found = {
        letter.pk: letter
        for letter in Letter.objects.filter(pk__in=keys, marketplace_id=mailbox.marketplace_id).select_related("case")
    }
    return next((found[key] for key in keys if key in found), None)


def ours(message_id: str) -> uuid.UUID | None:
    """The key in a Message-ID of the form ours have."""
    found = _OURS.match(message_id.lower())
    return uuid.UUID(found[1]) if found else None


def _by_address(fields: Fields, recipients: Sequence[str], mailbox: Mailbox) -> Case | None:
    named = list(recipients)
    for header in _TO:
        for value in fields.every(header):
            named += [one.address for one in addresses.mailboxes(value)]
    for address in named[:200]:
        token = tokens.case_of(address)
        if token and tokens.bare(address) == mailbox.address.lower():
            case = Case.objects.filter(pk=token[0], marketplace_id=mailbox.marketplace_id).first()
            if case and any(tokens.fits(token[1], case.pk, reader) for reader in _readers(case)):
                return case
    return None


def _readers(case: Case) -> list[uuid.UUID]:
    told = Letter.objects.filter(case=case).values_list("reader_id", flat=True).distinct()
    return [*told, *([case.customer_id] if case.customer_id else [])]


def _by_answer(ids: Sequence[str], mailbox: Mailbox) -> Case | None:
    """By a letter of somebody's that is on a case already: whoever answers their own letter answers its case."""
    filed = Arrival.objects.filter(message_id__in=ids[:50], mailbox=mailbox, case__isnull=False).select_related("case")
    by_id = {arrival.message_id: arrival.case for arrival in filed}
    return next((by_id[one] for one in ids if one in by_id), None)
