"""Full-text search in Portuguese over messages, in one expression index that also knows the seller and the day."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection

from tratativa.accounts import text
from tratativa.accounts.actors import Actor
from tratativa.cases.core import audience
from tratativa.rulebook.terms.parties import Party

HITS = 300
# A policy lets no index be asked before it for what is not leakproof, and the match of words is not: the database's
# own function looks in the index. It asks by itself who is in reach, and for what `visibility.visible_texts` asks
# (serve/row_security.py).
_FOUND = """
    select public.words_found(%s, %s, %s, %s, %s::smallint,
        websearch_to_tsquery('portuguese', public.fold_pt(%s)), %s::tsquery, %s)
"""


def matching(actor: Actor, words: str, *, at: datetime, whole: bool = False) -> list[uuid.UUID]:
    """Ids of the cases with a message that matches, newest first, from at most 300 messages the actor may read.

    A seller's or a customer's search looks through all their time in one query. The marketplace's looks at today,
    then three days, then two months, then four: a common word has its hits in the first window and never reads
    the hundred thousand behind them; a rare one costs four small queries. With `whole`, whoever asked for it waits for
    a fifth over all there is.
    """
    clean = text.line(words)[:200]
    if not clean:
        return []
    found: list[uuid.UUID] = []
    for token in _windows(actor, at, whole=whole):
        found = _in_the_index(actor, clean, token)
        if len(found) == HITS:
            break
    return list(dict.fromkeys(found))


def _windows(actor: Actor, at: datetime, *, whole: bool) -> Sequence[str | None]:
    """What else the index is asked for, one after the other; None is nothing."""
    if actor.party is Party.SELLER and actor.seller_id:
        return [f"'zs{actor.seller_id.hex}'"]
    if actor.party is not Party.MARKETPLACE:
        return [None]
    return [*_ages(at), *([None] if whole else [])]


def _in_the_index(actor: Actor, words: str, token: str | None) -> list[uuid.UUID]:
    owners = [actor.marketplace_id, actor.seller_id, actor.customer_id, actor.partner_id]
    with connection.cursor() as cursor:
        cursor.execute(_FOUND, [*owners, audience.BIT[actor.party], words, token, HITS])
        return [case for (case,) in cursor.fetchall()]


def _ages(at: datetime) -> list[str]:
    """The index's tokens of today, of the last three days, of this month and the last, and of the last four months."""
    days = [f"'zd{at - timedelta(days=back):%Y%m%d}'" for back in range(3)]
    months, first = [], at
    for _month in range(4):
        months.append(f"'zm{first:%Y%m}'")
        first = first.replace(day=1) - timedelta(days=1)
    return [" | ".join(tokens) for tokens in (days[:1], days, months[:2], months)]
