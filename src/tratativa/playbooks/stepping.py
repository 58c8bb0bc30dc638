"""Stepping back: taking a run's last answer back, giving the run up, beginning it anew. Each leaves its line."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from tratativa.accounts import text
from tratativa.accounts.actors import Actor
from tratativa.cases import door, events
from tratativa.cases.clocks import planning
from tratativa.cases.core import audience
from tratativa.cases.core.change import Change
from tratativa.cases.core.refusals import Invalid, NotAllowed
from tratativa.cases.models import Case, Request
from tratativa.cases.queues import children
from tratativa.cases.requests import requests
from tratativa.playbooks import running, tracks, walks
from tratativa.playbooks.models import Run
from tratativa.rulebook.language.step_kinds import Ask, Escalate, Wait
from tratativa.rulebook.terms.parties import Party

# A slip of the finger is taken back without a word; later, whoever reads the case is owed a reason.
AT_ONCE = timedelta(seconds=10)
LIMIT = 500  # characters of a reason


def back(case: Case, *, by: Actor, at: datetime, step: str = "", why: str = "") -> Run:
    """Puts the run back where it stood before its last answer. `step` is the one the page showed.

    Within ten seconds no reason is asked. Raises Invalid without one later, NotAllowed where the last answer sent
    something out, or was not the team's own.
    """
    with door.judging(case.pk, by=by, at=at) as change:
        run = running.under_way(change, step)
        words = text.line(why)[:LIMIT]
        if not words and not at_once(run, at):
            raise Invalid({"why": _("Diga por que voltar: já passaram dez segundos.")})
        _check(change, run)
        _drop(change, run)
        track = tracks.restore(run)
        event = events.RunSteppedBack(run=str(run.pk), playbook=run.at_playbook, step=run.step)
        change.record(event, to=audience.TEAM, words=words or None)
        _resume(change, run, track["request"])
        walks.keep(change, run)
    return run


def at_once(run: Run, at: datetime) -> bool:
    """Whether the last answer is so fresh that it is taken back without a reason."""
    last = tracks.last(run)
    return last is not None and at - datetime.fromisoformat(last["at"]) <= AT_ONCE


def why_not(case: Case, run: Run) -> str:
    """Why the last answer cannot be taken back, in a sentence; empty where it can."""
    last = tracks.last(run)
    if last is None:
        return _("O roteiro está no primeiro passo.")
    if last["did"]:
        return _("Não dá para voltar: «%(step)s» já foi feito.") % {"step": last["did"][0]}
    if last["child"]:
        return _("Não dá para voltar: a fila já foi perguntada e o roteiro seguiu.")
    if last["request"] and _answered_by_customer(case, last["request"]):
        return _("Não dá para voltar: foi o cliente quem respondeu.")
    return ""


def abandon(case: Case, why: str, *, by: Actor, at: datetime) -> Run:
    """Ends the run where it stands; the case stays open. Raises Invalid without a reason."""
    with door.judging(case.pk, by=by, at=at) as change:
        return _give_up(change, why)


def restart(case: Case, why: str, *, by: Actor, at: datetime) -> Run:
    """Ends the run and begins the same procedure from its start. Raises Invalid without a reason."""
    with door.judging(case.pk, by=by, at=at) as change:
        old = _give_up(change, why)
        playbook = change.book.playbook(old.playbook)
        if playbook is None:
            raise NotAllowed(_("Este roteiro não existe mais."))
        return running.begin(change, playbook)


def _give_up(change: Change, why: str) -> Run:
    run = running.under_way(change, "")
    words = text.line(why)[:LIMIT]
    if not words:
        raise Invalid({"why": _("Diga por que o roteiro para aqui.")})
    planning.end_timer(change, "released")
    walks.withdraw(change, run)
    run.child = None
    run.finished_at = change.at
    change.record(events.RunAbandoned(run=str(run.pk), playbook=run.playbook), to=audience.TEAM, words=words)
    walks.keep(change, run)
    if change.case.waiting_on == Party.CUSTOMER:
        change.pass_turn(Party.MARKETPLACE, to=audience.TEAM)
    return run


def _check(change: Change, run: Run) -> None:
    why = why_not(change.case, run)
    if why:
        raise NotAllowed(why)


def _drop(change: Change, run: Run) -> None:
    """What the stop the run stands at has begun ends: its form, its timer, its question to a queue."""
    last = tracks.last(run)
    planning.end_timer(change, "released")
    if run.request and last and str(run.request_id) != last["request"]:
        walks.withdraw(change, run)
    if run.child_id and isinstance(walks.step_of(change, run), Escalate):
        children.take_back(change, run.child_id)
    run.child = None


def _resume(change: Change, run: Run, request: str) -> None:
    """Waits again for what this stop waited for; a form the team answered for the customer is open once more."""
    step = walks.step_of(change, run)
    run.request = Request.objects.filter(pk=request).first() if request else None
    if isinstance(step, Ask) and run.request:
        requests.reopen(change, run.request)
        change.pass_turn(step.asked()[0])
        if step.within:
            planning.start(change, planning.TIMER, step.asked()[0], str(Party.MARKETPLACE), step.within)
    elif isinstance(step, Ask | Wait):
        walks.stop(change, run, step)
    else:
        change.pass_turn(Party.MARKETPLACE, to=audience.TEAM)


def _answered_by_customer(case: Case, request: str) -> bool:
    answers = case.entries.filter(event=events.Answered.name, data__request=request).order_by("-number")
    found = answers.first()
    return found is not None and not found.data.get("channel")
