"""First words: a case's first words, of its opener, of a customer the team heard, or of the team about somebody."""

from collections.abc import Sequence

from tratativa.accounts.actors import Actor
from tratativa.accounts.formatting import Written
from tratativa.cases import events
from tratativa.cases.acting import withdrawing
from tratativa.cases.core import audience, effects
from tratativa.cases.core.change import Change
from tratativa.cases.files import attachments
from tratativa.cases.messages import noting, posting
from tratativa.cases.messages.addressing import Sending
from tratativa.cases.models import Attachment
from tratativa.rulebook.language.sections import Reason
from tratativa.rulebook.terms.parties import Party


def is_heard(channel: str, sending: Sending, by: Actor) -> bool:
    """Whether the words are a customer's, who came by a way the desk does not listen to, and the team wrote them down.

    Who is written to as the case opens is the one it is opened for: their own words are not sent to them.
    """
    return by.party is Party.MARKETPLACE and sending.to is Party.CUSTOMER and channel != noting.OWN


def is_internal(reason: Reason | None, by: Actor, *, heard: bool) -> bool:
    """Whether the customer may not learn of it yet: what they opened themselves is theirs to see, by telephone too."""
    return reason is not None and reason.internal and by.party is not Party.CUSTOMER and not heard


def readers(sending: Sending, *, internal: bool) -> int:
    """Who reads what is said first."""
    return sending.readers & ~audience.BIT[Party.CUSTOMER] if internal else sending.readers


def say(change: Change, written: Written, sending: Sending, files: Sequence[Attachment]) -> None:
    """Puts the first words into a case that begins, and does what its reason says."""
    case = change.case
    if is_heard(case.channel, sending, change.by) and not case.internal:
        _hear(change, written, files)
    elif case.internal and sending.to is Party.CUSTOMER:
        _speak_of(change, written, files)
    else:
        _speak(change, written, sending, files)
    withdrawing.begin(change, by=noting.voice(change) if is_heard(case.channel, sending, change.by) else change.by)
    topic = change.book.reason(case.reason)
    for effect in topic.do if topic else ():
        effects.run(change, effect)


def _speak(change: Change, written: Written, sending: Sending, files: Sequence[Attachment]) -> None:
    change.case.waiting_on = str(sending.to)
    if audience.holds(sending.readers, Party.CUSTOMER):
        change.case.public_turn = change.case.waiting_on
    _open(change, sending.to, sending.readers)
    posting.post(change, written.words, sending, files, rich=written.html)


def _hear(change: Change, written: Written, files: Sequence[Attachment]) -> None:
    """The customer opened it by telephone, say: whoever took the call is responsible, and the team has the turn."""
    _take(change)
    change.case.public_turn = str(Party.MARKETPLACE)
    _open(change, Party.MARKETPLACE, audience.EVERYONE, by=noting.voice(change))
    noting.note(change, written.words, change.case.channel, files, rich=written.html)


def _speak_of(change: Change, written: Written, files: Sequence[Attachment]) -> None:
    """The team's own words about a customer who may not know: a note, and the team's own turn."""
    _take(change)
    _open(change, Party.MARKETPLACE, audience.TEAM)
    attachments.record(change, events.Noted(), files, to=audience.TEAM, words=written.words, rich=written.html)


def _take(change: Change) -> None:
    change.case.waiting_on = str(Party.MARKETPLACE)
    change.case.assignee_id = change.by.person_id


def _open(change: Change, to: Party, readers: int, *, by: Actor | None = None) -> None:
    case = change.case
    change.record(events.Opened(to=str(to), channel=case.channel, reason=case.reason), to=readers, by=by)
    if case.parent_id:
        change.record(events.Linked(older=str(case.parent_id)), to=readers)
