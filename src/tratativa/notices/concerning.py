"""Concerning: whom of which team an entry of the ledger concerns, and what it is to them."""

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from tratativa.accounts import rights
from tratativa.accounts.models import Role
from tratativa.accounts.rights import Right
from tratativa.cases import events
from tratativa.cases.core import audience
from tratativa.cases.models import Case, Deadline, Entry, FollowUp, Held, QueueMember
from tratativa.cases.reading import scorecards
from tratativa.notices import mentions, teams
from tratativa.notices.models import Kind
from tratativa.rulebook.terms.parties import Party

TEAMS = (Party.MARKETPLACE, Party.SELLER, Party.PARTNER)


@dataclass(frozen=True)
class Concern:
    """That an entry is of this kind to these people of the party's team."""

    kind: Kind
    party: Party
    people: frozenset[uuid.UUID]


def of(case: Case, entry: Entry, *, at: datetime) -> Iterator[Concern]:
    """Whom the entry concerns, in the order of what it is to them. Who did it, and who may not read it, is nobody.

    `at` is now: what is no longer worth a word then (a deadline that passed meanwhile) concerns nobody.
    """
    find = _CONCERNS.get(entry.event)
    for one in find(case, entry, at) if find else ():
        people = one.people - {entry.actor_id} if entry.actor_id else one.people
        if people and audience.holds(entry.audience, one.party):
            yield Concern(one.kind, one.party, frozenset(people))


def responsible(case: Case, party: Party) -> frozenset[uuid.UUID]:
    """Who is to know of what comes to the case: whoever is responsible in the team, else all who may answer in a
    seller's or a partner's. The marketplace's team has its lists for what is nobody's."""
    person = case.seller_assignee_id if party is Party.SELLER else case.assignee_id
    if party is not Party.PARTNER and person:
        return frozenset({person})
    return frozenset() if party is Party.MARKETPLACE else _answering(case, party)


def _answering(case: Case, party: Party) -> frozenset[uuid.UUID]:
    return frozenset(
        teams.of(case, party).filter(role__in=rights.roles(party, Right.ANSWER)).values_list("person", flat=True)
    )


def _assigned(case: Case, entry: Entry, at: datetime) -> Iterable[Concern]:
    """The team reads whom it made responsible, and no other one."""
    person = str(entry.data["person"])
    party = Party.SELLER if entry.audience == audience.of(Party.SELLER) else Party.MARKETPLACE
    return [Concern(Kind.ASSIGNED, party, frozenset({uuid.UUID(person)}))] if person else []


def _opened(case: Case, entry: Entry, at: datetime) -> Iterable[Concern]:
    """A case that is over by now waits for nobody. Where nobody of its seller has come in, whoever lets people in is
    told instead (ADR 112)."""
    for party in (Party.SELLER, Party.PARTNER):
        if entry.party != party and case.is_open:
            yield Concern(Kind.OPENED, party, _answering(case, party))
    if case.is_open and case.seller_id and not case.queue and not teams.of(case, Party.SELLER).exists():
        who = rights.roles(Party.MARKETPLACE, Right.SETTINGS)
        people = teams.of(case, Party.MARKETPLACE).filter(role__in=who).values_list("person", flat=True)
        yield Concern(Kind.OPENED, Party.MARKETPLACE, frozenset(people))


def _said(case: Case, entry: Entry, at: datetime) -> Iterable[Concern]:
    """Words of another party, or what it answered. A queue's own reach its asker on the case that asked."""
    for party in TEAMS:
        asked_elsewhere = case.queue and party is Party.MARKETPLACE
        if entry.party != party and not (asked_elsewhere and entry.party == Party.PARTNER):
            yield Concern(Kind.MESSAGE, party, responsible(case, party))


