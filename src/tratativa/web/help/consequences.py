"""What an action's effects mean for people, each in a sentence."""

from collections.abc import Iterator, Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tratativa.cases.sentences.reader import party_name
from tratativa.rulebook.language import arguments
from tratativa.rulebook.language.actions import Action
from tratativa.rulebook.language.effects import Effect
from tratativa.rulebook.language.rulebook import Rulebook

_PLAIN: Mapping[str, Promise] = {
    "reopen": _("O atendimento volta a ficar aberto."),
    "mark_critical": _("O caso fica crítico e os prazos são recalculados."),
    "assign": _("A pessoa escolhida fica responsável."),
    "note": _("Só a sua equipe lê; não conta como resposta."),
    "mediate": _("O marketplace passa a mediar o caso."),
    "rule": _("A decisão é registrada e os dois lados a leem."),
    "cancel_order": _("O pedido é cancelado."),
    "refund": _("O reembolso é pedido ao sistema do marketplace."),
    "confirm_payout": _("O pagamento fica confirmado."),
    "withdraw_payout": _("O pagamento é dado por não feito; o valor pode ser devolvido de outra forma."),
    "hold_delivery": _("A entrega é suspensa."),
    "reschedule_delivery": _("A data de entrega do pedido muda."),
    "dispatch": _("O pedido consta como expedido."),
    "replace_part": _("O envio da peça fica registrado."),
    "give_posting_code": _("O cliente recebe o código de postagem e a devolução começa."),
    "schedule_collection": _("A coleta fica marcada e a devolução começa."),
    "confirm_return": _("A devolução é dada por recebida."),
    "log_call": _("A ligação fica registrada; o cliente não vê o registro."),
    "survey": _("O cliente recebe a pesquisa."),
}


def of(book: Rulebook, action: Action) -> Iterator[str]:
    """A sentence for each thing the action does."""
    for effect in action.do:
        yield told(book, effect)


def told(book: Rulebook, effect: Effect) -> str:
    """What one effect does, in a sentence; empty for what nobody needs to be told."""
    argument = effect.argument
    if isinstance(argument, arguments.Close):
        return str(_("O atendimento é encerrado."))
    if isinstance(argument, arguments.Tell) and argument.customer:
        return str(_("O cliente é avisado na página e por e-mail."))
    if isinstance(argument, arguments.Write):
        return _("Quem lê o que você escrever: %(party)s.") % {"party": party_name(book, argument.to)}
    if isinstance(argument, arguments.Ask):
        return _("%(party)s recebe um formulário para responder: %(label)s.") % {
            "party": party_name(book, argument.of),
            "label": argument.label,
        }
    if isinstance(argument, arguments.Count):
        metric = book.score.metric(argument.metric) if book.score else None
        return _("Conta no desempenho do lojista: %(metric)s.") % {
            "metric": metric.label if metric else argument.metric
        }
    if isinstance(argument, arguments.Offer):
        action = book.action(argument.action)
        return _("O cliente passa a poder usar «%(action)s».") % {"action": action.label if action else argument.action}
    return str(_PLAIN.get(effect.name, ""))
