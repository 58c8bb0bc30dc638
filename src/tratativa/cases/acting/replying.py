"""Replying: a message into a case, open or closed, held where conduct says so."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from tratativa.accounts import text
from tratativa.accounts.actors import Actor
from tratativa.accounts.formatting import Written
from tratativa.cases import door, events
from tratativa.cases.acting import closing, opening, pending
from tratativa.cases.acting.opening import Opening
from tratativa.cases.core import audience, rulebook_versions
from tratativa.cases.core.change import Change
from tratativa.cases.core.refusals import Invalid, NotAllowed
from tratativa.cases.files import attachments
from tratativa.cases.messages import addressing, beside, conduct, drafts, posting, telling
from tratativa.cases.messages.addressing import Message, Sending
from tratativa.cases.models import Attachment, Case, Held, Pressed
from tratativa.rulebook import verdict as verdicts
from tratativa.rulebook.language.actions import Action
from tratativa.rulebook.language.arguments import Reopen
from tratativa.rulebook.terms.parties import Party

_TWICE = timedelta(seconds=10)


class _TooLate(Exception):
    """The closed case is too old to be opened again by a message."""


def reply(
    case: Case,
    message: Message,
    *,
    by: Actor,
    at: datetime,
    warned: bool = False,
    seen: int | None = None,
) -> Case:
    """Writes into a case; returns the case the message landed in.

    A customer's message opens a closed case again, or, past the rulebook's term, continues it in a new one.
    `warned` says that the author read what the rulebook's conduct warns of, and insists. What conduct holds goes
    nowhere until one of the marketplace's people has read it. Nobody of a team answers beside a message that a
    colleague just sent: they read it first.
    Raises Invalid, NotAllowed and Outdated.
    """
    action, written = read(case, message, by=by, warned=warned)
    try:
        with door.changing(case.pk, action.id, by=by, at=at, seen=seen) as change:
            _deliver(change, message, written)
        return change.case
    except _TooLate:
        return _continue(case, message, written, by=by, at=at, warned=warned)


def read(case: Case, message: Message, *, by: Actor, warned: bool) -> tuple[Action, Written]:
    """The action that writing is for this party, and what the message says. Raises Invalid and NotAllowed."""
    book = rulebook_versions.of(case)
    action = verdicts.reply_action(book, by.party)
    if action is None:
        raise NotAllowed(_("Você não escreve neste atendimento."))
    written = addressing.write(message.words, message.rich)
    if not (by.party is Party.CUSTOMER and not message.to):
        readers = addressing.address(book, by, message.to, message.customer_reads).readers
        conduct.check(book, written.words, by=by, readers=readers, warned=warned)
    errors = addressing.errors_of(book, written.words, message.files)
    if errors:
        raise Invalid(errors)
    return action, written


def say(change: Change, pressed: Pressed) -> None:
    """Says a message whose author can take it back no more, as it was addressed.

    The door was opened in their name, which a case that was closed meanwhile refuses: nobody meant to open it again.
    """
    sending = addressing.address(
        change.book, change.by, pressed.to, pressed.customer_reads, wait_for_answer=pressed.wait_for_answer
    )
    telling.check_told(change, sending.to)
    files = attachments.freed(pressed)
    _say(change, Written(pressed.body, pressed.rich), sending, files, pressed_at=pressed.pressed_at)


def _deliver(change: Change, message: Message, written: Written) -> None:
    to = message.to or (_answering(change) if change.by.party is Party.CUSTOMER else "")
    sending = addressing.address(
        change.book, change.by, to, message.customer_reads, wait_for_answer=message.wait_for_answer
    )
    telling.check_told(change, sending.to)
    if not sending.is_note:
        beside.refuse(change)
    if message.files or not repeated(change.case, written.words, by=change.by, at=change.at, readers=sending.readers):
        _say(change, written, sending, message.files)
    drafts.sent(change.case, written.words, change.by)


def let_go(change: Change, held: Held) -> None:
    """Sends a message that was held, as it was addressed. The door was opened in its author's name."""
    files = pending.files_of(held)
    said = held.given
    sending = Sending(Party(said["to"]), int(said["readers"]), bool(said["waits"]), bool(said.get("asks")))
    posting.post(change, held.entry.said, sending, files, rich=held.entry.rich)


def _say(
    change: Change,
    written: Written,
    sending: Sending,
    files: Sequence[Attachment],
    *,
    pressed_at: datetime | None = None,
) -> None:
    broken = conduct.held(change.book, written.words, by=change.by, readers=sending.readers)
    if broken:
        pending.message(change, written, sending, files, broken.id)
        return
    _reopen_if_closed(change)
    posting.post(change, written.words, sending, files, rich=written.html, pressed_at=pressed_at)


def repeated(case: Case, words: str, *, by: Actor, at: datetime, readers: int | None = None) -> bool:
    """Whether these are the very words the same person sent last, moments ago: a form that was sent twice.

    What was kept as a note and is sent to more `readers` now is no repetition.
    """
    said_or_held = [events.Posted.name, events.HoldBegan.name]
    last = case.entries.filter(event__in=said_or_held).select_related("words").order_by("-number").first()
    if last is None or last.actor_id != by.person_id or at - last.at > _TWICE:
        return False
    reached = readers is None or last.event == events.HoldBegan.name or last.audience == readers
    return reached and last.said == text.paragraph(words)


def _answering(change: Change) -> str:
    """Whom a customer's message answers: the mediator while one decides, else whoever wrote to them last."""
    rules = change.book.replies.by.get(Party.CUSTOMER)
    if rules and len(rules.to) == 1:
        return str(rules.to[0])
    if change.case.mediation == "asked":
        return str(Party.MARKETPLACE)
    last = (
        change.case.entries.filter(event=events.Posted.name, data__to="customer")
        .annotate(heard=audience.heard_by(Party.CUSTOMER))
        .filter(heard__gt=0)
        .order_by("-number")
        .first()
    )
    return last.party if last else str(Party.SELLER)


def _reopen_if_closed(change: Change) -> None:
    closed_at = change.case.closed_at
    if closed_at is None:
        return
    if change.case.queue:
        closing.bring_back(change)  # an answer is an answer, however late: what becomes of it the parent says
        return
    if change.book.clock.due(closed_at, change.book.reopen.within) < change.at:
        raise _TooLate
    closing.reopen(change, Reopen())


def _continue(case: Case, message: Message, written: Written, *, by: Actor, at: datetime, warned: bool) -> Case:
    told = Message(written.words, to=message.to, files=message.files, rich=written.html)
    newer = Opening(case.order, reason=case.reason, message=told, kind=case.kind, older=case)
    return opening.open_case(newer, by=by, at=at, warned=warned)
