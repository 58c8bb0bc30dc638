"""Child cases: a question to a queue, with a protocol, a thread and a clock of its own, and its way back."""

import uuid
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Exists, F, Min, OuterRef, Q
from django.utils.translation import gettext as _

from tratativa.accounts import actors, partners
from tratativa.accounts.models import Partner
from tratativa.cases import door, events
from tratativa.cases.acting import closing, follow_ups, opening, payouts
from tratativa.cases.clocks import planning
from tratativa.cases.core import apart, audience, work
from tratativa.cases.core.change import Change
from tratativa.cases.core.refusals import NotAllowed
from tratativa.cases.messages import addressing, posting
from tratativa.cases.models import Case, Escalation
from tratativa.cases.queues import bank_details, sharing
from tratativa.rulebook.language.arguments import Close
from tratativa.rulebook.language.playbooks import Queue
from tratativa.rulebook.terms.parties import Party
from tratativa.rulebook.time.durations import Duration


class StillOpen(Exception):
    """Not every child case of a finished one could be closed; the job that asked tries again."""


def open_child(
    change: Change,
    queue: Queue,
    words: str,
    share: Iterable[str],
    within: Duration | None,
    target: Duration | None = None,
) -> Case:
    """Asks a queue: opens a child case with the request and what is shared; the parent then waits on the partner.

    It is always the marketplace that asks: where a customer's or another queue's answer walked the procedure here,
    whoever reads the child case does not learn whose it was.

    A queue that pays and is shown the amount is asked to pay it: what is left of the order's shortage, or of the order.

    Raises NotAllowed when the queue is the order's own and the case has no order, or nothing is left to pay.
    """
    parent, named = change.case, list(share)
    child = _row(change, queue, partner_of(change, queue))
    payout = payouts.ask(change, child) if queue.pays and sharing.AMOUNT in named else None
    shared = sharing.gather(parent, named, amount_cents=payout.amount_cents if payout else None)
    if "pedido" in shared.names:
        child.order_number = parent.order_number
    by = change.by if change.by.party is Party.MARKETPLACE else actors.clock(parent.marketplace)
    with door.beginning(child, by=by, at=change.at) as inner:
        child.waiting_on, child.waiting_since = str(Party.PARTNER), change.at
        inner.record(
            events.Opened(to=str(Party.PARTNER), channel="page", reason=child.reason), to=audience.WITH_PARTNER
        )
        posting.post(inner, words, addressing.Sending(Party.PARTNER, audience.WITH_PARTNER))
        sharing.show(inner, shared)
        _start_clock(inner, queue, within, target)
    Escalation.objects.create(child=child, parent=parent, queue=queue.id, shared=shared.names, asked_at=change.at)
    change.record(events.ChildOpened(child=str(child.pk), queue=queue.id, shared=shared.names), to=audience.TEAM)
    if payout:
        asked = events.PayoutAsked(child=str(child.pk), queue=queue.id, amount_cents=payout.amount_cents)
        change.record(asked, to=audience.TEAM)
    change.pass_turn(Party.PARTNER, to=audience.TEAM)
    return child


def _start_clock(child: Change, queue: Queue, within: Duration | None, target: Duration | None) -> None:
    """Until when the queue answers: as the step says, with its own target, else as the queue does."""
    term = within or queue.within
    if term is not None:
        aim = target if within else queue.target
        planning.start(child, planning.ANSWER, Party.PARTNER, str(Party.MARKETPLACE), term, target=aim)


def partner_of(change: Change, queue: Queue) -> Partner:
    """Who answers this queue for this case. Raises NotAllowed without an order, where each seller has its own."""
    seller = None
    if queue.of == "seller":
        seller = change.case.order.seller if change.case.order else change.case.asked_seller
        if seller is None:
            raise NotAllowed(
                _("Não se sabe a quem perguntar em «%(queue)s»: informe o pedido, ou quem é, e siga.")
                % {"queue": queue.label}
            )
    name = seller.name if seller else queue.label
    return partners.answering(change.case.marketplace_id, queue.id, name=name, seller=seller)


def report(child_id: uuid.UUID) -> None:
    """Tells the parent that the queue answered, or that its time passed, and erases bank data of a closed child.

    Told twice, it is told once.
    """
    known = Escalation.objects.select_related("child__partner", "parent__marketplace").get(child=child_id)
    if known.silent_at and not known.told_silence:
        with door.judging(known.parent_id, by=actors.clock(known.parent.marketplace), at=known.silent_at) as change:
            _silent(change, Escalation.objects.get(pk=known.pk))
    if known.answer > known.told and known.answered_at and known.child.partner:
        by = actors.of_partner(known.child.partner)
        with door.judging(known.parent_id, by=by, at=known.answered_at) as change:
            _answered(change, Escalation.objects.get(pk=known.pk))
    if known.child.closed_at and bank_details.shared_with(child_id).exists():
        by = actors.clock(known.parent.marketplace)
        with door.judging(known.parent_id, by=by, at=known.child.closed_at) as change:
            bank_details.erase(change, Escalation.objects.get(pk=known.pk))


def say(child_id: uuid.UUID, *, at: datetime) -> None:
    """Says in a child case what its parent had for whoever is there, once."""
    child = Case.objects.select_related("marketplace").get(pk=child_id)
    with door.judging(child_id, by=actors.clock(child.marketplace), at=at) as change:
        row = Escalation.objects.select_for_update().get(child=child_id)
        for template, words, rich in row.to_say:
            told = events.Told(to=str(Party.PARTNER), template=template)
            change.record(told, to=audience.WITH_PARTNER, words=words, rich=rich)
        row.to_say = []
        row.save(update_fields=["to_say"])


