"""Posting: a message put on record behind the door, and what a word does to the turn."""

from collections.abc import Sequence
from datetime import datetime

from tratativa.accounts import text
from tratativa.cases import events
from tratativa.cases.core import responsible
from tratativa.cases.core.change import Change
from tratativa.cases.files import attachments
from tratativa.cases.messages import conduct
from tratativa.cases.messages.addressing import Sending
from tratativa.cases.models import Attachment, Entry


def post(
    change: Change,
    words: str,
    sending: Sending,
    files: Sequence[Attachment] = (),
    *,
    rich: str = "",
    pressed_at: datetime | None = None,
) -> Entry:
    """Records a message behind the door, with its files, and passes the turn; who answers first is responsible.

    `pressed_at` is when its author sent it, where it is said only now.
    """
    action = change.action.id if change.action else ""
    pressed = pressed_at.isoformat() if pressed_at else ""
    said = events.Posted(to=str(sending.to), action=action, asks=sending.asks, pressed_at=pressed)
    entry = attachments.record(change, said, files, to=sending.readers, words=text.paragraph(words), rich=rich)
    conduct.remember(change, words, sending.readers)
    change.told_customer(sending.readers)
    responsible.answered(change, sending.readers)
    if sending.waits:
        change.hand_to(sending.to, sending.readers)
    return entry
