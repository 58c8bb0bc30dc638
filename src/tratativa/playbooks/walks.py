"""Walking a run on: every step passed has its effects behind the case's door, until it stops again."""

from collections.abc import Callable, Iterable, Iterator

from django.utils.translation import gettext as _

from tratativa.cases import events
from tratativa.cases.clocks import planning
from tratativa.cases.core import audience, effects, facts
from tratativa.cases.core.change import Change
from tratativa.cases.core.refusals import NotAllowed
from tratativa.cases.messages import wording
from tratativa.cases.models import Case, Request
from tratativa.cases.queues import children
from tratativa.cases.requests import requests
from tratativa.playbooks import tracks
from tratativa.playbooks.models import Run
from tratativa.rulebook.language import arguments
from tratativa.rulebook.language.any_step import NEXT, Step
from tratativa.rulebook.language.arguments import Close
from tratativa.rulebook.language.effects import Effect
from tratativa.rulebook.language.playbooks import Playbook
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.language.step_kinds import Ask, Do, Escalate, Finish, Tell, Wait
from tratativa.rulebook.procedures import walking
from tratativa.rulebook.procedures.walking import LostWay, Passed, Position
from tratativa.rulebook.terms.facts import Facts
from tratativa.rulebook.terms.parties import Party


def begin(change: Change, run: Run, playbook: Playbook) -> None:
    """Walks from the start to the first stop."""
    change.record(events.RunStarted(run=str(run.pk), playbook=playbook.id), to=audience.TEAM)
    _walk(change, run, walking.begin(change.book, playbook, knowing(change)))


def go_on(change: Change, run: Run, outcome: str) -> None:
    """Walks from the stop where the run stands, answered with this outcome, to the next. Raises NotAllowed."""
    here = _answered(change, run, outcome)
    _walk(change, run, walking.go_on(change.book, here, outcome, knowing(change)))


def go_on_by_itself(change: Change, run: Run, outcome: str) -> None:
    """As `go_on`, where a fact became known and nobody answered. Raises NotAllowed."""
    here = _answered(change, run, outcome)
    _walk(change, run, walking.go_on_by_itself(change.book, here, outcome, knowing(change)))


def _answered(change: Change, run: Run, outcome: str) -> Position:
    here = position(run)
    tracks.leave(run, change.at)
    _leave(change, run)
    run.path = [*run.path, [here.playbook, here.step, outcome]]
    run.shown, run.calls = [], []
    change.record(
        events.StepAnswered(run=str(run.pk), playbook=here.playbook, step=here.step, outcome=outcome),
        to=audience.TEAM,
    )
    return here


def again(change: Change, run: Run) -> None:
    """Walks on through the step before which the run stands: its text had a hole, or nobody had confirmed it yet."""
    run.shown = []
    confirmed = events.StepAnswered(run=str(run.pk), playbook=run.at_playbook, step=run.step, outcome=NEXT)
    change.record(confirmed, to=audience.TEAM)
    _walk(change, run, walking.again(change.book, position(run), knowing(change)))


def held(change: Change, run: Run) -> wording.Unfilled | None:
    """Why the run stands before a step that somebody would be told something by; None where it does not."""
    return None if run.finished_at else _unfilled(change, step_of(change, run))


def position(run: Run) -> Position:
    """Where the run stands."""
    back = tuple((str(playbook), str(step)) for playbook, step in run.back)
    return Position(run.at_playbook, run.step, back, finished=run.finished_at is not None)


def step_of(change: Change, run: Run) -> Step:
    """The step the run stands at."""
    return walking.step_at(change.book, position(run))


def knowing(change: Change) -> Callable[[], Facts]:
    """The facts as they are whenever they are asked for: a step's effects may have changed them."""
    return lambda: {**facts.of_moment(change.case, change.by, change.at), **facts.of_customer(change.case, change.at)}


def keep(change: Change, run: Run) -> None:
    """Stores the run."""
    run.moved_at = change.at
    run.save()


def _walk(change: Change, run: Run, steps: Iterator[Passed]) -> None:
    try:
        for passed in steps:
            # Asked before any of the step is done: a voucher whose letter cannot be written is not made either.
            if no := _unfilled(change, passed.step):
                _stand_before(change, run, passed, no)
                break
            _pass(change, run, passed)
    except LostWay:
        raise NotAllowed(_("O roteiro não tem caminho para esta resposta.")) from None
    keep(change, run)


def _unfilled(change: Change, step: Step) -> wording.Unfilled | None:
    if change.case.internal:
        return None  # the customer is told nothing of it
    told = [effect for effect in tellings(step) if effects.happens(change, effect)]
    return first_unfilled(change.case, change.book, told)


