"""Silence: who was asked says nothing. The clock finds it out, or the agent does, who hears a line go dead."""

from datetime import datetime

from django.utils.translation import gettext as _

from tratativa.accounts.actors import Actor
from tratativa.cases import door, events
from tratativa.cases.clocks import planning
from tratativa.cases.core import rulebook_versions
from tratativa.cases.core.change import Change
from tratativa.cases.core.refusals import NotAllowed
from tratativa.cases.models import Case
from tratativa.cases.queues import child_reports
from tratativa.playbooks import running, walks
from tratativa.playbooks.models import Run
from tratativa.rulebook.language.any_step import SILENCE, Step
from tratativa.rulebook.language.step_kinds import Ask, Escalate


def say(case: Case, *, by: Actor, at: datetime, step: str = "") -> Run:
    """Goes the way of silence because the agent says that nobody answers. Raises NotAllowed while it cannot be known.

    It is known at once of who waited on the telephone; of who wrote a word instead of filling in the form, once they
    have been silent since for as long as the step waits (K04-07).
    """
    with door.judging(case.pk, by=by, at=at) as change:
        run = running.under_way(change, step)
        here = walks.step_of(change, run)
        if not may_be_said(change.case, run, here, at=at):
            raise NotAllowed(_("Ainda não se pode dizer que não houve resposta neste passo."))
        fall(change, run)
        walks.go_on(change, run, SILENCE)
        if no := walks.held(change, run):
            raise no
    return run


def may_be_said(case: Case, run: Run, here: Step, *, at: datetime) -> bool:
    """Whether the agent can tell by now that nobody answers this step."""
    if not isinstance(here, Ask) or SILENCE not in here.then:
        return False
    if here.on_the_line:
        return True
    word = _last_word(case, run)
    if word is None or here.within is None:
        return False  # the clock still runs
    return rulebook_versions.of(case).clock.due(word, here.within) <= at


def fall(change: Change, run: Run) -> None:
    """The form is taken back, unless a step that follows asks for the same again; a queue is let go of."""
    step = walks.step_of(change, run)
    if isinstance(step, Ask) and not _asked_again(change, run, step):
        walks.withdraw(change, run)
    if isinstance(step, Escalate):
        child_reports.let_go(change, run.child_id)


def _last_word(case: Case, run: Run) -> datetime | None:
    """When they last wrote or said something at this step, after which no clock runs; None while one does."""
    if case.deadlines.filter(rule=planning.TIMER, state="running").exists():
        return None
    at_step = {"data__run": str(run.pk), "data__step": run.step}
    heard = case.entries.filter(event=events.RunHeard.name, **at_step, at__gte=run.moved_at)
    if not heard.exists() or run.request is None:
        return None
    said = case.entries.filter(event=events.Posted.name, party=run.request.of, at__gte=run.moved_at)
    return said.order_by("-at").values_list("at", flat=True).first() or heard.latest("at").at


def _asked_again(change: Change, run: Run, step: Ask) -> bool:
    playbook = change.book.playbook(run.at_playbook)
    name = step.then.get(SILENCE, "")
    while playbook and name in playbook.steps:
        other = playbook.steps[name]
        if isinstance(other, Ask):
            return other.asked() == step.asked()
        if other.stops or len(other.ways()) != 1:
            return False
        name = next(iter(other.ways().values()))
    return False
