"""Drafts: what somebody is writing on a case, kept on the server until it is sent or thrown away."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypedDict, Unpack

from django.db import transaction

from tratativa.accounts import formatting, keys, text
from tratativa.accounts.actors import Actor
from tratativa.accounts.formatting import Written
from tratativa.cases.core import once
from tratativa.cases.models import Case, Draft, Pressed


class Beside(TypedDict, total=False):
    """What is kept of a message besides its words.

    `rich` is the words with their marks, as `formatting.read` gave them; `tags` are put on the case when it goes.
    """

    rich: str
    to: str
    customer_reads: bool
    wait_for_answer: bool
    tags: Sequence[str]


class WrittenElsewhere(Exception):
    """Another page of the same person's kept words here that this page never showed; `draft` has them."""

    def __init__(self, draft: Draft) -> None:
        super().__init__("another page kept other words")
        self.draft = draft


def of(case: Case, by: Actor) -> Draft | None:
    """The actor's draft on this case, or None."""
    return Draft.objects.filter(case=case, author_id=by.person).first()


def keep(case: Case, *, by: Actor, at: datetime, words: str, **beside: Unpack[Beside]) -> Draft:
    """Keeps what is written so far, cut at the message limit, whatever stood there."""
    written = _written(at, words, **beside)
    with transaction.atomic():
        draft, made = once.locked(Draft, {"case": case, "author_id": by.person}, written)
        return draft if made else _write(draft, written)


def own(case: Case, *, by: Actor, at: datetime) -> Draft:
    """The actor's draft, an empty one where there is none; words that stand in it stay."""
    with transaction.atomic():
        draft, _made = once.locked(Draft, {"case": case, "author_id": by.person}, _written(at, ""))
    return draft


def keep_over(
    case: Case, seen: uuid.UUID | None, *, by: Actor, at: datetime, words: str, **beside: Unpack[Beside]
) -> Draft:
    """As `keep`, from a page that shows the draft of version `seen`, or showed none.

    Raises WrittenElsewhere where that would lose words: the draft is of another version, and what it says is not
    part of what is written now. Then nothing is changed.
    """
    written = _written(at, words, **beside)
    with transaction.atomic():
        draft, made = once.locked(Draft, {"case": case, "author_id": by.person}, written)
        if made:
            return draft
        if draft.version != seen and draft.body not in written["body"]:
            raise WrittenElsewhere(draft)
        return _write(draft, written)


def drop(case: Case, by: Actor) -> None:
    """Throws the actor's draft away; files already sent stay with their message."""
    Draft.objects.filter(case=case, author_id=by.person).delete()


def sent(case: Case, words: str, by: Actor) -> None:
    """Ends the draft whose words went out; one that says something else is of another page, and stays."""
    Draft.objects.filter(case=case, author_id=by.person, body__in=["", _body(words)]).delete()


def add(case: Case, *, by: Actor, at: datetime, words: str) -> Draft:
    """Puts words after what the actor has written on the case so far; whom it is for stays."""
    with transaction.atomic():
        draft, made = once.locked(Draft, {"case": case, "author_id": by.person}, _written(at, words))
        if not made:
            both = formatting.joined(Written(draft.body, draft.rich), Written(text.paragraph(words)))
            _write(draft, {"body": both.words, "rich": both.html, "saved_at": at, "version": keys.new()})
    return draft


def put_back(pressed: Pressed, *, at: datetime) -> Draft:
    """Gives what was pressed back to its author's draft, before whatever they have begun there since: no word of
    either is lost, though together they may be more than a message holds."""
    mine = {"case": pressed.case, "author_id": pressed.person_id}
    with transaction.atomic():
        written = _written(
            at, pressed.body, rich=pressed.rich, to=pressed.to, customer_reads=pressed.customer_reads,
            wait_for_answer=pressed.wait_for_answer, tags=pressed.tags,
        )  # fmt: skip
        draft, made = once.locked(Draft, mine, written)
        if not made:
            both = formatting.joined(Written(pressed.body, pressed.rich), Written(draft.body, draft.rich))
            tags = list(dict.fromkeys([*pressed.tags, *draft.tags]))
            _write(draft, written | {"body": both.words, "rich": both.html, "tags": tags} | _narrower(draft, pressed))
    return draft


def _narrower(draft: Draft, pressed: Pressed) -> dict[str, Any]:
    """Of two that are put together, who reads the fewer: what was begun as the team's own is not the customer's now."""
    if pressed.customer_reads and not draft.customer_reads:
        return {"to": draft.to or pressed.to, "customer_reads": False}
    return {}


def _write(draft: Draft, written: dict[str, Any]) -> Draft:
    for name, value in written.items():
        setattr(draft, name, value)
    draft.save(update_fields=list(written))
    return draft


def _body(words: str) -> str:
    return text.paragraph(words)[: text.MESSAGE_LIMIT]


def _written(at: datetime, words: str, **beside: Unpack[Beside]) -> dict[str, Any]:
    return {
        "body": _body(words),
        "rich": beside.get("rich", ""),
        "to": beside.get("to", "")[:12],
        "customer_reads": beside.get("customer_reads", False),
        "wait_for_answer": beside.get("wait_for_answer", False),
        "tags": list(beside.get("tags", ())),
        "saved_at": at,
        "version": keys.new(),
    }
