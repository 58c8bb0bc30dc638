"""What people type into forms, read once and given back whole when something is wrong."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime

from django.http import QueryDict
from django.utils.translation import gettext as _

from tratativa.accounts import keys, text
from tratativa.cases.core.refusals import Invalid
from tratativa.cases.messages import addressing
from tratativa.cases.models import Attachment, Draft
from tratativa.rulebook.terms.parties import Party

TRUE = {"yes", "on", "true", "1"}


@dataclass
class Writing:
    """A message being written: on a case, or the first of a new one (then with a reason).

    `tags` are put on the case when it goes, those of `replies`, the saved replies in it; `then` is the case
    gone to next.
    `undo` is whether it may be taken back for a moment: the page said so.
    `draft` is the version of the draft its page showed, None for none; `knows_draft` is whether the page said so.
    """

    text: str = ""
    rich: str = ""
    to: str = ""
    customer_reads: bool = False
    wait_for_answer: bool = False
    reason: str = ""
    confirmed: bool = False
    warned: bool = False
    seen: int | None = None
    once: uuid.UUID = field(default_factory=keys.new)
    files: list[Attachment] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    saved_at: datetime | None = None
    draft: uuid.UUID | None = None
    knows_draft: bool = False
    tags: list[str] = field(default_factory=list)
    replies: list[str] = field(default_factory=list)
    then: str = ""
    undo: bool = False

    @property
    def trouble(self) -> str:
        """The sentence for the whole form."""
        return self.errors.get("", "")

    @property
    def must_confirm(self) -> bool:
        """Whether the customer would read it and nobody confirmed yet that they may (A-10)."""
        return self.to == Party.CUSTOMER and self.customer_reads and not self.confirmed


def read(post: QueryDict, *, asks: bool) -> Writing:
    """What was posted. With `asks`, a message to the customer must say whether the customer reads it.

    The switch says no by its absence only on a form that showed it; said twice, two ways, it says nothing.
    """
    errors: dict[str, str] = {}
    try:
        written = addressing.write(post.get("text", ""), post.get("rich", ""))
    except Invalid as bad:
        written, errors = addressing.write(post.get("text", "")), bad.errors
    switch = {value in TRUE for value in post.getlist("customer_reads")}
    writing = Writing(
        text=written.words,
        rich=written.html,
        to=text.line(post.get("to", ""))[:12],
        customer_reads=switch == {True},
        wait_for_answer=post.get("wait_for_answer") in TRUE,
        reason=text.line(post.get("reason", ""))[:80],
        confirmed=post.get("confirmed") in TRUE,
        warned=post.get("warned") in TRUE,
        seen=number(post.get("seen", "")),
        once=key(post.get("once", "")) or keys.new(),  # sent twice it acts once
        errors=errors,
        draft=key(post.get("draft", "")),
        knows_draft="draft" in post,
        tags=[text.line(raw)[:40] for raw in post.getlist("tag")[:20]],
        replies=[raw[:40] for raw in post.getlist("saved_reply")[:10]],
        then=text.line(post.get("then", ""))[:120],
        undo=post.get("undo") in TRUE,
    )
    unsaid = not switch and "switch" not in post
    if len(switch) > 1 or len(set(post.getlist("to"))) > 1 or (asks and writing.to == Party.CUSTOMER and unsaid):
        writing.errors["customer_reads"] = _("Diga uma vez, e claramente, se o cliente pode ler.")
    return writing


def key(raw: str) -> uuid.UUID | None:
    """A row's key as an address or a form carries it, or None."""
    try:
        return uuid.UUID(raw)
    except ValueError:
        return None


def of_draft(draft: Draft | None, files: list[Attachment], *, to: str) -> Writing:
    """What the person was writing, or an empty form addressed `to`."""
    if draft is None:
        return Writing(to=to)
    return Writing(
        text=draft.body,
        rich=draft.rich,
        to=(draft.to if draft.body else "") or to,
        customer_reads=draft.customer_reads,
        wait_for_answer=draft.wait_for_answer,
        tags=draft.tags,
        files=files,
        saved_at=draft.saved_at if draft.body else None,
        draft=draft.version,
    )


def number(raw: str) -> int | None:
    """A row version as a form carries it, or None."""
    return int(raw) if raw.isascii() and raw.isdigit() and len(raw) < 10 else None
