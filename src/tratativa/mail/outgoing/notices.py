"""Notices: which change is worth a letter, and to whom. Recipients come from the case's parties, never elsewhere."""

import uuid
from collections.abc import Iterator
from dataclasses import dataclass

from tratativa.accounts.models import Membership, Person
from tratativa.cases.core import audience, work
from tratativa.cases.core.change import Change
from tratativa.cases.events import HandedOver
from tratativa.cases.models import Case, Entry
from tratativa.cases.sentences import registry
from tratativa.mail.models import Letter
from tratativa.rulebook.terms.parties import Party


@dataclass(frozen=True)
class _Reader:
    id: uuid.UUID
    address: str


def write(change: Change) -> None:
    """Writes the letters a change asks for and the jobs that send them, in the change's own transaction."""
    for party in (Party.CUSTOMER, Party.SELLER, Party.PARTNER):
        entry = _telling(change, party)
        if entry:
            for reader in _readers(change.case, party):
                _letter(change, entry, party, reader)
    for entry in change.entries:
        if entry.event == HandedOver.name:
            _to_colleague(change, entry)


def _telling(change: Change, party: Party) -> Entry | None:
    worth = [entry for entry in change.entries if _concerns(entry, party)]
    return min(worth, key=lambda entry: registry.of(entry.event).rank, default=None)


def _concerns(entry: Entry, party: Party) -> bool:
    telling = registry.of(entry.event)
    if party not in telling.writes_to or not audience.holds(entry.audience, party):
        return False
    # Nobody is written to about what they did, except the customer, who is owed the number of what they opened.
    own_opening = entry.event == "case.opened" and party is Party.CUSTOMER
    return entry.party != party or own_opening or telling.to_its_cause


def _readers(case: Case, party: Party) -> Iterator[_Reader]:
    if party is Party.CUSTOMER:
        address = case.letters_to or (case.customer.email if case.customer else "")
        if case.customer and address:
            yield _Reader(case.customer.pk, address)
        return
    if party is Party.PARTNER:
        yield from _of_partner(case)
        return
    if case.seller_id is None:
        return
    team = Membership.objects.filter(seller_id=case.seller_id, person__is_active=True)
    for member in team.select_related("person"):
        yield _Reader(member.person_id, member.person.email)


def _of_partner(case: Case) -> Iterator[_Reader]:
    """The partner's people, and its own address, whose letter carries a link to the one child case."""
    if case.partner is None:
        return
    if case.partner.email:
        yield _Reader(case.partner.pk, case.partner.email)
    team = Membership.objects.filter(partner=case.partner, person__is_active=True)
    for member in team.select_related("person"):
        yield _Reader(member.person_id, member.person.email)


def _to_colleague(change: Change, entry: Entry) -> None:
    """Tells whoever a case was handed to, unless they took it themselves."""
    person = Person.objects.filter(pk=entry.data["person"], is_active=True).first()
    if person and person.pk != entry.actor_id:
        _letter(change, entry, Party.MARKETPLACE, _Reader(person.pk, person.email))


def _letter(change: Change, entry: Entry, party: Party, reader: _Reader) -> None:
    letter, made = Letter.objects.get_or_create(
        entry=entry,
        kind=entry.event,
        reader_id=reader.id,
        defaults={
            "marketplace_id": change.case.marketplace_id,
            "case": change.case,
            "party": party,
            "address": reader.address,
            "at": entry.at,
        },
    )
    if made:
        work.ask("mail.send_letter", lock=change.case.pk, letter_id=letter.pk)
