"""Closing and opening again."""

from django.utils.translation import gettext as _

from tratativa.cases import events
from tratativa.cases.acting import payouts
from tratativa.cases.core import rulebook_versions
from tratativa.cases.core.change import Change
from tratativa.cases.core.effects import effect
from tratativa.cases.core.refusals import NotAllowed
from tratativa.cases.models import Escalation
from tratativa.rulebook import sentences
from tratativa.rulebook.language import arguments
from tratativa.rulebook.terms.ids import slug
from tratativa.rulebook.terms.parties import Party


@effect("close")
def close(change: Change, argument: arguments.Close) -> None:
    """Closes the case; nobody's turn any more. Closing a closed case does nothing."""
    case = change.case
    if not case.is_open:
        return
    if not (argument.leave_queues and change.fields.get(slug(argument.leave_queues))):
        _check_children(change)
    # What the action was to tell the customer may have been left empty: asked again of what really was said.
    if change.by.party is Party.SELLER and case.customer_waiting and not argument.leaves_waiting:
        raise NotAllowed(rulebook_versions.sentence(sentences.WAITS))
    if case.queue:
        payouts.let_go(change)
    case.closed_at, case.helping = change.at, False
    case.waiting_on, case.public_turn, case.waiting_since = "nobody", "nobody", change.at
    change.record(events.Closed(because=change.because), to=change.everyone)


def _check_children(change: Change) -> None:
    """A case is not finished while a queue still owes it an answer in time."""
    open_ = Escalation.objects.filter(
        parent=change.case, answered_at=None, silent_at=None, withdrawn_at=None, child__closed_at=None
    ).order_by("asked_at")
    waiting = open_.first()
    if waiting:
        raise NotAllowed(
            _("O chamado filho de %(queue)s ainda não foi respondido. Espere a resposta, ou finalize mesmo assim.")
            % {"queue": change.book.queue_label(waiting.queue)}
        )


@effect("reopen")
def reopen(change: Change, _argument: arguments.Reopen) -> None:
    """Opens a closed case: same number, history and responsible person; the turn goes to whoever is not acting.

    Raises NotAllowed past the rulebook's term.
    """
    case = change.case
    if case.closed_at is None:
        return
    if change.book.clock.due(case.closed_at, change.book.reopen.within) < change.at:
        raise NotAllowed(_("O prazo para reabrir este atendimento passou; abra um novo sobre o mesmo pedido."))
    case.closed_at = None
    change.record(events.Reopened(because=change.because), to=change.everyone)
    if change.case.queue:
        change.pass_turn(Party.PARTNER if change.by.party is Party.MARKETPLACE else Party.MARKETPLACE)
        return
    change.pass_turn(Party.MARKETPLACE if change.by.party is Party.SELLER else Party.SELLER)


def bring_back(change: Change) -> None:
    """Puts the case before the marketplace, open again if it was closed, however long ago."""
    if change.case.closed_at is not None:
        change.case.closed_at = None
        change.record(events.Reopened(because=change.because), to=change.everyone)
    change.pass_turn(Party.MARKETPLACE)
