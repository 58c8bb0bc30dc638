"""The one door: nothing changes a case except inside `changing`, and everything it changes is one transaction."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from tratativa.accounts.actors import Actor
from tratativa.cases import (
    audience,
    books,
    deadlines,
    escalating,
    events,
    facts,
    following,
    ledger,
    live,
    planning,
    protocols,
)
from tratativa.cases.models import Attachment, Case, Deadline, Entry
from tratativa.cases.refusals import NotAllowed, Outdated
from tratativa.rulebook import verdict as verdicts
from tratativa.rulebook.actions import Action
from tratativa.rulebook.language import Rulebook
from tratativa.rulebook.parties import Party
from tratativa.rulebook.verdict import Available, Unavailable


@dataclass
class Change:
    """What is happening to a case right now: the locked row, its rules, who acts, and the entries so far.

    `acted_at` is when the person acted, where what they did was held and happens only now.
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

    def record(
        self,
        event: events.Event,
        *,
        to: int,
        words: str | None = None,
        rich: str = "",
        by: Actor | None = None,
        at: datetime | None = None,
    ) -> Entry:
        """Appends an event that the audience `to` can read; `rich` is its words with their marks.

        Nothing that happens in an internal case reaches the customer it is about, whoever means it for them.
        """
        if self.case.internal:
            to &= ~audience.BIT[Party.CUSTOMER]
        entry = ledger.append(self.case, event, audience=to, by=by or self.by, at=at or self.at, words=words, rich=rich)
        self.entries.append(entry)
        if audience.holds(to, Party.CUSTOMER):
            self.case.customer_in = True
        return entry

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

    def take_files(self) -> list[Attachment]:
        """The files of the action's form, once: whoever takes them attaches them."""
        taken: list[Attachment] = []
        for one in self.action.fields if self.action else ():
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


_QUIET = {
    events.DeadlineStarted.name, events.DeadlineWarned.name, events.DeadlineMet.name,
    events.MessageReported.name,  # a seller's page gone stale, or a case moved up a list, would tell of it
}  # fmt: skip

# What else follows from a change, in the same transaction (letters, jobs). Each may run twice for one change
# and writes rows with unique keys. Registered by the apps above, which this one may not import.
REACTIONS: list[Callable[[Change], None]] = []


@contextmanager
def changing(case_id: uuid.UUID, name: str, *, by: Actor, at: datetime, seen: int | None = None) -> Iterator[Change]:
    """Opens the door for one action of `by`, named by id or label.

    Raises NotAllowed when the verdict refuses, Outdated when `seen` (the row version a form was drawn
    from) is no longer the case's, and Case.DoesNotExist when there is no such case.
    """
    with transaction.atomic():
        change = _enter(case_id, by=by, at=at)
        if seen is not None and seen != change.case.row_version:
            raise Outdated
        change.action = _allowed(change, name)
        change.because = f"action:{change.action.id}"
        yield change
        settle(change)


@contextmanager
def resuming(case_id: uuid.UUID, name: str, *, by: Actor, at: datetime, asked_at: datetime) -> Iterator[Change]:
    """Opens the door for an action that was held since `asked_at`, in its author's name. Raises NotAllowed."""
    with transaction.atomic():
        change = _enter(case_id, by=by, at=at)
        held, change.case.held = change.case.held, []
        change.action = _allowed(change, name)
        change.case.held, change.acted_at = held, asked_at
        change.because = f"action:{change.action.id}"
        yield change
        settle(change)


@contextmanager
def beginning(case: Case, *, by: Actor, at: datetime) -> Iterator[Change]:
    """Opens the door for a case that does not exist yet: it gets its number and is stored."""
    with transaction.atomic():
        book = books.of(case)
        case.protocol = protocols.issue(at.astimezone(book.clock.zone).date())
        case.save(force_insert=True)
        change = Change(case, book, by, at, because="opened")
        yield change
        settle(change)


@contextmanager
def judging(case_id: uuid.UUID, *, by: Actor, at: datetime) -> Iterator[Change]:
    """Opens the door for the clock, and for facts that came back from other systems: no action, no verdict."""
    with transaction.atomic():
        change = _enter(case_id, by=by, at=at)
        yield change
        settle(change)


def settle(change: Change) -> None:
    """What every change ends in: clocks re-planned, the row saved, everyone told."""
    following.follow(change)
    planning.replan(change)
    deadlines.judge(change)  # a clock that was planned anew may have run out already: it is missed, not running
    escalating.notice(change)
    case = change.case
    news = [entry for entry in change.entries if _is_news(entry)]
    if news:
        case.row_version += 1
        case.last_activity_at = max(case.last_activity_at, *(entry.at for entry in news))
    case.save()
    for react in REACTIONS:
        react(change)
    live.announce(change.case, change.entries)


def _is_news(entry: Entry) -> bool:
    """Whether the other side has something new to read: one's own notes, and clocks ticking, outdate no page."""
    return entry.event not in _QUIET and len(audience.parties(entry.audience)) > 1


def _enter(case_id: uuid.UUID, *, by: Actor, at: datetime) -> Change:
    # Lock the case before anything else: verbs take case, then clocks, and the other order deadlocks.
    Case.objects.select_for_update().only("id").get(pk=case_id)
    case = Case.objects.select_related(
        "order__seller", "asked_seller", "seller", "customer", "partner", "marketplace"
    ).get(pk=case_id)
    change = Change(case, books.of(case), by, at)
    change.clocks = deadlines.unanswered(case)
    # A click after the due time must not count as in time only because the sweep has not come by yet.
    deadlines.judge(change)
    return change


def _allowed(change: Change, name: str) -> Action:
    verdict = verdicts.verdict(
        change.book,
        facts.of_case(change.case, change.by, change.at),
        deadlines.clocks(change.clocks, change.book),
        change.by.party,
    )
    answer = verdict.find(name)
    if isinstance(answer, Available):
        return answer.action
    if isinstance(answer, Unavailable) and answer.why:
        raise NotAllowed(answer.why)
    raise NotAllowed(_("Esta ação não está disponível neste atendimento."))
