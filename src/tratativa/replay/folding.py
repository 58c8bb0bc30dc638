"""Folding: from the entries of a case's ledger to its row as it stood after each, an entry at a time."""

from collections.abc import Callable
from copy import copy

from tratativa.cases import events
from tratativa.cases.acting import eligibility
from tratativa.cases.core import audience
from tratativa.cases.models import Case
from tratativa.replay.histories import Happened, History
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.parties import Party

Fold = Callable[[Case, Rulebook, Happened], None]
FOLDS: dict[str, Fold] = {}


def begin(history: History, book: Rulebook) -> Case:
    """The case's row as it stood before anything happened: what no entry changes is as it is today.

    Which cases begin critical the rules say.
    """
    case = copy(history.case)
    said = {one.event for one in history.happened}
    case.closed_at, case.overdue_since, case.late_child_since = None, None, None
    case.assignee_id = case.seller_assignee_id = None
    case.waiting_on = case.public_turn = "nobody"
    case.mediation, case.return_stage = "none", "none"
    case.offered, case.held, case.done, case.asked, case.answered, case.filled = [], [], [], [], [], []
    case.photos_received = case.helping = case.customer_answered = case.customer_waiting = case.customer_in = False
    case.internal = case.internal or events.Revealed.name in said
    case.critical = eligibility.begins_critical(book, case)
    return case


def fold(case: Case, book: Rulebook, happened: Happened, *, files: bool = False) -> None:
    """Puts on the row what this entry says became of it."""
    if one := FOLDS.get(happened.event):
        one(case, book, happened)
    if files:
        case.photos_received = True
    if audience.holds(happened.audience, Party.CUSTOMER):
        case.customer_in = True


def _on(kind: type[events.Event]) -> Callable[[Fold], Fold]:
    def register(done: Fold) -> Fold:
        FOLDS[kind.name] = done
        return done

    return register


@_on(events.Opened)
def _opened(case: Case, _book: Rulebook, said: Happened) -> None:
    case.waiting_on = said.data["to"]
    if audience.holds(said.audience, Party.CUSTOMER):
        case.public_turn = case.waiting_on
    case.assignee_id = said.actor_id if said.party == Party.MARKETPLACE and case.waiting_on == said.party else None


@_on(events.Posted)
def _posted(case: Case, book: Rulebook, said: Happened) -> None:
    _told_customer(case, said)
    rule = book.replies.by.get(Party(said.party))
    reply = said.data.get("action") == book.replies.id
    if not reply or said.data.get("asks") or rule is None or rule.waits == "always":
        _handed(case, said, said.data["to"])


@_on(events.FieldFilled)
def _field_filled(case: Case, _book: Rulebook, said: Happened) -> None:
    kept = {*case.filled} - {said.data["field"]}
    case.filled = sorted(kept if said.data["empty"] else {*kept, said.data["field"]})


@_on(events.Asked)
def _asked(case: Case, _book: Rulebook, said: Happened) -> None:
    case.asked = sorted({*case.asked, said.data["ask"]})
    _handed(case, said, said.data["of"])


@_on(events.Answered)
def _answered(case: Case, _book: Rulebook, said: Happened) -> None:
    case.answered = sorted({*case.answered, said.data["ask"]})
    if said.party == Party.CUSTOMER:
        case.customer_waiting = True


@_on(events.RequestReopened)
def _waits_again(case: Case, _book: Rulebook, said: Happened) -> None:
    case.answered = [name for name in case.answered if name != said.data["ask"]]


@_on(events.Told)
def _told(case: Case, _book: Rulebook, said: Happened) -> None:
    if said.actor_id is not None and said.party != Party.CUSTOMER:
        _told_customer(case, said)


@_on(events.Ruled)
def _ruled(case: Case, book: Rulebook, said: Happened) -> None:
    case.mediation = "ruled"
    mediating = {one.id for one in book.actions if any(effect.name == "mediate" for effect in one.do)}
    case.offered = [name for name in case.offered if name not in mediating]
    _told_customer(case, said)


@_on(events.TurnPassed)
def _turned(case: Case, _book: Rulebook, said: Happened) -> None:
    case.waiting_on = said.data["to"]
    if said.party == Party.MARKETPLACE:
        case.helping = False
    if audience.holds(said.audience, Party.CUSTOMER):
        case.public_turn = case.waiting_on


@_on(events.Closed)
def _closed(case: Case, _book: Rulebook, said: Happened) -> None:
    case.closed_at, case.helping = said.at, False
    case.waiting_on = case.public_turn = "nobody"


@_on(events.Reopened)
def _reopened(case: Case, _book: Rulebook, _said: Happened) -> None:
    case.closed_at = None


@_on(events.ActionDone)
def _done(case: Case, book: Rulebook, said: Happened) -> None:
    name = said.data["action"]
    if name not in case.done:
        case.done = [*case.done, name]
    action = book.action(name)
    if action is not None and action.place == "help" and case.is_open:
        case.helping = True


@_on(events.Offered)
def _offered(case: Case, _book: Rulebook, said: Happened) -> None:
    case.offered = [*case.offered, said.data["action"]]
    if case.mediation in {"none", "ruled"}:
        case.mediation = "offered"


@_on(events.MediationAsked)
def _mediated(case: Case, _book: Rulebook, _said: Happened) -> None:
    case.mediation = "asked"


@_on(events.MarkedCritical)
def _critical(case: Case, _book: Rulebook, _said: Happened) -> None:
    case.critical = True


@_on(events.Revealed)
def _revealed(case: Case, _book: Rulebook, _said: Happened) -> None:
    case.internal, case.public_turn = False, case.waiting_on


@_on(events.Assigned)
def _assigned(case: Case, _book: Rulebook, said: Happened) -> None:
    # The clock gives a seller's cases out, too: whose team it was says who reads it.
    person = said.data["person"] or None
    if audience.holds(said.audience, Party.SELLER):
        case.seller_assignee_id = person
    else:
        case.assignee_id = person


@_on(events.HandedOver)
def _handed_over(case: Case, _book: Rulebook, said: Happened) -> None:
    case.assignee_id = said.data["person"]


@_on(events.ReturnMoved)
def _returned(case: Case, _book: Rulebook, said: Happened) -> None:
    case.return_stage = said.data["stage"]


@_on(events.HoldBegan)
def _held(case: Case, _book: Rulebook, said: Happened) -> None:
    case.held = [*case.held, said.data["action"]]


@_on(events.HoldEnded)
def _let_go(case: Case, _book: Rulebook, said: Happened) -> None:
    held = list(case.held)
    if said.data["action"] in held:
        held.remove(said.data["action"])
    case.held = held


@_on(events.ChildSilent)
def _silent(case: Case, _book: Rulebook, said: Happened) -> None:
    case.late_child_since = case.late_child_since or said.at


@_on(events.ChildAnswered)
def _child_answered(case: Case, _book: Rulebook, _said: Happened) -> None:
    case.late_child_since = None


def _told_customer(case: Case, said: Happened) -> None:
    """As `Change.told_customer`: who waits for a word, and who has had one."""
    if said.party == Party.CUSTOMER:
        case.customer_waiting = True
    elif audience.holds(said.audience, Party.CUSTOMER):
        case.customer_answered, case.customer_waiting = True, False


def _handed(case: Case, said: Happened, to: str) -> None:
    """As `Change.hand_to`, as far as no entry of its own tells of it."""
    if said.party == Party.MARKETPLACE:
        case.helping = False
    elif case.helping and audience.holds(said.audience, Party.CUSTOMER):
        case.public_turn = to
