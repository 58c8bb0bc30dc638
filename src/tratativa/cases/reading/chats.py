"""Chats: the cases of the kinds that are a chat, newest word first, each with its last message."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from tratativa.accounts.actors import Actor
from tratativa.cases import events
from tratativa.cases.core import rulebook_versions, visibility
from tratativa.cases.models import Case, Text
from tratativa.cases.reading import inbox
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.language.sections import Kind

SIZE = 40


@dataclass(frozen=True)
class Conversation:
    """A case, and the last message this reader can read: its words, and whether the reader's own party wrote it."""

    case: Case
    words: str
    mine: bool


@dataclass(frozen=True)
class Page:
    """Up to forty conversations, and the cursor of those before them; empty when there are none."""

    conversations: list[Conversation]
    after: str


def kinds(book: Rulebook) -> list[Kind]:
    """The kinds of case that are a conversation."""
    return [kind for kind in book.kinds.values() if kind.chat]


def page(actor: Actor, *, at: datetime, after: str = "") -> Page:
    """The conversations this actor may know of, in two queries; closed ones as long as lists show them."""
    book = rulebook_versions.in_force(actor.marketplace_id)
    cases = visibility.visible_cases(actor).filter(
        inbox.still_listed(book, at), kind__in=[kind.id for kind in kinds(book)]
    )
    found = inbox.keyset(cases, ("-last_activity_at", "-id"), after=after, size=SIZE)
    last = _last_words(actor, [case.pk for case in found.cases])
    return Page([_conversation(case, actor, last.get(case.pk)) for case in found.cases], found.after)


def _last_words(actor: Actor, cases: list[uuid.UUID]) -> dict[uuid.UUID, Text]:
    said = visibility.visible_texts(actor).filter(case__in=cases, entry__event=events.Posted.name)
    latest = said.order_by("case_id", "-entry__number").distinct("case_id").select_related("entry")
    return {text.case_id: text for text in latest} if cases else {}


def _conversation(case: Case, actor: Actor, last: Text | None) -> Conversation:
    return Conversation(case, last.body if last else "", bool(last and last.entry.party == actor.party))
