"""Live news: after commit, open pages hear which case changed; ids only, and only those who may read the change."""

import json
import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core import signing
from django.db import connection

from tratativa.accounts import actors, clock
from tratativa.accounts.access import sessions
from tratativa.accounts.actors import Actor
from tratativa.cases.core import audience
from tratativa.cases.models import Case, Entry
from tratativa.rulebook.terms.parties import Party

CHANNEL = "tratativa_live"
SALT = "tratativa.events"
NOTICED = "notice"  # what is told of a person's notices: that they changed


def announce(case: Case, entries: Iterable[Entry]) -> None:
    """Notifies within the transaction: PostgreSQL delivers at commit, or never."""
    reach = audience.joined(entry.audience for entry in entries)
    topics = [topic for party in audience.parties(reach) for topic in _topics(case, party)]
    if topics:
        _notify(topics, str(case.pk))


def tell_team(case: Case, party: Party) -> None:
    """Has the pages that show the case to this party look again, at commit; lists, and other parties, hear nothing."""
    _notify([case_topic(case.pk, party)], str(case.pk))


def put_on_desk(person: uuid.UUID) -> None:
    """Tells a person's open pages, at commit, that somebody put a case on their desk."""
    _notify([_desk_topic(person)], None)


def _notify(topics: list[str], case: str | None) -> None:
    """With the moment it is said: a page drawn after it has no need to hear it."""
    tell({"topics": topics, "id": case, "at": clock.now().timestamp()})


def tell(news: Mapping[str, Any]) -> None:
    """Hands news to every process that streams, at commit where there is a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("select pg_notify(%s, %s)", [CHANNEL, json.dumps(news)])


def token(actor: Actor, case: Case | None = None, *, session: str | None, at: datetime) -> str:
    """What a page shows the event stream to hear its actor's news, of all its cases or of one.

    It is heard only together with the cookie of the session it was made in, and only as long as that session is this
    actor's: after leaving, or once the right is taken away, it opens nothing and what it opened ends. `at` is
    when the page began to be drawn: it is told what changed since, though it listens only once it is there.
    """
    only = case.pk if case else actor.only_case
    topics = [case_topic(only, actor.party) if only else inbox_topic(actor), *_own(actor)]
    return _token(actor, topics, session, at)


def desk_token(actor: Actor, cases: Iterable[uuid.UUID], *, session: str | None, at: datetime) -> str:
    """As `token`, for a page that shows one case and has others open beside it."""
    beside = dict.fromkeys(case_topic(case, actor.party) for case in cases)
    return _token(actor, [*beside, *_own(actor)], session, at)


def chat_token(actor: Actor, case: Case, *, session: str | None, at: datetime) -> str:
    """As `token`, for a page that shows all its actor's conversations and has one of them open."""
    topics = [inbox_topic(actor), case_topic(case.pk, actor.party), *_own(actor)]
    return _token(actor, topics, session, at)


def _token(actor: Actor, topics: list[str], session: str | None, at: datetime) -> str:
    said = {
        "topics": topics, "session": sessions.digest(session or ""), "at": at.timestamp(),
        "party": str(actor.party), "who": actors.identity(actor), "until": _ended_by(actor),
    }  # fmt: skip
    return signing.dumps(said, salt=SALT)


def _ended_by(actor: Actor) -> str:
    """The name by which the database tells that this actor's rights have changed (`accounts.0007_ended`)."""
    if actor.party is Party.CUSTOMER:
        return f"customer:{actor.customer_id}"
    if actor.party is Party.PARTNER and actor.only_case:
        return f"partner:{actor.only_case}"
    return f"person:{actor.person_id}"


def case_topic(case_id: uuid.UUID, party: Party) -> str:
    """The topic of one case as one party sees it."""
    return f"case:{case_id}:{party}"


def inbox_topic(actor: Actor) -> str:
    """The topic of everything an actor's lists show."""
    owner = {
        Party.SELLER: actor.seller_id,
        Party.CUSTOMER: actor.customer_id,
        Party.PARTNER: actor.partner_id,
    }.get(actor.party, actor.marketplace_id)
    return f"{actor.party}:{owner}"


def _own(actor: Actor) -> list[str]:
    """What concerns this one person of a team, whatever they look at."""
    if actor.person_id is None or actor.party is Party.CUSTOMER or actor.only_case:
        return []
    notices = notices_topic(actor.person_id)
    return [_desk_topic(actor.person_id), notices] if actor.party is Party.MARKETPLACE else [notices]


def notices_topic(person: uuid.UUID) -> str:
    """The topic of one person's notices."""
    return f"notices:{person}"


def _desk_topic(person: uuid.UUID) -> str:
    return f"desk:{person}"


def _topics(case: Case, party: Party) -> list[str]:
    owner = {
        Party.SELLER: case.seller_id, Party.CUSTOMER: case.customer_id, Party.PARTNER: case.partner_id,
    }.get(party, case.marketplace_id)  # fmt: skip
    return [case_topic(case.pk, party), f"{party}:{owner}"]