def take_back(change: Change, child_id: uuid.UUID) -> None:
    """Takes back a question to a queue; a job closes the child case, for no two cases are locked at once.

    Raises NotAllowed once the queue has answered.
    """
    row = Escalation.objects.get(child=child_id)
    if row.answered_at is not None:
        raise NotAllowed(_("Não dá para voltar: a fila já respondeu."))
    row.withdrawn_at = change.at
    row.save(update_fields=["withdrawn_at"])
    work.ask("cases.close_child", child_id=child_id)


def close_one(child_id: uuid.UUID, *, at: datetime) -> None:
    """Closes a child case from which nobody needs an answer any more."""
    child = Case.objects.select_related("marketplace").get(pk=child_id)
    with door.judging(child_id, by=actors.clock(child.marketplace), at=at) as change:
        closing.close(change, Close(why=""))


def close(parent_id: uuid.UUID, *, at: datetime) -> None:
    """Closes what a finished case still has open with its queues, each apart; raises StillOpen where one stays open."""
    open_ = list(Escalation.objects.filter(parent=parent_id, child__closed_at=None))
    closed = apart.each(open_, lambda row: close_one(row.child_id, at=at), what="closing a child case")
    if closed < len(open_):
        raise StillOpen(parent_id)


def catch_up(marketplace_id: uuid.UUID, *, at: datetime) -> bool:
    """What the jobs of children do within seconds, done now: finished parents close theirs, children report.

    Whether any reported: what follows may be news in its turn. For stories, whose clock no worker follows.
    """
    for parent in finished(marketplace_id):
        close(parent, at=at)
    unsaid = Escalation.objects.filter(parent__marketplace=marketplace_id).exclude(to_say=[])
    for child in list(unsaid.values_list("child_id", flat=True)):
        say(child, at=at)
    taken_back = Escalation.objects.filter(
        parent__marketplace=marketplace_id, withdrawn_at__isnull=False, child__closed_at=None
    )
    for child in list(taken_back.values_list("child_id", flat=True)):
        close_one(child, at=at)
    news = unreported(marketplace_id)
    for child in news:
        report(child)
    return bool(news)


def unreported(marketplace_id: uuid.UUID) -> list[uuid.UUID]:
    """The children whose news their parent has not heard, oldest first."""
    untold = Q(answer__gt=F("told")) | Q(silent_at__isnull=False, told_silence=False)
    over = Q(child__closed_at__isnull=False) & Exists(bank_details.shared_with(OuterRef("child_id")))
    rows = Escalation.objects.filter(untold | over, parent__marketplace=marketplace_id).order_by("asked_at")
    return list(rows.values_list("child_id", flat=True))


def finished(marketplace_id: uuid.UUID) -> list[uuid.UUID]:
    """The finished cases some of whose children are still open; one in which something came later is open again."""
    rows = Escalation.objects.filter(
        parent__marketplace=marketplace_id, parent__closed_at__isnull=False, child__closed_at=None,
        child__last_activity_at__lte=F("parent__closed_at"),
    )  # fmt: skip
    return list(rows.values_list("parent_id", flat=True).distinct())


def _row(change: Change, queue: Queue, partner: Partner) -> Case:
    kind = change.book.child_kind
    child = opening.beside(change.case, kind.id if kind else change.case.kind, at=change.at)
    child.queue, child.partner = queue.id, partner
    return child


def _silent(change: Change, row: Escalation) -> None:
    if row.told_silence:
        return
    row.told_silence = True
    row.save(update_fields=["told_silence"])
    _count_late(change)
    change.record(events.ChildSilent(child=str(row.child_id), queue=row.queue), to=audience.TEAM)
    _bring_back(change)


def _answered(change: Change, row: Escalation) -> None:
    if row.answer <= row.told:
        return
    row.told = row.answer
    row.save(update_fields=["told"])
    _count_late(change)
    answer = events.ChildAnswered(child=str(row.child_id), queue=row.queue, number=row.answer)
    change.record(answer, to=audience.TEAM)
    if not bank_details.asks_back(row):
        bank_details.erase(change, row)
    if change.case.is_open:
        _bring_back(change)
    else:
        _take_up_again(change, row)


def _bring_back(change: Change) -> None:
    if change.case.is_open:
        change.pass_turn(Party.MARKETPLACE, to=audience.TEAM)


def _take_up_again(change: Change, row: Escalation) -> None:
    """The answer came after the case was finished: it is open again for the team, who decides what the customer hears.

    Past the rulebook's term it stays closed, and the answer is a task.
    """
    assert change.case.closed_at is not None
    if change.at <= change.book.clock.due(change.case.closed_at, change.book.reopen.within):
        change.case.closed_at = None
        change.record(events.Reopened(because="child"), to=audience.TEAM)
        change.pass_turn(Party.MARKETPLACE, to=audience.TEAM)
        return
    words = _("%(queue)s respondeu depois do fim: veja se há o que dizer ao cliente.")
    follow_ups.leave(change, words % {"queue": change.book.queue_label(row.queue)}, change.at + timedelta(hours=1))


def let_go(change: Change, child_id: uuid.UUID | None) -> None:
    """The procedure went on without this queue's answer: that it is late counts for the case no more."""
    Escalation.objects.filter(child=child_id).update(let_go_at=change.at)
    _count_late(change)


def _count_late(change: Change) -> None:
    """Puts on the case since when a queue owes it an answer; no row of it is missing one the procedure waits for."""
    owing = Escalation.objects.filter(
        parent=change.case, silent_at__isnull=False, answered_at=None, withdrawn_at=None, let_go_at=None
    )
    change.case.late_child_since = owing.aggregate(at=Min("silent_at"))["at"]
