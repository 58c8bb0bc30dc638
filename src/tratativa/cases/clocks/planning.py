"""Planning clocks: what a change recorded starts, stops and pauses them, as the rulebook says."""

from datetime import UTC, datetime, timedelta

from django.utils.dateparse import parse_datetime

from tratativa.cases import events
from tratativa.cases.clocks import stops
from tratativa.cases.clocks.happenings import Clocked, Happening
from tratativa.cases.core import audience
from tratativa.cases.core.change import Change
from tratativa.cases.models import Case, Deadline
from tratativa.rulebook.language.deadlines import Deadline as Rule
from tratativa.rulebook.terms.parties import Party
from tratativa.rulebook.time.durations import Duration

SURVEY = "pesquisa"
# A clock no rulebook's deadline names, as a queue's on its child case (`stops.ANSWER`): a procedure's timer.
TIMER, ANSWER = "passo-do-roteiro", stops.ANSWER
NEVER = datetime(9999, 12, 31, tzinfo=UTC)


def replan(change: Clocked) -> None:
    """Starts, stops and pauses clocks by what the change recorded, and puts the nearest due time on the case."""
    for entry in change.news("clocks"):
        _stop(change, entry)
        _start(change, entry)
    _pause(change)
    _summarise(change.case, change.clocks)


def _summarise(case: Case, clocks: list[Deadline]) -> None:
    """The nearest due time and the oldest unanswered miss, of all clocks and of the seller's own, on the case's row."""
    running = [row for row in clocks if row.state == "running" and row.rule != SURVEY]
    missed = [row for row in clocks if row.state == "missed" and row.answered_at is None]
    # An answer a queue owes late is the case's own lateness, as long as the case is open.
    late = [moment for moment in (_first(missed), case.late_child_since if case.is_open else None) if moment]
    case.due_at, case.overdue_since = _first(running), min(late, default=None)
    case.seller_due_at, case.seller_overdue_since = _first(running, Party.SELLER), _first(missed, Party.SELLER)
    # What is late comes before what is still in time, wherever a list is sorted by urgency.
    case.due_order = case.overdue_since or case.due_at or NEVER
    case.seller_due_order = case.seller_overdue_since or case.seller_due_at or NEVER


def _first(rows: list[Deadline], party: Party | None = None) -> datetime | None:
    return min((row.due_at for row in rows if party is None or row.party == party), default=None)


def _start(change: Clocked, entry: Happening) -> None:
    for rule in () if change.case.queue else change.book.deadlines:
        to = _starts(rule, entry)
        if to is not None and not _runs(change, rule.id) and _applies(change, rule, entry.at):
            _begin(change, rule, to, entry.at)
    if entry.event == events.Closed.name:
        _plan_survey(change, entry)
    if entry.event == events.MarkedCritical.name:
        _plan_anew(change, entry)


def _applies(change: Clocked, rule: Rule, at: datetime) -> bool:
    """Whether a clock of this rule exists for the case's reason and its `when` holds."""
    exists = change.book.holds_under("deadlines", rule.id, change.case.reason)
    return exists and rule.when.holds(change.known(at))


def _plan_anew(change: Clocked, entry: Happening) -> None:
    """The case became critical: clocks that no longer hold end, their stricter likes run from the same start (M-07)."""
    for row in list(change.clocks):
        rule = change.book.deadline(row.rule)
        if rule is None or row.state not in {"running", "paused"} or rule.when.holds(change.known()):
            continue
        row.state, row.answered_at = "released", entry.at
        change.keep(row)
        for other in change.book.deadlines:
            alike = other.starts == rule.starts and other.party == rule.party and other.id != rule.id
            if alike and not _runs(change, other.id) and _applies(change, other, entry.at):
                _begin(change, other, row.to, row.started_at)


def _plan_survey(change: Clocked, entry: Happening) -> None:
    survey = change.book.survey
    if survey is None or _runs(change, SURVEY) or _surveyed(change.case):
        return
    if survey.when.holds(change.known()):
        due = change.book.clock.due(entry.at, survey.after)
        # A clock is missed only after its due time, but the survey goes out at it.
        _keep(change, SURVEY, Party.CUSTOMER, "", entry.at, due - timedelta(microseconds=1), None)


def _starts(rule: Rule, entry: Happening) -> str | None:
    """To whom the clock this entry starts is owed, or None when it starts none of this rule."""
    starts = rule.starts
    if entry.event == events.Opened.name and starts.opened and entry.party in starts.opened:
        return entry.party
    if entry.event == events.Posted.name and starts.message_from:
        addressed = entry.data["to"] == rule.party and audience.holds(entry.audience, rule.party)
        return entry.party if entry.party == starts.message_from and addressed else None
    if entry.event == events.ActionDone.name and entry.data["action"] in starts.action:
        return entry.party
    if entry.event == events.Asked.name and starts.asked:
        return entry.party if entry.data["of"] == starts.asked else None
    if entry.event == events.ReturnMoved.name and entry.data["stage"] in starts.returned:
        return str(Party.CUSTOMER)
    if entry.event == events.MediationAsked.name and starts.mediated:
        return entry.party
    if entry.event == events.Closed.name and starts.closed:
        return entry.party
    return None


