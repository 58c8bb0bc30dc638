"""Colleagues: whoever of the teams answers a case by mail is told, once, that the portal is where it counts."""

from tratativa.accounts.models import Person
from tratativa.cases.core import work
from tratativa.cases.models import Entry
from tratativa.mail.models import Letter
from tratativa.rulebook.terms.parties import Party

KIND = "letter.filed"


def tell(entry: Entry, party: Party, person: Person) -> None:
    """Writes to the address they sign in with, never to one a letter names; once for each person and case."""
    if Letter.objects.filter(case_id=entry.case_id, kind=KIND, reader_id=person.pk).exists():
        return
    letter = Letter.objects.create(
        marketplace_id=entry.case.marketplace_id, case=entry.case, entry=entry, kind=KIND, party=str(party),
        reader_id=person.pk, address=person.email, at=entry.at,
    )  # fmt: skip
    work.ask("mail.send_letter", lock=entry.case_id, letter_id=letter.pk)
