"""Live news: after commit, open pages hear which case changed; ids only, and only those who may read the change."""

import json
from collections.abc import Iterable

from django.core import signing
from django.db import connection

from tratativa.accounts import sessions
from tratativa.accounts.actors import Actor
from tratativa.cases import audience
from tratativa.cases.models import Case, Entry
from tratativa.rulebook.parties import Party

CHANNEL = "tratativa_live"
SALT = "tratativa.events"


def announce(case: Case, entries: Iterable[Entry]) -> None:
    """Notifies within the transaction: PostgreSQL delivers at commit, or never."""
    reach = audience.joined(entry.audience for entry in entries)
    topics = [topic for party in audience.parties(reach) for topic in _topics(case, party)]
    if topics:
        payload = json.dumps({"topics": topics, "id": str(case.pk)})
        with connection.cursor() as cursor:
            cursor.execute("select pg_notify(%s, %s)", [CHANNEL, payload])


def token(actor: Actor, case: Case | None = None, *, session: str | None) -> str:
    """What a page shows the event stream to hear its actor's news, of all its cases or of one.

    It is heard only together with the cookie of the session it was made in: after leaving, it opens nothing.
    """
    only = case.pk if case else actor.only_case
    topics = [f"case:{only}:{actor.party}"] if only else [inbox_topic(actor)]
    return signing.dumps({"topics": topics, "session": sessions.digest(session or "")}, salt=SALT)


def inbox_topic(actor: Actor) -> str:
    """The topic of everything an actor's lists show."""
    owner = {
        Party.SELLER: actor.seller_id,
        Party.CUSTOMER: actor.customer_id,
    }.get(actor.party, actor.marketplace_id)
    return f"{actor.party}:{owner}"


def _topics(case: Case, party: Party) -> list[str]:
    owner = {Party.SELLER: case.seller_id, Party.CUSTOMER: case.customer_id}.get(party, case.marketplace_id)
    return [f"case:{case.pk}:{party}", f"{party}:{owner}"]