def first_unfilled(case: Case, book: Rulebook, told: Iterable[Effect]) -> wording.Unfilled | None:
    """Why the first of these texts that has a hole cannot be told of this case; None where all of them can."""
    names = [name for one in told if isinstance(one.argument, arguments.Tell) for name in one.argument.texts().values()]
    return next((no for name in names if (no := wording.unfilled(case, book.templates.get(name, "")))), None)


def tellings(step: Step) -> list[Effect]:
    """What a step tells people, as effects."""
    if isinstance(step, Tell):
        return [Effect("tell", arguments.Tell(**{str(party): template for party, template in step.tell.items()}))]
    return [effect for effect in step.do if isinstance(effect.argument, arguments.Tell)] if isinstance(step, Do) else []


def _stand_before(change: Change, run: Run, passed: Passed, no: wording.Unfilled) -> None:
    """Stands there for an agent to find what is missing."""
    _stand(run, passed)
    refused = events.RunRefused(run=str(run.pk), playbook=run.at_playbook, step=run.step)
    change.record(refused, to=audience.TEAM, words=str(no))
    if change.case.waiting_on != Party.MARKETPLACE:
        change.pass_turn(Party.MARKETPLACE, to=audience.TEAM)


def _pass(change: Change, run: Run, passed: Passed) -> None:
    _stand(run, passed)
    step = passed.step
    if isinstance(step, Finish) and passed.stops:
        _finish(change, run, step)
    elif passed.stops:
        stop(change, run, step)
    else:
        _through(change, run, step, passed.outcome)


def _stand(run: Run, passed: Passed) -> None:
    run.at_playbook, run.step = passed.position.playbook, passed.position.step
    run.back = [list(pair) for pair in passed.position.back]


def _through(change: Change, run: Run, step: Step, outcome: str) -> None:
    run.shown = [*run.shown, [run.at_playbook, run.step]]
    if outcome:
        run.path = [*run.path, [run.at_playbook, run.step, outcome]]
    if isinstance(step, Do):
        tracks.did(run, step.label())
        for effect in step.do:
            effects.run(change, effect)
    elif isinstance(step, Tell):
        tracks.did(run, step.label())
        for effect in tellings(step):
            effects.run(change, effect)


def stop(change: Change, run: Run, step: Step) -> None:
    """Begins what the run waits for at this step: an answer, a queue, a moment, or the agent."""
    if isinstance(step, Ask):
        _ask(change, run, step)
    elif isinstance(step, Escalate):
        queue = change.book.queue(step.escalate.to)
        if queue is None:
            raise NotAllowed(_("O roteiro fala de uma fila que não existe."))
        words = step.escalate.text or step.label()
        run.child = children.open_child(
            change, queue, words, step.escalate.share, step.escalate.within, step.escalate.target
        )
    elif isinstance(step, Wait):
        planning.start(change, planning.TIMER, Party.MARKETPLACE, "", step.wait)
        change.pass_turn(Party.MARKETPLACE, to=audience.TEAM)
    elif change.case.waiting_on != Party.MARKETPLACE:
        change.pass_turn(Party.MARKETPLACE, to=audience.TEAM)


def _ask(change: Change, run: Run, step: Ask) -> None:
    party, name = step.asked()
    form = change.book.ask(name)
    if form is None:
        raise NotAllowed(_("O roteiro fala de um pedido que não existe."))
    asking = arguments.Ask.model_validate(
        {"of": party, "label": form.label, "text": form.text, "fields": form.fields, "id": form.id}
    )
    effects.run(change, Effect("ask", asking))
    waiting = Request.objects.filter(case=change.case, ask=form.id, answered_at=None, withdrawn_at=None)
    run.request = waiting.order_by("-asked_at").first()
    change.pass_turn(party)
    if step.within:
        planning.start(change, planning.TIMER, party, str(Party.MARKETPLACE), step.within)


def _leave(change: Change, run: Run) -> None:
    """What a stop was waiting for waits no more, unless the next step asks for the same."""
    planning.end_timer(change, "met" if run.request and run.request.answered_at else "released")
    run.child = None


def _finish(change: Change, run: Run, step: Finish) -> None:
    run.finished_at = change.at
    change.record(events.RunFinished(run=str(run.pk), playbook=run.playbook), to=audience.TEAM)
    withdraw(change, run)
    effects.run(change, Effect("close", Close(why=step.finish)))


def withdraw(change: Change, run: Run) -> None:
    """Takes back the form the run asked and nobody answered."""
    if run.request:
        requests.withdraw(change, run.request)
        run.request = None