def _begin(change: Clocked, rule: Rule, to: str, at: datetime) -> None:
    exception = rule.exception(change.known(at)) if rule.exceptions else None
    due = change.book.clock.due(at, rule.term(exception))
    warn_at = at + (due - at) * rule.warn_fraction
    _keep(change, rule.id, rule.party, to, at, due, warn_at, exception)
    change.record(
        events.DeadlineStarted(rule=rule.id, due=due.isoformat()),
        to=audience.of(Party.MARKETPLACE, rule.party), at=at,
    )  # fmt: skip


def start(
    change: Clocked, rule: str, party: Party, to: str, within: Duration, *, target: Duration | None = None
) -> Deadline:
    """Starts a clock that no deadline of the rulebook describes: `TIMER` or `ANSWER`, the latter warned of at its
    target, or at three quarters."""
    due = change.book.clock.due(change.at, within)
    warn_at = change.at + (due - change.at) * 0.75 if rule == ANSWER else None
    if target is not None:
        warn_at = min(change.book.clock.due(change.at, target), due)
    return _keep(change, rule, party, to, change.at, due, warn_at)


def answered_then(change: Change, entry: Happening) -> None:
    """Judges anew, as of an entry that came to count only later, the clocks that it answered in time.

    What a miss led to stands, as all that happened does; the miss itself was none.
    """
    late = Deadline.objects.filter(case=change.case, state="missed", started_at__lte=entry.at, due_at__gte=entry.at)
    for row in late.exclude(rule__in=[SURVEY, TIMER]):
        if stops.answers(change.book, row, entry):
            row.state, row.answered_at = "met", entry.at
            change.keep(row)
            change.clocks = [one for one in change.clocks if one.pk != row.pk]
            change.record(events.DeadlineMet(rule=row.rule), to=audience.of(Party.MARKETPLACE, Party(row.party)))


def end_timer(change: Clocked, state: str) -> None:
    """Ends the procedure's running timer: `met` where what it waited for came, else `released`."""
    for row in change.clocks:
        if row.rule == TIMER and row.state == "running":
            end(change, row, state)


def end(change: Clocked, row: Deadline, state: str) -> None:
    """Ends one clock here and now, in this state."""
    row.state, row.answered_at = state, change.at
    change.keep(row)


def _keep(
    change: Clocked,
    rule: str,
    party: Party,
    to: str,
    at: datetime,
    due: datetime,
    warn_at: datetime | None,
    exception: int | None = None,
) -> Deadline:
    row = Deadline(
        case=change.case, rule=rule, party=str(party), to=to, started_at=at, due_at=due,
        warn_at=warn_at, next_at=warn_at or due, exception=exception,
    )  # fmt: skip
    change.keep(row)
    change.clocks.append(row)
    return row


def _runs(change: Clocked, rule: str) -> bool:
    """Whether this clock already runs, or was missed and its answer is still owed: a nudge starts no second one."""
    return any(row.rule == rule and row.answered_at is None and row.state != "released" for row in change.clocks)


def _surveyed(case: Case) -> bool:
    return hasattr(case, "survey")


def _stop(change: Clocked, entry: Happening) -> None:
    for row in change.clocks:
        if row.answered_at is not None or row.state == "released":
            continue
        if entry.event == events.Closed.name and not stops.answers(change.book, row, entry):
            _release(change, row, entry)
        elif row.rule == SURVEY:
            _end_survey(change, row, entry)
        elif stops.answers(change.book, row, entry):
            _answer(change, row, entry)


def _answer(change: Clocked, row: Deadline, entry: Happening) -> None:
    row.answered_at = change.acted_at or entry.at
    if row.state != "missed":
        row.state = "met"
        change.record(
            events.DeadlineMet(rule=row.rule), to=audience.of(Party.MARKETPLACE, Party(row.party)), at=entry.at
        )
    change.keep(row)


def _release(change: Clocked, row: Deadline, entry: Happening) -> None:
    rule = change.book.deadline(row.rule)
    if rule and rule.legal:
        return  # a legal clock runs on: closing without an answer is not answering (Dec. 7.962/2013 art. 4)
    if row.state != "missed":
        row.state = "released"
    row.answered_at = entry.at
    change.keep(row)


def _end_survey(change: Clocked, row: Deadline, entry: Happening) -> None:
    """Reopened, the case asks anew once it is closed again; that this question went out stays what became of it."""
    if entry.event == events.Reopened.name:
        row.state = "missed" if row.state == "missed" else "released"
        row.answered_at = entry.at
        change.keep(row)


def _pause(change: Clocked) -> None:
    for row in change.clocks:
        rule = change.book.deadline(row.rule)
        if rule is None or rule.pauses is None or row.state not in {"running", "paused"}:
            continue
        still = change.case.is_open and change.case.waiting_on in rule.pauses.waiting_on
        if still and row.state == "running":
            row.state, row.paused_at = "paused", change.at
            change.keep(row)
        elif not still and row.state == "paused":
            _resume(change, row, rule)


def _resume(change: Clocked, row: Deadline, rule: Rule) -> None:
    assert row.paused_at is not None
    row.pauses = [*row.pauses, [row.paused_at.isoformat(), change.at.isoformat()]]
    spans = [(_moment(begin), _moment(end)) for begin, end in row.pauses]
    row.due_at = change.book.clock.due_after_pauses(row.started_at, rule.term(row.exception), spans)
    row.warn_at = row.started_at + (row.due_at - row.started_at) * rule.warn_fraction
    row.state, row.paused_at = "running", None
    row.next_at = row.due_at if row.warned else row.warn_at
    change.keep(row)


def _moment(text: str) -> datetime:
    moment = parse_datetime(text)
    assert moment is not None
    return moment