def _queue_answered(case: Case, entry: Entry, at: datetime) -> Iterable[Concern]:
    """Whoever is responsible for the case that asked, or for the question; else those the queue's cases go to."""
    child = Case.objects.filter(pk=entry.data["child"]).values_list("assignee", flat=True).first()
    people = frozenset(person for person in (case.assignee_id, child) if person)
    if not people:
        queue = QueueMember.objects.filter(
            assignment__marketplace=case.marketplace_id, assignment__seller=None, assignment__queue=entry.data["queue"]
        )
        people = frozenset(queue.values_list("person", flat=True))
    return [Concern(Kind.ANSWER, Party.MARKETPLACE, people)]


def _running_out(case: Case, entry: Entry, at: datetime) -> Iterable[Concern]:
    """Whoever owes it, while there is still time."""
    clocks = Deadline.objects.filter(case=case, rule=entry.data["rule"], state="running", due_at__gt=at)
    for owing in clocks.values_list("party", flat=True):
        if owing in TEAMS:
            yield Concern(Kind.DEADLINE, Party(owing), responsible(case, Party(owing)))


def _mentioned(case: Case, entry: Entry, at: datetime) -> Iterable[Concern]:
    """Those of the writer's team whom words for that team alone name."""
    party = next((one for one in TEAMS if entry.audience == audience.of(one)), None)
    if party and "@" in entry.said:
        people = mentions.named(entry.said, teams.of(case, party).select_related("person"))
        yield Concern(Kind.MENTION, party, people)


def _handed_over(case: Case, entry: Entry, at: datetime) -> Iterable[Concern]:
    """Whoever has it now, and whom the summary names beside."""
    received = list(_assigned(case, entry, at))
    yield from received
    told = frozenset().union(*(one.people for one in received))
    for one in _mentioned(case, entry, at):
        yield Concern(one.kind, one.party, one.people - told)


def _counted(case: Case, entry: Entry, at: datetime) -> Iterable[Concern]:
    """Those who administer the seller, where this one left one more, or a fifth of the limit, until a consequence."""
    if case.seller_id and scorecards.nears(case, entry.data["metric"], at=entry.at):
        admins = teams.of(case, Party.SELLER).filter(role=Role.ADMIN)
        yield Concern(Kind.STANDING, Party.SELLER, frozenset(admins.values_list("person", flat=True)))


def _task(case: Case, entry: Entry, at: datetime) -> Iterable[Concern]:
    task = FollowUp.objects.filter(pk=entry.data["follow_up"], done_at=None).first()
    person = (task.owner_id or case.assignee_id) if task else None
    return [Concern(Kind.TASK, Party.MARKETPLACE, frozenset({person}))] if person else []


def _not_sent(case: Case, entry: Entry, at: datetime) -> Iterable[Concern]:
    """Whoever wrote it, and may have gone on to another case."""
    party = next((one for one in TEAMS if entry.audience == audience.of(one)), None)
    return [Concern(Kind.MESSAGE, party, frozenset({uuid.UUID(str(entry.data["person"]))}))] if party else []


def _not_done(case: Case, entry: Entry, at: datetime) -> Iterable[Concern]:
    """Whoever asked for what was held and does not happen after all: they went on to another case meanwhile."""
    if entry.data["decision"] != "refused":
        return []
    held = Held.objects.get(pk=entry.data["held"])
    return [Concern(Kind.MESSAGE, Party(held.party), frozenset({held.person_id}))] if held.party in TEAMS else []


_CONCERNS: Mapping[str, Callable[[Case, Entry, datetime], Iterable[Concern]]] = {
    events.Assigned.name: _assigned, events.HandedOver.name: _handed_over, events.Opened.name: _opened,
    events.Posted.name: _said, events.Answered.name: _said, events.ChildAnswered.name: _queue_answered,
    events.DeadlineWarned.name: _running_out, events.FollowUpDue.name: _task,
    events.Noted.name: _mentioned, events.CallLogged.name: _mentioned, events.Counted.name: _counted,
    events.NotSent.name: _not_sent, events.HoldEnded.name: _not_done,
}  # fmt: skip
