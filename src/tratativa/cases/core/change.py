"""A change: what is happening to a case behind the door, and the entries it has led to so far."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from tratativa.accounts.actors import Actor
from tratativa.cases import events
from tratativa.cases.core import audience, facts, ledger
from tratativa.cases.models import Attachment, Case, Deadline, Entry
from tratativa.rulebook.language.actions import Action
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.facts import Facts
from tratativa.rulebook.terms.forms import FormField
from tratativa.rulebook.terms.parties import Party


@dataclass
class Change:
    """What is happening to a case right now: the locked row, its rules, who acts, and the entries so far.

    `answered` is the form whose answer leads to what happens, with that of the action that asked. `acted_at` is when
    the person acted, where what they did was held and happens only now.
    """

    case: Case
    book: Rulebook
    by: Actor
    at: datetime
    action: Action | None = None
    fields: dict[str, object] = field(default_factory=dict)
    because: str = ""
    warned: bool = False
    acted_at: datetime | None = None
    entries: list[Entry] = field(default_factory=list)
    clocks: list[Deadline] = field(default_factory=list)
    looked: dict[str, int] = field(default_factory=dict)
    answered: tuple[FormField, ...] = ()
    _stored: dict[str, object] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Remembers the case's row as it is stored; whose it is then, its entries have said."""
        self._stored = self._columns()
        if self.case.entries_count:
            self.case.sealed_of = ledger.owners(self.case)

    def save(self) -> None:
        """Saves the columns of the case that were touched, and no other: what others index stays where it is."""
        now = self._columns()
        touched = [name for name, value in now.items() if value != self._stored[name]]
        if touched:
            self.case.save(update_fields=touched)
        self._stored = now

    def _columns(self) -> dict[str, object]:
        """The row's values, lists as copies: one changed in place is a change, too."""
        values = {one.attname: getattr(self.case, one.attname) for one in self.case._meta.concrete_fields}
        return {name: list(value) if isinstance(value, list) else value for name, value in values.items()}

    def record(
        self,
        event: events.Event,
        *,
        to: int,
        words: str | None = None,
        rich: str = "",
        by: Actor | None = None,
        at: datetime | None = None,
        files: Sequence[Attachment] = (),
    ) -> Entry:
        """Appends an event that the audience `to` can read; `rich` is its words with their marks.

        It is sealed over its `files`, which `attachments.record` moves there.

        Nothing that happens in an internal case reaches the customer it is about, whoever means it for them.
        """
        if self.case.internal:
            to &= ~audience.BIT[Party.CUSTOMER]
        entry = ledger.append(
            self.case, event, audience=to, by=by or self.by, at=at or self.at, words=words, rich=rich, files=files
        )
        self.entries.append(entry)
        if audience.holds(to, Party.CUSTOMER):
            self.case.customer_in = True
        return entry

    def keep(self, clock: Deadline) -> None:
        """Stores a clock that began or changed."""
        clock.save()

    def known(self, at: datetime | None = None) -> Facts:
        """What is known of the case, whoever may know it; without a moment, nothing that moves with time."""
        return facts.of_case(self.case, None, at)

    def news(self, reader: str) -> Iterator[Entry]:
        """The entries this reader has not looked at yet, each once, with those that are recorded meanwhile."""
        while self.looked.get(reader, 0) < len(self.entries):
            self.looked[reader] = self.looked.get(reader, 0) + 1
            yield self.entries[self.looked[reader] - 1]

    @contextmanager
    def acting(self, by: Actor, *, at: datetime, because: str) -> Iterator[None]:
        """What happens inside is done by somebody else, at another moment, for a reason of its own."""
        was = (self.by, self.at, self.because)
        self.by, self.at, self.because = by, at, because
        try:
            yield
        finally:
            self.by, self.at, self.because = was

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """What happens inside stands whole, or leaves neither a row nor a trace in memory when it raises.

        The savepoint takes the rows back; what this change holds of them (the case, its clocks, the entries so far,
        the form) is put back as it was. Raises what was raised inside.
        """
        rows = {id(row): (row, dict(row.__dict__)) for row in (self.case, *self.clocks, *self.entries)}
        entries, clocks, fields, looked = list(self.entries), list(self.clocks), dict(self.fields), dict(self.looked)
        try:
            with transaction.atomic():
                yield
        except BaseException:
            for row, was in rows.values():
                row.__dict__.clear()
                row.__dict__.update(was)
            self.entries[:], self.clocks[:] = entries, clocks
            self.fields, self.looked = fields, looked
            raise

    def hand_to(self, party: Party, readers: int) -> None:
        """Passes the turn with a message to this party that `readers` can read.

        While the marketplace mediates, whatever is not its own word gives it the turn. So does it where the seller
        asked for its help, until it answers, without a trace for the customer. Nobody can answer what they cannot
        read: a message hidden from the customer leaves the turn where it is.
        """
        if self.by.party is Party.MARKETPLACE:
            self.case.helping = False
        if self.case.mediation == "asked" and self.by.party is not Party.MARKETPLACE:
            self.pass_turn(Party.MARKETPLACE, to=readers)
        elif self.case.helping:
            self.pass_turn(Party.MARKETPLACE, to=audience.TEAM_AND_SELLER)
            self.case.public_turn = str(party) if audience.holds(readers, Party.CUSTOMER) else self.case.public_turn
        elif party is not Party.CUSTOMER or audience.holds(readers, Party.CUSTOMER):
            self.pass_turn(party, to=readers)

    def told_customer(self, readers: int) -> None:
        """Remembers that the customer has heard from seller or marketplace, if these readers include them.

        The customer's own word waits for an answer again: closing must not hide it (P-08).
        """
        if self.by.party is Party.CUSTOMER:
            self.case.customer_waiting = True
        elif audience.holds(readers, Party.CUSTOMER):
            self.case.customer_answered, self.case.customer_waiting = True, False

    @property
    def form(self) -> tuple[FormField, ...]:
        """The fields `fields` were filled in by: those of the action, or of what was answered."""
        return self.answered or (self.action.fields if self.action else ())

    def take_files(self) -> list[Attachment]:
        """The files of the action's form, once: whoever takes them attaches them."""
        taken: list[Attachment] = []
        for one in self.form:
            if one.type == "files":
                given = self.fields.pop(one.id, None)
                taken.extend(given if isinstance(given, list) else [])
        return taken

    @property
    def everyone(self) -> int:
        """All parties that already know of this case: the audience of what is no secret to them."""
        if self.case.queue:
            return audience.WITH_PARTNER
        return audience.EVERYONE if self.case.customer_in else audience.TEAM_AND_SELLER

    def pass_turn(self, party: str, *, to: int | None = None) -> None:
        """Makes it this party's turn; `nobody` where nobody owes the next word. `to` may know of it, or everyone."""
        readers = self.everyone if to is None else to & self.everyone
        public = audience.holds(readers, Party.CUSTOMER)
        moved = self.case.waiting_on != party or (public and self.case.public_turn != party)
        if self.case.waiting_on != party:
            self.case.waiting_on, self.case.waiting_since = party, self.at
        if public:
            self.case.public_turn = party
        if moved:
            self.record(events.TurnPassed(to=party), to=readers)
