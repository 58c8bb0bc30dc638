"""Child cases: a question to a queue, with a protocol, a thread and a clock; closed once nobody needs its answer."""

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.db.models import F
from django.utils.translation import gettext as _

from tratativa.accounts import actors
from tratativa.accounts.models import Partner
from tratativa.accounts.people import partners
from tratativa.cases import door, events
from tratativa.cases.acting import closing, opening, payouts
from tratativa.cases.clocks import planning
from tratativa.cases.core import apart, audience, work
from tratativa.cases.core.change import Change
from tratativa.cases.core.refusals import NotAllowed
from tratativa.cases.messages import addressing, posting
from tratativa.cases.models import Case, Escalation
from tratativa.cases.queues import child_reports, sharing
from tratativa.orders.models import Payout
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
    _remember(change, child, queue, shared.names, payout)
    change.pass_turn(Party.PARTNER, to=audience.TEAM)
    return child


def _remember(change: Change, child: Case, queue: Queue, shared: list[str], payout: Payout | None) -> None:
    """On the parent: which queue was asked, what it was shown, and how much it was asked to pay."""
    Escalation.objects.create(child=child, parent=change.case, queue=queue.id, shared=shared, asked_at=change.at)
    change.record(events.ChildOpened(child=str(child.pk), queue=queue.id, shared=shared), to=audience.TEAM)
    if payout:
        asked = events.PayoutAsked(child=str(child.pk), queue=queue.id, amount_cents=payout.amount_cents)
        change.record(asked, to=audience.TEAM)


def _start_clock(child: Change, queue: Queue, within: Duration | None, target: Duration | None) -> None:
    """Until when the queue answers: as the step says, with its own target, else as the queue does."""
    limit = term(queue, within)
    if limit is not None:
        aim = target if within else queue.target
        planning.start(child, planning.ANSWER, Party.PARTNER, str(Party.MARKETPLACE), limit, target=aim)


def term(queue: Queue, within: Duration | None) -> Duration | None:
    """How long the queue has to answer, where the step or the action that asks says `within`; None for no limit."""
    return within or queue.within


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
    news = child_reports.unreported(marketplace_id)
    for child in news:
        child_reports.report(child)
    return bool(news)


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
