"""Full-text search in Portuguese over messages, in one expression index that also knows the seller and the day."""

import uuid
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from tratativa.accounts import text
from tratativa.accounts.actors import Actor
from tratativa.cases.core import visibility
from tratativa.cases.models import Text
from tratativa.rulebook.terms.parties import Party

HITS = 300
# The same expression as the index `text_words`, word for word: another spelling would scan the table.
_MATCHES = """
    public.text_words(cases_text.body, cases_text.seller_id, cases_text.day) @@
    (websearch_to_tsquery('portuguese', public.fold_pt(%s)) && %s::tsquery)
"""
_MATCHES_ANYWHERE = """
    public.text_words(cases_text.body, cases_text.seller_id, cases_text.day) @@
    websearch_to_tsquery('portuguese', public.fold_pt(%s))
"""


def matching(actor: Actor, words: str, *, at: datetime) -> list[uuid.UUID]:
    """Ids of the cases with a message that matches, newest first, from at most 300 messages the actor may read.

    A seller's or a customer's search looks through all their time in one query. The marketplace's looks at today,
    then three days, then two months, then four: a common word has its hits in the first window and never reads
    the hundred thousand behind them; a rare one costs four small queries.
    """
    clean = text.line(words)[:200]
    if not clean:
        return []
    found: list[uuid.UUID] = []
    for texts in _windows(visibility.visible_texts(actor), actor, clean, at):
        found = list(texts.order_by("-entry_id").values_list("case_id", flat=True)[:HITS])
        if len(found) == HITS:
            break
    return list(dict.fromkeys(found))


def _windows(texts: QuerySet[Text], actor: Actor, words: str, at: datetime) -> Iterator[QuerySet[Text]]:
    if actor.party is Party.CUSTOMER:
        yield texts.filter(RawSQL(_MATCHES_ANYWHERE, [words], BooleanField()))  # noqa: S611 - words are a parameter
        return
    tokens = [f"'zs{actor.seller_id.hex}'"] if actor.party is Party.SELLER and actor.seller_id else _ages(at)
    for token in tokens:
        yield texts.filter(RawSQL(_MATCHES, [words, token], BooleanField()))  # noqa: S611 - as above


def _ages(at: datetime) -> list[str]:
    """The index's tokens of today, of the last three days, of this month and the last, and of the last four months."""
    days = [f"'zd{at - timedelta(days=back):%Y%m%d}'" for back in range(3)]
    months, first = [], at
    for _month in range(4):
        months.append(f"'zm{first:%Y%m}'")
        first = first.replace(day=1) - timedelta(days=1)
    return [" | ".join(tokens) for tokens in (days[:1], days, months[:2], months)]
