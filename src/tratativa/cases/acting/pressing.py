"""Pressing: a reply its author can take back for ten seconds. Nobody is told before it is said (ADR 108)."""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from tratativa.accounts import actors, reach
from tratativa.accounts.actors import Actor
from tratativa.accounts.formatting import Written
from tratativa.cases import door, events
from tratativa.cases.acting import replying
from tratativa.cases.acting.tags import tagging
from tratativa.cases.clocks import judgement
from tratativa.cases.core import apart, audience, live, rulebook_versions, work
from tratativa.cases.core.change import Change
from tratativa.cases.core.refusals import Invalid, NotAllowed
from tratativa.cases.files import attachments
from tratativa.cases.messages import addressing, beside, conduct, drafts, telling
from tratativa.cases.messages.addressing import Message, Sending
from tratativa.cases.models import Case, Entry, Pressed
from tratativa.rulebook.terms.parties import Party

UNDO = timedelta(seconds=10)
TEAMS = (Party.MARKETPLACE, Party.SELLER)


def waits(case: Case, message: Message, *, by: Actor) -> bool:
    """Whether this message is one that can be taken back: a team's plain word to another party of an open case.

    A conversation is answered at once, a note is told nobody, and what conduct holds waits for somebody anyway.
    Raises Invalid for a recipient this party may not write to.
    """
    book = rulebook_versions.of(case)
    kind = book.kind(case.kind)
    if by.party not in TEAMS or not case.is_open or (kind and kind.chat):
        return False
    sending = addressing.address(book, by, message.to, message.customer_reads)
    if sending.is_note:
        return False
    words = addressing.write(message.words, message.rich).words
    return conduct.held(book, words, by=by, readers=sending.readers) is None


def press(
    case: Case,
    message: Message,
    *,
    by: Actor,
    at: datetime,
    warned: bool = False,
    seen: int | None = None,
    tags: Iterable[str] = (),
) -> Pressed | None:
    """Keeps a message that is said in ten seconds, unless its author takes it back; `tags` are put on then.

    Whatever `replying.reply` refuses is refused here. The same form sent twice is one message; None for one whose
    words were said moments ago. Raises Invalid, NotAllowed and Outdated.
    """
    action, written = replying.read(case, message, by=by, warned=warned)
    with door.changing(case.pk, action.id, by=by, at=at, seen=seen) as change:
        sending = addressing.address(change.book, by, message.to, message.customer_reads)
        telling.check_told(change, sending.to)
        if not message.files and replying.repeated(change.case, written.words, by=by, at=at, readers=sending.readers):
            drafts.sent(change.case, written.words, by)
            return None
        pressed = _same(change, written, sending) if not message.files else None
        if pressed is None:
            beside.refuse(change)
            pressed = _keep(change, message, written, sending, tags)
            work.ask("cases.say_pressed", at=pressed.leaves_at, pressed_id=pressed.pk)
            live.tell_team(change.case, by.party)
        drafts.sent(change.case, written.words, by)
    return pressed


def take_back(pressed: Pressed, *, by: Actor, at: datetime) -> None:
    """Gives it back to its author's draft: nothing happened. As long as it is not said, however late.

    Raises NotAllowed.
    """
    _check_own(pressed, by)
    with door.judging(pressed.case_id, by=by, at=at) as change:
        waiting = _still_waiting(pressed)
        if waiting is None:
            raise NotAllowed(_gone(pressed))
        _give_back(waiting, at=at)
        _end(waiting, "undone", at=at)
        judgement.judge(change)
        live.tell_team(change.case, by.party)


def say_now(pressed: Pressed, *, by: Actor, at: datetime) -> None:
    """Its author waits no longer: it is said, after what they pressed before it. Raises NotAllowed."""
    _check_own(pressed, by)
    _say_through(pressed, at=at)


def say_own(case: Case, *, by: Actor, at: datetime) -> None:
    """Says what this person pressed on the case before: who does the next thing takes nothing back."""
    if by.party not in TEAMS or by.person_id is None:
        return
    last = beside.of_case(case).filter(party=str(by.party), person_id=by.person_id).last()
    if last is not None:
        _say_through(last, at=at)


def say_due(pressed_id: uuid.UUID, *, at: datetime) -> None:
    """Says a message whose seconds are over; what the case no longer allows goes back to its author, with a reason."""
    pressed = Pressed.objects.filter(pk=pressed_id).first()
    if pressed is not None and pressed.ended_at is None and at >= pressed.leaves_at:
        _say_through(pressed, at=at)


def say_overdue(*, at: datetime, since: timedelta = UNDO) -> int:
    """Says what should have been said `since` a while and was not, because its job was lost; how many."""
    late = Pressed.objects.filter(ended_at=None, leaves_at__lte=at - since).order_by("leaves_at", "id")
    keys = list(late.values_list("pk", flat=True)[:200])
    return apart.each(keys, lambda key: say_due(key, at=at), what="saying a message that was sent")


