"""Running procedures: start one, answer its step, verify, call. What an agent does, in words of the playbook."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db.models import Max
from django.utils.translation import gettext as _

from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Customer
from tratativa.cases import door, events
from tratativa.cases.core import audience, rulebook_versions
from tratativa.cases.core.change import Change
from tratativa.cases.core.refusals import Invalid, NotAllowed
from tratativa.cases.models import Case, Escalation
from tratativa.playbooks import calling, walks
from tratativa.playbooks.models import Run
from tratativa.rulebook.language.any_step import GIVEN_UP, NEXT
from tratativa.rulebook.language.playbooks import Playbook
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.language.step_kinds import (
    EXHAUSTED,
    REACHED,
    Ask,
    Call,
    Check,
    Do,
    Question,
    Tell,
    Verify,
    Wait,
)
from tratativa.rulebook.procedures import walking
from tratativa.rulebook.terms import customs
from tratativa.rulebook.terms.ids import slug
from tratativa.rulebook.terms.parties import Party


def start(case: Case, name: str, *, by: Actor, at: datetime) -> Run:
    """Starts a procedure, named by id or label; the agent who starts it takes the case nobody had.

    Raises Invalid for one that does not exist, NotAllowed where one is running, the case is closed, or it is too
    soon to ask again.
    """
    playbook = rulebook_versions.of(case).playbook(name)
    if playbook is None:
        raise Invalid({"playbook": _("Este roteiro não existe.")})
    with door.judging(case.pk, by=by, at=at) as change:
        _check(change)
        if Run.objects.filter(case=change.case, finished_at=None).exists():
            raise NotAllowed(_("Já há um roteiro em andamento neste chamado."))
        _check_again(change, playbook)
        run = begin(change, playbook)
        _check_told(change, run)
    return run


def begin(change: Change, playbook: Playbook) -> Run:
    """Begins a procedure behind the door; the agent who does takes the case nobody had."""
    if change.case.assignee_id is None and change.by.person_id:
        change.case.assignee_id = change.by.person_id
    run = Run.objects.create(
        case=change.case, playbook=playbook.id, at_playbook=playbook.id, step=playbook.start, started_at=change.at,
        started_by=change.by.person_id, moved_at=change.at,
    )  # fmt: skip
    walks.begin(change, run, playbook)
    return run


def choose(case: Case, answer: str, *, by: Actor, at: datetime, step: str = "") -> Run:
    """Answers the question, or the check the desk could not answer. `step` is the one the page showed.

    Raises Invalid for an answer the step does not have, NotAllowed where nothing is asked of the agent.
    """
    with door.judging(case.pk, by=by, at=at) as change:
        run = under_way(change, step)
        here = walks.step_of(change, run)
        if isinstance(here, Wait | Tell | Do):
            outcome: str | None = NEXT
        elif isinstance(here, Question | Check):
            outcome = walking.chosen(here, answer)
        else:
            raise NotAllowed(_("Este passo não espera uma resposta sua: %(step)s.") % {"step": here.label()})
        if outcome is None:
            raise Invalid({"answer": _("Este passo não tem a resposta «%(answer)s».") % {"answer": answer[:80]}})
        if isinstance(here, Tell | Do):
            walks.again(change, run)
        else:
            walks.go_on(change, run, outcome)
        _check_told(change, run)
    return run


def give_up(case: Case, *, by: Actor, at: datetime, step: str = "") -> Run:
    """Waits no longer for the form the run asked: it is taken back, and the run goes the way of `given_up`.

    Raises NotAllowed where the playbook has no such way.
    """
    with door.judging(case.pk, by=by, at=at) as change:
        run = under_way(change, step)
        here = walks.step_of(change, run)
        if not isinstance(here, Ask) or GIVEN_UP not in here.then:
            raise NotAllowed(_("Este passo não segue sem a resposta."))
        walks.withdraw(change, run)
        walks.go_on(change, run, GIVEN_UP)
    return run


def verify(case: Case, results: Mapping[str, bool], *, by: Actor, at: datetime, step: str = "") -> Run:
    """Records every check of a verification, by its label. Raises Invalid where one is missing or unknown."""
    with door.judging(case.pk, by=by, at=at) as change:
        run = under_way(change, step)
        here = walks.step_of(change, run)
        if not isinstance(here, Verify):
            raise NotAllowed(_("Este passo não é uma conferência."))
        wanted = {slug(label): label for label in here.verify}
        given = {_own(change, run, label): passed for label, passed in results.items()}
        if set(given) != set(wanted):
            raise Invalid({"": _("Registre cada conferência: %(checks)s.") % {"checks": ", ".join(here.verify)}})
        event = events.Verified(
            run=str(run.pk),
            passed=[name for name in wanted if given[name]],
            failed=[name for name in wanted if not given[name]],
        )
        change.record(event, to=audience.TEAM)
        walks.go_on(change, run, walking.checked(here, {label: given[name] for name, label in wanted.items()}))
        _check_told(change, run)
    return run


def _own(change: Change, run: Run, label: str) -> str:
    """The check of this label, which its reader may have read in another language, by its name in the ledger."""
    with rulebook_versions.for_readers():
        read = walking.step_at(rulebook_versions.of(change.case), walks.position(run))
    own = walks.step_of(change, run)
    if isinstance(read, Verify) and isinstance(own, Verify):
        names = {slug(theirs): slug(ours) for theirs, ours in zip(read.verify, own.verify, strict=True)}
        return names.get(slug(label), slug(label))
    return slug(label)


def call(case: Case, *, reached: bool, by: Actor, at: datetime, step: str = "") -> Run:
    """Records an attempt to call. Raises NotAllowed, with the next slot, where one that nobody answered does not count;
    a call that was answered is one, whenever it was."""
    with door.judging(case.pk, by=by, at=at) as change:
        run = under_way(change, step)
        here = walks.step_of(change, run)
        if not isinstance(here, Call):
            raise NotAllowed(_("Este passo não é uma ligação."))
        made = calling.made(run)
        if not reached:
            calling.check(here.call, made, at, change.book.clock)
        run.calls = [*run.calls, at.isoformat()]
        number = len(run.calls)
        change.record(events.CallTried(run=str(run.pk), number=number, reached=reached), to=audience.TEAM)
        if reached or number >= here.call.attempts:
            walks.go_on(change, run, REACHED if reached else EXHAUSTED)
            _check_told(change, run)
        else:
            walks.keep(change, run)
    return run


def of(case: Case) -> Run | None:
    """The case's run under way, else the one that finished last."""
    runs = Run.objects.filter(case=case).select_related("request", "child")
    return runs.filter(finished_at=None).first() or runs.order_by("-started_at").first()


