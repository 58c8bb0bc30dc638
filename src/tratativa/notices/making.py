"""Making notices from the ledger: each person is told of an entry once, however often the job runs."""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from tratativa.accounts import reach
from tratativa.accounts.models import Membership
from tratativa.batches.models import Batch, Item, What
from tratativa.cases import events
from tratativa.cases.core import once
from tratativa.cases.models import Case, Entry, OpenCase
from tratativa.notices import asking, choosing, concerning, hearing, leaving, teams
from tratativa.notices.models import Kind, Notice
from tratativa.rulebook.terms.parties import Party

# So soon after each other, several messages on a case are one notice, which counts them.
BURST = timedelta(minutes=10)
_ALONE = {events.NotSent.name, events.HoldEnded.name}  # what one asked for oneself failed: said by itself


def make(case_id: uuid.UUID, first: int, last: int, *, at: datetime) -> list[Notice]:
    """Tells whom the entries from `first` to `last` concern; returns the notices that are new, or tell of more.

    Who has read the case that far already is told nothing. Jobs of one case run one after the other.
    """
    case = Case.objects.filter(pk=case_id).first()
    if case is None:
        return []
    told: dict[uuid.UUID, Notice] = {}
    numbered = Entry.objects.filter(case=case, number__range=(first, last), event__in=asking.TOLD)
    for entry in numbered.select_related("words").order_by("number"):
        for concern in concerning.of(case, entry, at=at):
            told |= {one.pk: one for one in _tell(case, entry, concern, first, at)}
    return _unread(told.values(), at=at)


def _tell(case: Case, entry: Entry, concern: concerning.Concern, since: int, at: datetime) -> list[Notice]:
    members = list(teams.of(case, concern.party).filter(person__in=concern.people))
    people = [member.person_id for member in members]
    read = dict(OpenCase.objects.filter(case=case, person__in=people).values_list("person", "read"))
    with reach.within(case.marketplace_id, *people):
        chosen = choosing.of_people(concern.kind, people)
        told = [
            _notice(case, entry, concern.kind, member, chosen[member.person_id], at)
            for member in members
            if chosen[member.person_id].any
            and read.get(member.person_id, 0) < entry.number
            and not _opening(case, entry, concern, member, since)
        ]
    return [notice for notice in told if notice]


def _opening(case: Case, entry: Entry, concern: concerning.Concern, member: Membership, since: int) -> bool:
    """Whether these words are those the case began with, of which its being new told already."""
    return (
        concern.kind is Kind.MESSAGE
        and Notice.objects.filter(
            person=member.person_id, case=case, kind=Kind.OPENED, first__gte=since, first__lt=entry.number
        ).exists()
    )


def _notice(
    case: Case, entry: Entry, kind: Kind, member: Membership, ways: choosing.Ways, at: datetime
) -> Notice | None:
    """The notice of this entry to this member; None where it was made before, or was told with another."""
    batch = _batch(case, entry) if kind is Kind.ASSIGNED else None
    with transaction.atomic():
        # One person's notices are made one after the other: two jobs of different cases may be of one batch.
        key = {"person_id": member.person_id, "batch": batch} if batch else _key(case, entry, kind, member)
        if not batch and (joined := _joined(entry, key)) is not None:
            return joined
        given = _key(case, entry, kind, member) | {
            "entry": entry, "last": entry.number, "at": entry.at, "batch": batch, "on_desk": ways.desk,
        }  # fmt: skip
        notice, fresh = once.locked(Notice, key, {name: value for name, value in given.items() if name not in key})
        if fresh:
            leaving.ask(notice, ways, at=at)
        return notice if fresh else None


def _key(case: Case, entry: Entry, kind: Kind, member: Membership) -> dict[str, object]:
    return {
        "person_id": member.person_id, "marketplace_id": member.marketplace_id, "seller_id": member.seller_id,
        "partner_id": member.partner_id, "case": case, "kind": kind, "first": entry.number,
    }  # fmt: skip


def _joined(entry: Entry, key: dict[str, object]) -> Notice | None:
    """The unread notice of a moment ago that this message belongs to, counting it; None where there is none."""
    if key["kind"] is not Kind.MESSAGE or entry.event in _ALONE:
        return None
    alike = Notice.objects.filter(**{name: value for name, value in key.items() if name != "first"})
    before = alike.filter(read_at=None, first__lte=entry.number, at__gte=entry.at - BURST)
    before = before.exclude(entry__event__in=_ALONE)  # that one's own words failed is counted with nothing
    found = before.select_for_update(of=("self",)).order_by("-last").first()
    if found is not None and found.last < entry.number:
        Notice.objects.filter(pk=found.pk).update(
            entry=entry, last=entry.number, at=max(found.at, entry.at), count=F("count") + 1
        )
        found.refresh_from_db()
    return found


def _batch(case: Case, entry: Entry) -> Batch | None:
    """The batch that gave the case away, where one did."""
    if entry.actor_id is None:
        return None
    items = Item.objects.filter(case=case, batch__what=What.ASSIGN, batch__person=entry.actor_id)
    item = items.filter(batch__asked_at__lte=entry.at).select_related("batch").order_by("-batch__asked_at").first()
    going = item and (item.batch.ended_at is None or item.batch.ended_at >= entry.at)
    return item.batch if item and going else None


def _unread(notices: Iterable[Notice], *, at: datetime) -> list[Notice]:
    """Those that stay unread; who has read the case while they were being made is told nothing.

    Looked at once they are there: a page that shows the case marks what is there by then.
    """
    unread = []
    for notice in notices:
        with reach.within(notice.marketplace_id, notice.person_id):
            looked = OpenCase.objects.filter(case=notice.case_id, person=notice.person_id, read__gte=notice.last)
            if not notice.batch_id and looked.exists():
                Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=at)
            elif notice.read_at is None:
                unread.append(notice)
            hearing.tell(notice.person_id)
    return unread


def party_of(notice: Notice) -> Party:
    """The party of the team the notice is told in."""
    if notice.partner_id:
        return Party.PARTNER
    return Party.SELLER if notice.seller_id else Party.MARKETPLACE