def forget(*, before: datetime) -> int:
    """Throws away the rows of messages that were said, undone or refused before then; how many."""
    return Pressed.objects.filter(ended_at__lt=before).delete()[0]


def _keep(change: Change, message: Message, written: Written, sending: Sending, tags: Iterable[str]) -> Pressed:
    pressed = Pressed.objects.create(
        case=change.case, party=str(change.by.party), person_id=change.by.person, to=str(sending.to),
        customer_reads=message.customer_reads, wait_for_answer=message.wait_for_answer, body=written.words,
        rich=written.html, tags=list(tags), pressed_at=change.at, leaves_at=change.at + UNDO,
    )  # fmt: skip
    attachments.hold(change, pressed, message.files)
    return pressed


def _same(change: Change, written: Written, sending: Sending) -> Pressed | None:
    """The very message, pressed moments ago: a form that was sent twice."""
    mine = beside.of_case(change.case).filter(party=str(change.by.party), person_id=change.by.person)
    same = mine.filter(body=written.words, to=str(sending.to)).last()
    if same is None:
        return None
    before = addressing.address(change.book, change.by, same.to, same.customer_reads)
    return same if before.readers == sending.readers else None


def _say_through(pressed: Pressed, *, at: datetime) -> None:
    """Says it, and first whatever its author pressed on the case before: in the order they were written."""
    earlier = beside.of_case(pressed.case).filter(party=pressed.party, person_id=pressed.person_id)
    for one in earlier.filter(pressed_at__lte=pressed.pressed_at).select_related("case__marketplace"):
        try:
            _say(one, at=at)
        except (NotAllowed, Invalid) as no:
            _refuse(one, str(no), at=at)


def _say(pressed: Pressed, *, at: datetime) -> None:
    author = actors.still(pressed.person_id, Party(pressed.party), pressed.case.marketplace_id, pressed.case.seller_id)
    if author is None:
        raise NotAllowed(_("Quem escreveu já não faz parte da equipe."))
    reply = rulebook_versions.of(pressed.case).replies.id
    with transaction.atomic():
        with door.resuming(pressed.case_id, reply, by=author, at=at, asked_at=pressed.pressed_at) as change:
            waiting = _still_waiting(pressed)
            if waiting is None:
                return
            was = change.case.row_version
            replying.say(change, waiting)
            _end(waiting, "said", at=at, entry=_message(change))
        if change.case.row_version == was + 1:
            Pressed.objects.filter(pk=pressed.pk).update(said_version=change.case.row_version)
        _tag(change.case, waiting, by=author, at=at)


def _message(change: Change) -> Entry | None:
    said = {events.Posted.name, events.HoldBegan.name}
    return next((one for one in change.entries if one.event in said), None)


def _tag(case: Case, pressed: Pressed, *, by: Actor, at: datetime) -> None:
    """Puts the tags of its saved replies on the case; the message was said, whatever becomes of them."""
    if pressed.tags:
        try:
            with transaction.atomic():
                tagging.add(case, pressed.tags, by=by, at=at)
        except (Invalid, NotAllowed):
            return


def _refuse(pressed: Pressed, why: str, *, at: datetime) -> None:
    """Gives back what cannot be said any more, and has the team know why."""
    with door.judging(pressed.case_id, by=actors.clock(pressed.case.marketplace), at=at) as change:
        waiting = _still_waiting(pressed)
        if waiting is None:
            return
        not_sent = events.NotSent(person=str(waiting.person_id))
        entry = change.record(not_sent, to=audience.of(Party(waiting.party)), words=why)
        # Its files are its author's alone until they are sent: the clock, which gives them back, does not reach them.
        with reach.within(waiting.case.marketplace_id, waiting.person_id):
            _give_back(waiting, at=at)
        _end(waiting, "refused", at=at, entry=entry)
        judgement.judge(change)


def _give_back(pressed: Pressed, *, at: datetime) -> None:
    attachments.freed(pressed, draft=drafts.put_back(pressed, at=at))


def _still_waiting(pressed: Pressed) -> Pressed | None:
    """The row as it is under the case's lock; None where somebody was faster."""
    return Pressed.objects.select_related("case").filter(pk=pressed.pk, ended_at=None).first()


def _end(pressed: Pressed, outcome: str, *, at: datetime, entry: Entry | None = None) -> None:
    # The row forgets what was written; the object at hand still needs its tags.
    Pressed.objects.filter(pk=pressed.pk).update(
        outcome=outcome, ended_at=at, entry=entry, body="", rich="", tags=[]
    )  # fmt: skip


def _check_own(pressed: Pressed, by: Actor) -> None:
    if by.person_id != pressed.person_id or by.party != pressed.party:
        raise NotAllowed(_("Só quem enviou pode desfazer."))


def _gone(pressed: Pressed) -> str:
    """What whoever comes too late is told."""
    now = Pressed.objects.get(pk=pressed.pk)
    if now.outcome == "said":
        return _("Tarde demais para desfazer: a mensagem já foi enviada.")
    return _("Isto já foi desfeito: a mensagem está no seu rascunho.")
