"""Noting: a customer's words as one of the team heard them, by telephone or wherever the desk does not listen."""

from collections.abc import Sequence

from tratativa.accounts import actors, text
from tratativa.accounts.actors import Actor
from tratativa.cases import events
from tratativa.cases.core import audience
from tratativa.cases.core.change import Change
from tratativa.cases.files import attachments
from tratativa.cases.models import Attachment, Entry
from tratativa.rulebook.terms.parties import Party

# Where a case began by itself, on a page of the desk: nobody was heard there by somebody else.
OWN = "page"


def note(change: Change, words: str, channel: str, files: Sequence[Attachment] = (), *, rich: str = "") -> Entry:
    """Records what the customer said to the agent who acts, and makes it the marketplace's turn.

    They are the customer's words: they start, stop and wake what a message of theirs would, and conduct does not
    judge them as the team's. The files are those the agent put up.
    """
    said = events.Posted(to=str(Party.MARKETPLACE), channel=channel)
    heard = text.paragraph(words)
    entry = attachments.record(change, said, files, to=audience.EVERYONE, words=heard, rich=rich, by=voice(change))
    change.case.customer_waiting = True
    change.pass_turn(Party.MARKETPLACE, to=audience.EVERYONE)
    return entry


def voice(change: Change) -> Actor:
    """The customer's, as whoever acts takes it down."""
    return actors.speaking_for(change.case.customer, change.by)
