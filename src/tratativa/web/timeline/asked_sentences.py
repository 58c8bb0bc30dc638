"""Sentences for what a case asks of others and for the procedures its agents follow."""

from collections.abc import Callable, Mapping

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from tratativa.rulebook.language.steps import Step
from tratativa.rulebook.procedures import walking
from tratativa.rulebook.terms import money
from tratativa.web.frame import moments
from tratativa.web.timeline.readers import Reading


def _child_opened(on: Reading) -> str:
    return _("Chamado filho aberto para %(queue)s.") % {"queue": _queue(on)}


def _child_answered(on: Reading) -> str:
    return _("%(queue)s respondeu ao chamado filho.") % {"queue": _queue(on)}


def _child_silent(on: Reading) -> str:
    return _("%(queue)s não respondeu ao chamado filho no prazo.") % {"queue": _queue(on)}


def _payout_asked(on: Reading) -> str:
    return _("Pagamento de %(amount)s pedido a %(queue)s.") % {"amount": _amount(on), "queue": _queue(on)}


def _payout_paid(on: Reading) -> str:
    return _("Pagamento de %(amount)s confirmado.") % {"amount": _amount(on)}


def _payout_withdrawn(on: Reading) -> str:
    return _("O pagamento de %(amount)s não foi feito; o valor pode ser devolvido de outra forma.") % {
        "amount": _amount(on)
    }


def _amount(on: Reading) -> str:
    return money.show(on.data["amount_cents"])


def _links_revoked(on: Reading) -> str:
    return _("Os links que os e-mails levaram ao parceiro já não abrem este chamado.")


def _shared(on: Reading) -> str:
    return _("dados compartilhados")


def _erased(on: Reading) -> str:
    return _("Os dados bancários compartilhados foram apagados.")


def _task_set(on: Reading) -> str:
    due = parse_datetime(on.data["due"])
    return _("Tarefa marcada para %(due)s.") % {"due": moments.due(due) if due else ""}


def _task_due(on: Reading) -> str:
    return _("Chegou a hora de uma tarefa deste atendimento.")


def _task_done(on: Reading) -> str:
    return _("Tarefa concluída.")


def _handed_over(on: Reading) -> str:
    return _("passou o atendimento a um colega, com este resumo")


def _withdrawn(on: Reading) -> str:
    return _("O pedido ao cliente já não espera resposta.")


def _run_started(on: Reading) -> str:
    return _("Roteiro iniciado: %(playbook)s.") % {"playbook": _playbook(on)}


def _run_step(on: Reading) -> str:
    step = _step(on)
    if step is None:
        return _("%(step)s: %(outcome)s") % {"step": on.data["step"], "outcome": on.data["outcome"]}
    gaps = {"step": step.label(), "outcome": walking.said(step, on.data["outcome"])}
    return _("%(step)s %(outcome)s") % gaps if gaps["step"].endswith("?") else _("%(step)s: %(outcome)s") % gaps


def _called(on: Reading) -> str:
    gaps = {"number": on.data["number"]}
    if on.data["reached"]:
        return _("Ligação %(number)d: o cliente atendeu.") % gaps
    return _("Ligação %(number)d: ninguém atendeu.") % gaps


def _verified(on: Reading) -> str:
    gaps = {"passed": len(on.data["passed"]), "failed": len(on.data["failed"])}
    return _("Identificação positiva: %(passed)d conferem, %(failed)d não.") % gaps


def _run_finished(on: Reading) -> str:
    return _("Roteiro terminado: %(playbook)s.") % {"playbook": _playbook(on)}


def _run_heard(on: Reading) -> str:
    step = _step(on)
    return _("Quem devia responder escreveu: o prazo de «%(step)s» parou, e o roteiro espera por você.") % {
        "step": step.label() if step else on.data["step"]
    }


def _run_refused(on: Reading) -> str:
    step = _step(on)
    return _("o roteiro não pôde seguir de «%(step)s»") % {"step": step.label() if step else on.data["step"]}


