"""Full-text search in Portuguese over messages, in one expression index that also knows the seller and the month."""

import uuid
from datetime import datetime, timedelta

from django.db.models import BooleanField, QuerySet
from django.db.models.expressions import RawSQL

from tratativa.accounts import text
from tratativa.accounts.actors import Actor
from tratativa.cases import visibility
from tratativa.cases.models import Text
from tratativa.rulebook.parties import Party

HITS = 500
MONTHS = 3
# The same expression as the index `text_words`, word for word: another spelling would scan the table.
_MATCHES = """
    public.text_words(cases_text.body, cases_text.seller_id, cases_text.month) @@
    (websearch_to_tsquery('portuguese', public.fold_pt(%s)) && %s::tsquery)
"""
_MATCHES_ANYWHERE = """
    public.text_words(cases_text.body, cases_text.seller_id, cases_text.month) @@
    websearch_to_tsquery('portuguese', public.fold_pt(%s))
"""


def matching(actor: Actor, words: str, *, at: datetime, months: int = MONTHS) -> list[uuid.UUID]:
    """Ids of the cases with a message that matches, newest first, at most 500; only messages the actor reads.

    A seller's or a customer's search looks through all their time; the marketplace's through the last months,
    since a common word has millions of hits there.
    """
    clean = text.line(words)[:200]
    if not clean:
        return []
    found = _narrowed(visibility.visible_texts(actor), actor, clean, at, months)
    newest = found.order_by("-entry_id").values_list("case_id", flat=True)[:HITS]
    return list(dict.fromkeys(newest))


def _narrowed(texts: QuerySet[Text], actor: Actor, words: str, at: datetime, months: int) -> QuerySet[Text]:
    if actor.party is Party.CUSTOMER:
        return texts.filter(RawSQL(_MATCHES_ANYWHERE, [words], BooleanField()))  # noqa: S611 - words are a parameter
    if actor.party is Party.SELLER and actor.seller_id:
        token = f"'zs{actor.seller_id.hex}'"
    else:
        token = " | ".join(f"'zm{month}'" for month in _months(at, months))
    return texts.filter(RawSQL(_MATCHES, [words, token], BooleanField()))  # noqa: S611 - as above


def _months(at: datetime, count: int) -> list[str]:
    """The last `count` months, this one included, as `202611`."""
    found: list[str] = []
    day = at.date()
    while len(found) < count:
        found.append(f"{day:%Y%m}")
        day = day.replace(day=1) - timedelta(days=1)
    return found
