"""Waking runs: an answered form, a queue's or the Receita's answer, silence, a timer, and the case that was closed."""

from tratativa.cases import events
from tratativa.cases.clocks import planning
from tratativa.cases.clocks.happenings import Happening
from tratativa.cases.core import audience
from tratativa.cases.core.change import Change
from tratativa.cases.core.refusals import Invalid, NotAllowed
from tratativa.cases.models import Entry
from tratativa.playbooks import silence, walks
from tratativa.playbooks.models import Run
from tratativa.rulebook.language.any_step import ANSWERED, NEXT, SILENCE, Step
from tratativa.rulebook.language.step_kinds import Ask, Check, Escalate, Wait
from tratativa.rulebook.procedures import walking
from tratativa.rulebook.terms.ids import slug
from tratativa.rulebook.terms.parties import Party

# A fact became known: nobody answered, but a check may answer itself now.
_KNOWN = {events.RegistryAnswered.name, events.OrderAttached.name}
_WAKING = {
    events.Posted.name, events.Answered.name, events.DeadlineMissed.name, events.Closed.name,
    events.ChildAnswered.name, events.ChildSilent.name, *_KNOWN,
}  # fmt: skip


def follow(change: Change) -> None:
    """Walks the case's run on for every new entry it waited for."""
    for entry in list(change.news("procedures")):  # what waking leads to is looked at when the change goes on
        if entry.event in _WAKING:
            run = Run.objects.select_related("request").filter(case=change.case, finished_at=None).first()
            if run:
                _try_to_wake(change, run, entry)


def _try_to_wake(change: Change, run: Run, entry: Entry) -> None:
    """Wakes the run; what it may not do on the way is put on record for the team, and whatever woke it stands.

    The customer's answer, the queue's and the miss are theirs, whether or not the procedure can go on from there.
    """
    stood = (run.at_playbook, run.step)
    try:
        with change.attempt():
            _wake(change, run, entry)
    except (NotAllowed, Invalid) as no:
        refused = events.RunRefused(run=str(run.pk), playbook=stood[0], step=stood[1])
        change.record(refused, to=audience.TEAM, words=str(no))
        planning.end_timer(change, "released")
        change.pass_turn(Party.MARKETPLACE, to=audience.TEAM)


def _wake(change: Change, run: Run, entry: Entry) -> None:
    if entry.event == events.Closed.name:
        run.finished_at = change.at
        walks.withdraw(change, run)
        walks.keep(change, run)
        return
    outcome = _outcome(change, run, entry)
    if outcome is None and _speaks(change, run, entry):
        _hear(change, run, entry)
    if outcome is not None:
        if outcome == SILENCE:
            silence.fall(change, run)
        if entry.event in _KNOWN:
            walks.go_on_by_itself(change, run, outcome)
        else:
            walks.go_on(change, run, outcome)


def _speaks(change: Change, run: Run, entry: Entry) -> bool:
    """Whether this is a word of who was asked, while a timer waits for their answer (K04-07).

    A reply, a letter that is theirs, another form, what an agent notes for them. What a machine or a stranger sent is
    filed and no word of anybody's.
    """
    timed = any(row.rule == planning.TIMER and row.state == "running" for row in change.clocks)
    return timed and is_word_of_asked(walks.step_of(change, run), entry)


def is_word_of_asked(step: Step | None, entry: Happening) -> bool:
    """Whether whoever this step asks said something, be it the answer or another word: its timer is over."""
    said = entry.event in {events.Posted.name, events.Answered.name}
    return said and isinstance(step, Ask) and entry.party == step.asked()[0]


def _hear(change: Change, run: Run, entry: Entry) -> None:
    """Ends the timer: nothing is decided by silence for somebody who spoke. The form may still be answered."""
    planning.end_timer(change, "met")
    heard = events.RunHeard(run=str(run.pk), playbook=run.at_playbook, step=run.step, number=entry.number)
    change.record(heard, to=audience.TEAM)
    change.pass_turn(Party.MARKETPLACE, to=audience.TEAM)


def _outcome(change: Change, run: Run, entry: Entry) -> str | None:
    """What this entry means at the step the run stands at, or None where it means nothing to it."""
    step = walks.step_of(change, run)
    timed_out = entry.event == events.DeadlineMissed.name and entry.data["rule"] == planning.TIMER
    if isinstance(step, Wait):
        return NEXT if timed_out else None
    if isinstance(step, Check):
        return walking.known(step, walks.knowing(change)()) if entry.event in _KNOWN else None
    if isinstance(step, Ask):
        if timed_out:
            return SILENCE if SILENCE in step.then else None
        answered = run.request and entry.data.get("request") == str(run.request_id)
        return _answer(step, run) if answered and entry.event == events.Answered.name else None
    if isinstance(step, Escalate) and entry.data.get("child") == str(run.child_id):
        if entry.event == events.ChildAnswered.name:
            return ANSWERED
        return SILENCE if SILENCE in step.ways() else None
    return None


def _answer(step: Ask, run: Run) -> str:
    """`answered`, or the way of the form's first choice."""
    assert run.request is not None
    run.request.refresh_from_db()
    ways = {slug(key): key for key in step.then}
    for field in run.request.form:
        if field.get("type") == "choice":
            chosen = slug(str(run.request.answers.get(field["id"], "")))
            if chosen in ways:
                return ways[chosen]
    return ANSWERED