def offered(book: Rulebook, case: Case) -> list[Playbook]:
    """The procedures, those of the case's reason first."""
    return sorted(book.playbooks, key=lambda playbook: case.reason not in playbook.reasons)


def under_way(change: Change, step: str) -> Run:
    """The case's run, locked with it, where it still stands at `step`, if the page showed one. Raises NotAllowed."""
    _check(change)
    run = Run.objects.select_related("request").filter(case=change.case, finished_at=None).first()
    if run is None:
        raise NotAllowed(_("Não há roteiro em andamento neste chamado."))
    if step and step != run.step:
        raise NotAllowed(_("O roteiro já passou deste passo; veja onde ele está."))
    return run


def _check_told(change: Change, run: Run) -> None:
    """Refuses an agent's answer whose next step would tell somebody a text with a hole; nothing of it happens."""
    if no := walks.held(change, run):
        raise no


def _check(change: Change) -> None:
    if change.by.party is not Party.MARKETPLACE or change.case.queue:
        raise NotAllowed(_("Os roteiros são da equipe do marketplace."))
    if not change.case.is_open:
        raise NotAllowed(_("O chamado está finalizado."))


def again_from(book: Rulebook, playbook: Playbook, customer: Customer) -> date | None:
    """The first day, in the marketplace's zone, on which this customer may go through the procedure again (K07-01).

    Counted from the last answer a queue gave inside one of their runs of it; None where none did, or it sets no time.
    """
    if playbook.again is None:
        return None
    last = (
        Escalation.objects.filter(parent__customer=customer, parent__runs__playbook=playbook.id)
        .exclude(answered_at=None)
        .aggregate(at=Max("answered_at"))["at"]
    )
    return playbook.again.day(last.astimezone(book.clock.zone).date()) if last else None


def _check_again(change: Change, playbook: Playbook) -> None:
    if playbook.again is None or change.case.customer is None:
        return
    day = again_from(change.book, playbook, change.case.customer)
    if day and change.at.astimezone(change.book.clock.zone).date() < day:
        raise NotAllowed(playbook.again.why.replace("{date}", customs.day(day, change.book.money.customs)))
