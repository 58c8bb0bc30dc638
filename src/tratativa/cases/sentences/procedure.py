"""Told to people: guided procedures: a run begun, its steps answered, heard, refused, taken back, its end."""

from django.utils.translation import gettext as _

from tratativa.cases import events
from tratativa.cases.sentences.reader import Reading
from tratativa.cases.sentences.registry import tells
from tratativa.rulebook.language.any_step import Step
from tratativa.rulebook.procedures import walking


@tells(events.RunStarted)
def run_started(on: Reading) -> str:
    return _("Roteiro iniciado: %(playbook)s.") % {"playbook": _playbook(on)}


@tells(events.StepAnswered)
def run_step(on: Reading) -> str:
    step = _step(on)
    if step is None:
        return _("%(step)s: %(outcome)s") % {"step": on.data["step"], "outcome": on.data["outcome"]}
    gaps = {"step": step.label(), "outcome": walking.said(step, on.data["outcome"], on.book.speaks)}
    return _("%(step)s %(outcome)s") % gaps if gaps["step"].endswith("?") else _("%(step)s: %(outcome)s") % gaps


@tells(events.CallTried)
def called(on: Reading) -> str:
    gaps = {"number": on.data["number"]}
    if on.data["reached"]:
        return _("Ligação %(number)d: o cliente atendeu.") % gaps
    return _("Ligação %(number)d: ninguém atendeu.") % gaps


@tells(events.Verified)
def verified(on: Reading) -> str:
    gaps = {"passed": len(on.data["passed"]), "failed": len(on.data["failed"])}
    return _("Identificação positiva: %(passed)d conferem, %(failed)d não.") % gaps


@tells(events.RunFinished)
def run_finished(on: Reading) -> str:
    return _("Roteiro terminado: %(playbook)s.") % {"playbook": _playbook(on)}


@tells(events.RunHeard)
def run_heard(on: Reading) -> str:
    step = _step(on)
    return _("Quem devia responder já disse algo: o prazo de «%(step)s» parou, e o roteiro espera por você.") % {
        "step": step.label() if step else on.data["step"]
    }


@tells(events.RunRefused, icon="clock-alert", place="message", by_desk=True)
def run_refused(on: Reading) -> str:
    step = _step(on)
    return _("o roteiro não pôde seguir de «%(step)s»") % {"step": step.label() if step else on.data["step"]}


@tells(events.RunSteppedBack, place="message")
def stepped_back(on: Reading) -> str:
    step = _step(on)
    gaps = {"who": on.line.who, "step": step.label() if step else on.data["step"]}
    return _("%(who)s voltou ao passo «%(step)s».") % gaps


@tells(events.RunAbandoned, place="message")
def abandoned(on: Reading) -> str:
    return _("%(who)s parou o roteiro %(playbook)s.") % {"who": on.line.who, "playbook": _playbook(on)}


def _step(on: Reading) -> Step | None:
    """The procedure's step the entry speaks of; None where a later version dropped it."""
    known = on.book.playbook(on.data["playbook"])
    return known.steps.get(on.data["step"]) if known else None


def _playbook(on: Reading) -> str:
    known = on.book.playbook(on.data["playbook"])
    return known.playbook if known else on.data["playbook"]
