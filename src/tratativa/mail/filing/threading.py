"""Threading: which case a letter answers, by what only our own letters carry; never by its subject."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from tratativa.cases.models import Case
from tratativa.mail import tokens
from tratativa.mail.models import Arrival, Letter, Mailbox
from tratativa.mail.reading.mime import addresses
from tratativa.mail.reading.mime.fields import Fields
from tratativa.rulebook.terms.parties import Party

_TO = ("delivered-to", "x-original-to", "envelope-to", "to", "cc")


@dataclass(frozen=True)
class Thread:
    """The case a letter answers, and the letter of ours it names, where it names one.

    `own_address` where it came to the signed address that this case's customer alone was given.
    """

    case: Case | None = None
    letter: Letter | None = None
    own_address: bool = False


def find(fields: Fields, recipients: Sequence[str], mailbox: Mailbox) -> Thread:
    """By a signed reply address, by the Message-ID of a letter of ours, or of an answer that was filed before."""
    ids = [*addresses.ids(fields.raw("in-reply-to")), *reversed(addresses.ids(fields.raw("references")))]
    letter = of_ids(ids, mailbox)
    if (named := _by_address(fields, recipients, mailbox)) is not None:
        return Thread(named[0], letter, own_address=named[1])
    return Thread((letter.case if letter else None) or _by_answer(ids, mailbox), letter)


def of_ids(ids: Sequence[str], mailbox: Mailbox) -> Letter | None:
    """The first of these that is a letter of ours, of this mailbox's marketplace."""
    keys = [key for one in ids if (key := tokens.key_of(one))]
    found = {
        letter.pk: letter
        for letter in Letter.objects.filter(pk__in=keys, marketplace_id=mailbox.marketplace_id).select_related("case")
    }
    return next((found[key] for key in keys if key in found), None)


def _by_address(fields: Fields, recipients: Sequence[str], mailbox: Mailbox) -> tuple[Case, bool] | None:
    """The case of a reply address of this mailbox, and whether it is the one given to the case's customer."""
    named = list(recipients)
    for header in _TO:
        for value in fields.every(header):
            named += [one.address for one in addresses.mailboxes(value)]
    for address in named[:200]:
        token = tokens.case_of(address)
        if token and tokens.bare(address) == mailbox.address.lower():
            case = Case.objects.filter(pk=token[0], marketplace_id=mailbox.marketplace_id).first()
            if case and case.customer_id and tokens.fits(token[1], mailbox, case.pk, case.customer_id):
                return case, True
            if case and any(_given_before(token[1], mailbox, case.pk, reader) for reader in _readers(case)):
                return case, False
    return None


def _given_before(mac: str, mailbox: Mailbox, case_id: uuid.UUID, reader_id: uuid.UUID) -> bool:
    return tokens.fits(mac, mailbox, case_id, reader_id) or tokens.fitted(mac, case_id, reader_id)


def _readers(case: Case) -> list[uuid.UUID]:
    """Whoever was given an address of this case as its customer, by now another one perhaps."""
    told = Letter.objects.filter(case=case, party=Party.CUSTOMER).values_list("reader_id", flat=True).distinct()
    return [*told, *([case.customer_id] if case.customer_id else [])]


def _by_answer(ids: Sequence[str], mailbox: Mailbox) -> Case | None:
    """By a letter of somebody's that is on a case already: whoever answers their own letter answers its case."""
    filed = Arrival.objects.filter(message_id__in=ids[:50], mailbox=mailbox, case__isnull=False).select_related("case")
    by_id = {arrival.message_id: arrival.case for arrival in filed}
    return next((by_id[one] for one in ids if one in by_id), None)
