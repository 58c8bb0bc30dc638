"""Effects that move the case: whose turn it is, open or closed, in mediation, in whose hands."""

import uuid

from django.utils.translation import gettext as _

from tratativa.accounts.models import Membership
from tratativa.cases import audience, events, payouts
from tratativa.cases.changing import Change
from tratativa.cases.models import Escalation
from tratativa.cases.refusals import NotAllowed
from tratativa.rulebook import effects, guards
from tratativa.rulebook.ids import slug
from tratativa.rulebook.parties import Party


def close(change: Change, argument: effects.Close) -> None:
    """Closes the case; nobody's turn any more. Closing a closed case does nothing."""
    case = change.case
    if not case.is_open:
        return
    if not (argument.leave_queues and change.fields.get(slug(argument.leave_queues))):
        _check_children(change)
    # What the action was to tell the customer may have been left empty: asked again of what really was said.
    if change.by.party is Party.SELLER and case.customer_waiting and not argument.leaves_waiting:
        raise NotAllowed(guards.WAITS)
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


def reopen(change: Change, _argument: effects.Reopen) -> None:
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


def wait_for(change: Change, argument: effects.WaitFor) -> None:
    """Passes the turn; where the marketplace was asked for help, only the marketplace passes it on."""
    if change.by.party is Party.MARKETPLACE:
        change.case.helping = False
    if change.case.helping:
        change.case.public_turn = str(argument.party)
        return
    change.pass_turn(str(argument.party))


def mark_critical(change: Change, _argument: effects.MarkCritical) -> None:
    """Marks the case critical, once."""
    if not change.case.critical:
        change.case.critical = True
        change.record(events.MarkedCritical(), to=audience.TEAM_AND_SELLER)


def assign(change: Change, argument: effects.Assign) -> None:
    """Makes a member of the acting organisation responsible; without a choice, whoever acts.

    Agents take cases, administrators hand them to others (authz matrix, SA and SD), unless the rulebook lets anyone.
    Raises NotAllowed when the chosen person does not belong to it, or is not theirs to choose.
    """
    field = slug(argument.field) if argument.field else ""
    chosen = str(change.fields.get(field) or change.by.person_id or "")
    person = colleague(change, chosen)
    if person != change.by.person_id and not (change.by.is_admin or argument.anyone):
        raise NotAllowed(_("Só quem administra a equipe atribui um atendimento a outra pessoa."))
    if change.by.party is Party.SELLER:
        change.case.seller_assignee_id = person
    else:
        change.case.assignee_id = person
    change.record(events.Assigned(person=str(person)), to=audience.of(change.by.party))


def colleague(change: Change, chosen: str) -> uuid.UUID:
    """The id of a person chosen in a form who belongs to the acting organisation. Raises NotAllowed for another."""
    team = Membership.objects.filter(
        marketplace_id=change.by.marketplace_id, seller=change.by.seller_id, partner=None, person__is_active=True
    )
    key = _uuid(chosen)
    if key is None or not team.filter(person_id=key).exists():
        raise NotAllowed(_("Escolha alguém da sua equipe."))
    return key


def mediate(change: Change, _argument: effects.Mediate) -> None:
    """Asks the marketplace to decide; from here on the turn is its own until it asks somebody."""
    change.case.mediation = "asked"
    change.case.customer_in = change.case.customer_in or change.by.party is Party.CUSTOMER
    change.record(events.MediationAsked(), to=change.everyone)
    change.pass_turn(Party.MARKETPLACE)


def offer(change: Change, argument: effects.Offer) -> None:
    """Makes an action available that waits for being offered; offering twice is once."""
    action = slug(argument.action)
    if action in change.case.offered:
        return
    change.case.offered = [*change.case.offered, action]
    # A ruling ends one mediation, not the customer's way to the marketplace: each miss after it opens that again.
    if change.case.mediation in {"none", "ruled"}:
        change.case.mediation = "offered"
    change.record(events.Offered(action=action), to=change.everyone)


def rule(change: Change, argument: effects.Rule) -> None:
    """Records the decision both sides read, and ends the mediation.

    The contract's clause is cited only when the ruling cancels the order (A-31).
    """
    benefits = str(change.fields.get(slug(argument.benefits), ""))
    cancels = bool(argument.cancels and change.fields.get(slug(argument.cancels)))
    change.case.mediation = "ruled"
    mediating = {one.id for one in change.book.actions if any(effect.name == "mediate" for effect in one.do)}
    change.case.offered = [name for name in change.case.offered if name not in mediating]
    readers = audience.EVERYONE if change.case.customer_id else audience.TEAM_AND_SELLER
    change.told_customer(readers)
    change.record(
        events.Ruled(benefits=benefits, cancels_order=cancels, clause=argument.clause if cancels else ""),
        to=readers,
        words=str(change.fields.get(slug(argument.words), "")),
    )


def _uuid(raw: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(raw)
    except ValueError:
        return None
