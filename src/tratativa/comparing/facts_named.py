"""Facts as people name them: what a `when:` asks, in a few words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

FACTS: Mapping[str, Promise] = {
    "case.status": _("caso"), "case.kind": _("tipo do caso"), "case.queue": _("fila"), "case.reason": _("motivo"),
    "case.channel": _("canal"), "case.origin": _("quem abriu"), "case.waiting_on": _("a vez"),
    "case.mediation": _("mediação"), "case.critical": _("caso crítico"), "case.parent": _("caso que pergunta"),
    "case.internal": _("caso interno"), "case.overdue": _("prazo perdido sem resposta"),
    "case.assigned": _("tem responsável"), "case.days_since_closing": _("dias desde o encerramento"),
    "order.known": _("tem pedido"), "order.stage": _("etapa do pedido"), "order.payment_method": _("pagamento"),
    "order.carrier": _("transportadora"), "order.days_since_order": _("dias desde o pedido"),
    "order.days_since_delivery": _("dias desde a entrega"), "order.categories": _("categorias do pedido"),
    "order.state": _("estado da entrega"), "order.total_cents": _("total do pedido, em centavos"),
    "order.shortage_cents": _("valor da ruptura, em centavos"),
    "order.distributor_cancels": _("o distribuidor cancela"), "seller.tier": _("nível do lojista"),
    "seller.delivery": _("quem entrega"), "seller.suspended": _("vendas suspensas"),
    "history.offered": _("ação oferecida"), "history.held": _("ação que espera"), "history.done": _("ação já feita"),
    "order.regret_window": _("prazo de arrependimento"), "return.stage": _("etapa da devolução"),
    "case.helping": _("ajuda pedida sem resposta"), "case.helped": _("ajuda já pedida"),
    "history.asked": _("formulário já pedido"), "history.answered": _("formulário já respondido"),
    "history.filled": _("campo já preenchido"),
    "history.photos_received": _("arquivos recebidos"), "history.customer_waiting": _("cliente espera resposta"),
    "history.customer_answered": _("cliente já teve resposta"), "customer.blocked": _("cadastro bloqueado"),
    "customer.signup": _("cadastro no site"), "customer.registry": _("endereço na Receita"),
    "customer.registry_match": _("dados da Receita"), "customer.registry_status": _("situação na Receita"),
    "customer.same_root": _("outro cadastro da mesma raiz"), "rulebook.denial_reasons": _("motivo de uma negativa"),
    "actor.party": _("quem age"), "actor.role": _("papel de quem age"),
}  # fmt: skip


def named(fact: str) -> str:
    """What the fact is called; its own name for those of forms, which each rulebook has itself."""
    return str(FACTS.get(fact, fact))
