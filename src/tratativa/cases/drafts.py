"""Drafts: what somebody is writing on a case, kept on the server until it is sent or thrown away."""

from datetime import datetime

from tratativa.accounts import text
from tratativa.accounts.actors import Actor
from tratativa.cases.models import Case, Draft


def of(case: Case, by: Actor) -> Draft | None:
    """The actor's draft on this case, or None."""
    return Draft.objects.filter(case=case, author_id=by.person).first()


def keep(
    case: Case, *, by: Actor, at: datetime, words: str, rich: str = "", to: str = "", customer_reads: bool = False
) -> Draft:
    """Keeps what is written so far, cut at the message limit. The last writer of two open tabs wins.

    `rich` is the words with their marks, as `formatting.read` gave them.
    """
    draft, _made = Draft.objects.update_or_create(
        case=case,
        author_id=by.person,
        defaults={
            "body": text.paragraph(words)[: text.MESSAGE_LIMIT],
            "rich": rich,
            "to": to[:12],
            "customer_reads": customer_reads,
            "saved_at": at,
        },
    )
    return draft


def drop(case: Case, by: Actor) -> None:
    """Throws the actor's draft away; files already sent stay with their message."""
    Draft.objects.filter(case=case, author_id=by.person).delete()
