"""Approvals: what was held happens after all, is refused with a reason, or is taken back by who asked for it."""

import uuid
from datetime import datetime

from django.utils.translation import gettext as _

from tratativa.accounts import actors
from tratativa.accounts.actors import Actor
from tratativa.accounts.rights import Right
from tratativa.cases import door, events
from tratativa.cases.acting import actions, counting, replying
from tratativa.cases.clocks import judgement, planning
from tratativa.cases.core import audience, justification
from tratativa.cases.core.change import Change
from tratativa.cases.core.refusals import NotAllowed
from tratativa.cases.models import Held
from tratativa.rulebook.language import arguments
from tratativa.rulebook.terms.parties import Party


def may_decide(held: Held, by: Actor) -> bool:
    """Whether this person may let it go or refuse it: one of the marketplace's, and never who asked for it.

    Money above the rulebook's limit takes a role that may be the second person (`accounts.rights`).
    """
    if by.party is not Party.MARKETPLACE or by.person_id == held.person_id or held.why == "undo":
        return False
    return by.may(Right.RELEASE_WORDS if held.why == "conduct" else Right.RELEASE_MONEY)


def release(held: Held, *, by: Actor, at: datetime) -> None:
    """Lets it happen now, in its author's name, counted as of when it was asked. Raises NotAllowed.

    The verdict is asked again: what the case no longer allows does not happen.
    """
    if not may_decide(held, by):
        raise NotAllowed(_("Esta decisão é de outra pessoa da equipe do marketplace."))
    _release(held, by=by, at=at)


def release_due(held_id: uuid.UUID, *, at: datetime) -> None:
    """Lets an action happen whose undo window is over; what the case no longer allows is refused, with the reason."""
    held = Held.objects.select_related("case__marketplace").get(pk=held_id)
    if held.decided_at or held.due_at is None or at < held.due_at:
        return
    clock = actors.clock(held.case.marketplace)
    try:
        _release(held, by=clock, at=at)
    except NotAllowed as no:
        if not Held.objects.get(pk=held_id).decided_at:
            _refuse(held, str(no), by=clock, at=at)


def refuse(held: Held, words: str, *, by: Actor, at: datetime) -> None:
    """Says no, with a reason the author reads; a broken rule may count for the seller.

    Raises Invalid and NotAllowed.
    """
    said = justification.read(words)
    if not may_decide(held, by):
        raise NotAllowed(_("Esta decisão é de outra pessoa da equipe do marketplace."))
    _refuse(held, said, by=by, at=at)


def undo(held: Held, *, by: Actor, at: datetime) -> None:
    """Takes it back: the author, or a colleague, before anybody decided. Raises NotAllowed."""
    ours = by.party == held.party and (by.party is Party.MARKETPLACE or by.seller_id == held.case.seller_id)
    if not ours:
        raise NotAllowed(_("Só quem pediu, ou um colega, pode desfazer."))
    with door.judging(held.case_id, by=by, at=at) as change:
        waiting = _still_waiting(held)
        if waiting.due_at and at >= waiting.due_at:
            raise NotAllowed(_("O tempo para desfazer acabou."))
        _end(change, waiting, "undone", by=by)
        judgement.judge(change)


def _release(held: Held, *, by: Actor, at: datetime) -> None:
    author = _author(held)
    with door.resuming(held.case_id, held.action, by=author, at=at, asked_at=held.asked_at) as change:
        waiting = _still_waiting(held)
        _end(change, waiting, "released", by=by)
        if waiting.action == change.book.replies.id:
            replying.let_go(change, waiting)
        else:
            actions.let_go(change, waiting)
        planning.replan(change)
        judgement.judge(change)


def _refuse(held: Held, words: str, *, by: Actor, at: datetime) -> None:
    with door.judging(held.case_id, by=by, at=at) as change:
        waiting = _still_waiting(held)
        _end(change, waiting, "refused", by=by, words=words)
        rule = next((one for one in change.book.conduct if one.id == waiting.rule), None)
        if rule and rule.counts:
            change.because = f"conduct:{rule.id}"
            counting.count(change, arguments.Count(metric=rule.counts))
        judgement.judge(change)


def _still_waiting(held: Held) -> Held:
    """The row as it is under the case's lock. Raises NotAllowed when somebody was faster."""
    now = Held.objects.select_related("entry").get(pk=held.pk)
    if now.decided_at:
        raise NotAllowed(_("Isto já foi decidido."))
    return now


def _end(change: Change, held: Held, decision: str, *, by: Actor, words: str | None = None) -> None:
    # The row forgets what was filled in; the object at hand still needs it.
    Held.objects.filter(pk=held.pk).update(decision=decision, decided_at=change.at, decided_by=by.person_id, given={})
    change.case.held = _without(change.case.held, held.action)
    change.record(
        events.HoldEnded(held=str(held.pk), action=held.action, decision=decision),
        to=audience.of(Party(held.party), Party.MARKETPLACE), by=by, words=words,
    )  # fmt: skip


def _without(names: list[str], name: str) -> list[str]:
    """One of the name less."""
    left = list(names)
    if name in left:
        left.remove(name)
    return left


def _author(held: Held) -> Actor:
    """Who asked, with the reach they have today (P-12). Raises NotAllowed for somebody who left."""
    author = actors.still(held.person_id, Party(held.party), held.case.marketplace_id, held.case.seller_id)
    if author is None:
        raise NotAllowed(_("Quem pediu já não faz parte da equipe; recuse, para que outra pessoa peça de novo."))
    return author