def _stepped_back(on: Reading) -> str:
    step = _step(on)
    gaps = {"who": on.line.who, "step": step.label() if step else on.data["step"]}
    return _("%(who)s voltou ao passo «%(step)s».") % gaps


def _abandoned(on: Reading) -> str:
    return _("%(who)s parou o roteiro %(playbook)s.") % {"who": on.line.who, "playbook": _playbook(on)}


def _order(on: Reading) -> str:
    return _("Este atendimento é sobre o pedido %(number)s.") % {"number": on.data["number"]}


def _seller(on: Reading) -> str:
    seller = on.case.asked_seller
    if seller and str(seller.pk) == on.data["seller"]:
        return _("As perguntas ao vendedor vão para %(name)s.") % {"name": seller.name}
    return _("As perguntas ao vendedor vão para outro.")


def _kept(on: Reading) -> str:
    return _("por que a resposta da fila não foi repassada")


def _resent(on: Reading) -> str:
    return _("pedido enviado de novo ao cliente")


def _reminded(on: Reading) -> str:
    return _("lembrete ao cliente")


def _address(on: Reading) -> str:
    return _("As cartas deste atendimento vão agora para outro e-mail, confirmado com o cliente.")


def _reopened(on: Reading) -> str:
    return _("O pedido ao cliente espera resposta outra vez.")


def _document_opened(on: Reading) -> str:
    return _("%(who)s abriu um documento.") % {"who": on.who}


def _pushed(on: Reading) -> str:
    gaps = {"who": on.line.who, "step": on.data["step"].replace("-", " ")}
    return _("%(who)s empurrou a etapa «%(step)s» do cadastro.") % gaps


def _registry_asked(on: Reading) -> str:
    return _("%(who)s consultou a Receita sobre o CNPJ.") % {"who": on.line.who}


def _registry_answered(on: Reading) -> str:
    said = {
        "answered": _("A Receita respondeu sobre o CNPJ."),
        "unknown": _("A Receita não conhece este CNPJ."),
        "failed": _("A Receita não respondeu; a consulta pode ser feita de novo."),
    }
    return said.get(on.data["state"], said["failed"])


def _queue(on: Reading) -> str:
    return on.book.queue_label(on.data["queue"])


def _step(on: Reading) -> Step | None:
    """The procedure's step the entry speaks of; None where a later version dropped it."""
    known = on.book.playbook(on.data["playbook"])
    return known.steps.get(on.data["step"]) if known else None


def _playbook(on: Reading) -> str:
    known = on.book.playbook(on.data["playbook"])
    return known.playbook if known else on.data["playbook"]


SENTENCES: Mapping[str, Callable[[Reading], str]] = {
    "child.opened": _child_opened,
    "child.answered": _child_answered,
    "child.silent": _child_silent,
    "payout.asked": _payout_asked,
    "payout.paid": _payout_paid,
    "payout.withdrawn": _payout_withdrawn,
    "links.revoked": _links_revoked,
    "data.shared": _shared,
    "data.erased": _erased,
    "follow_up.set": _task_set,
    "follow_up.due": _task_due,
    "follow_up.done": _task_done,
    "case.handed_over": _handed_over,
    "request.withdrawn": _withdrawn,
    "run.started": _run_started,
    "run.step": _run_step,
    "call.tried": _called,
    "identity.verified": _verified,
    "run.finished": _run_finished,
    "run.heard": _run_heard,
    "run.refused": _run_refused,
    "run.stepped_back": _stepped_back,
    "run.abandoned": _abandoned,
    "request.reopened": _reopened,
    "answer.kept": _kept,
    "order.attached": _order,
    "seller.named": _seller,
    "request.resent": _resent,
    "request.reminded": _reminded,
    "address.confirmed": _address,
    "document.opened": _document_opened,
    "signup.pushed": _pushed,
    "registry.asked": _registry_asked,
    "registry.answered": _registry_answered,
}
