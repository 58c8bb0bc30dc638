"""The timeline: the part of a case's ledger one reader may see, ready to be drawn."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import QuerySet

from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Person
from tratativa.cases import events
from tratativa.cases.core import audience, visibility
from tratativa.cases.models import Attachment, Case, Entry
from tratativa.cases.reading import partner_answers
from tratativa.cases.reading.lines import Line
from tratativa.rulebook.terms.parties import Party

# What files are attached to: messages, answers, actions that wrote no message, and what waits to happen.
_WITH_FILES = {events.Posted.name, events.Answered.name, events.ActionDone.name, events.HoldBegan.name}


def read(case: Case, actor: Actor) -> list[Line]:
    """The lines this actor may read, oldest first, with what queues answered; six queries at most."""
    entries = list(visibility.visible_entries(case, actor).select_related("words"))
    files = _files(case, actor, entries)
    names = _names(entry.actor_id for entry in entries)
    return partner_answers.fill([_line(case, actor, entry, names, files) for entry in entries], actor)


def told(case: Case, actor: Actor) -> QuerySet[Entry]:
    """What the customer was told in the case, oldest first, as far as this actor may read it: messages and letters."""
    said = visibility.visible_entries(case, actor).filter(event__in=[events.Posted.name, events.Told.name])
    return said.filter(data__to=str(Party.CUSTOMER), words__isnull=False)


def _files(case: Case, actor: Actor, entries: list[Entry]) -> dict[uuid.UUID, list[Attachment]]:
    found: dict[uuid.UUID, list[Attachment]] = defaultdict(list)
    if any(entry.event in _WITH_FILES for entry in entries):
        for file in visibility.visible_files(actor).filter(case=case).order_by("added_at", "id"):
            if file.entry_id:
                found[file.entry_id].append(file)
    return found


def _names(ids: Iterable[uuid.UUID | None]) -> dict[uuid.UUID, str]:
    wanted = {one for one in ids if one}
    return dict(Person.objects.filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


def _line(
    case: Case,
    actor: Actor,
    entry: Entry,
    names: Mapping[uuid.UUID, str],
    files: Mapping[uuid.UUID, list[Attachment]],
) -> Line:
    party = Party(entry.party)
    words = getattr(entry, "words", None)
    person = names.get(entry.actor_id or uuid.UUID(int=0), "")
    return Line(
        number=entry.number,
        event=entry.event,
        data=entry.data,
        party=party,
        who=_who(case, actor, party, person),
        at=entry.at,
        words=words.body if words else None,
        rich=words.rich if words else "",
        readers=tuple(audience.parties(entry.audience)),
        files=tuple(files.get(entry.pk, ())),
        mine=party is actor.party,
        by_clock=entry.actor_id is None,
        noted_by=_who(case, actor, Party.MARKETPLACE, person) if party is Party.CUSTOMER and person else "",
    )


def _who(case: Case, actor: Actor, party: Party, person: str) -> str:
    """The organisation's name to outsiders, the person's own inside: staff are not exposed by name to others."""
    if party is Party.CUSTOMER:
        return case.customer.name if case.customer else ""
    if party is Party.PARTNER:
        partner = case.partner.name if case.partner else ""
        return f"{person} · {partner}" if actor.party is Party.PARTNER and person else partner
    organisation = (case.seller.name if case.seller else "") if party is Party.SELLER else case.marketplace.name
    inside = party is actor.party or actor.party is Party.MARKETPLACE
    return f"{person} · {organisation}" if inside and person else organisation
