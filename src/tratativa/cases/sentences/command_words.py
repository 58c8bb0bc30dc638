"""What was asked of the marketplace's systems, and what they answered, in sentences."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tratativa.rulebook.language.money_rules import MoneyRules

_ASKED: Mapping[str, Promise] = {
    "cancel_order": _("Cancelamento do pedido solicitado ao sistema do marketplace."),
    "refund": _("Reembolso solicitado ao sistema do marketplace."),
    "hold_delivery": _("Suspensão da entrega solicitada."),
    "reschedule_delivery": _("Nova data de entrega enviada ao sistema do marketplace."),
    "dispatch": _("Expedição informada ao sistema do marketplace."),
    "replace_part": _("Envio de peça informado ao sistema do marketplace."),
    "tell_issuer": _("Pedido de que a administradora do pagamento saiba da desistência."),
    "block_registration": _("Bloqueio do cadastro solicitado."),
    "unblock_registration": _("Desbloqueio do cadastro solicitado."),
    "update_registration": _("Atualização do cadastro solicitada."),
    "link_registrations": _("Amarração dos cadastros solicitada."),
    "issue_voucher": _("Criação do voucher solicitada."),
}
_CONFIRMED: Mapping[str, Promise] = {
    "cancel_order": _("Cancelamento do pedido confirmado."),
    "refund": _("Reembolso confirmado."),
    "hold_delivery": _("Suspensão da entrega confirmada."),
    "reschedule_delivery": _("Nova data de entrega confirmada."),
    "dispatch": _("Expedição confirmada."),
    "replace_part": _("Envio de peça confirmado."),
    "tell_issuer": _("Administradora do pagamento avisada da desistência."),
    "block_registration": _("Cadastro bloqueado."),
    "unblock_registration": _("Cadastro desbloqueado."),
    "update_registration": _("Cadastro atualizado."),
    "link_registrations": _("Cadastros amarrados num grupo."),
    "issue_voucher": _("Voucher criado."),
}
# Where no system is connected: what is written down here happens elsewhere, by somebody's hands.
_NOTED: Mapping[str, Promise] = {
    "cancel_order": _("Cancelamento do pedido a registrar."),
    "refund": _("Reembolso a registrar."),
    "reschedule_delivery": _("Nova data de entrega a registrar."),
    "dispatch": _("Expedição a registrar."),
    "replace_part": _("Envio de peça a registrar."),
}
_OWN: Mapping[str, Promise] = {
    "cancel_order": _("Cancelamento do pedido registrado na mesa; nenhum outro sistema foi avisado."),
    "refund": _("Reembolso registrado na mesa; a loja o paga fora dela."),
    "hold_delivery": _("Suspensão da entrega registrada na mesa; quem entrega ainda precisa saber."),
    "reschedule_delivery": _("Nova data de entrega registrada na mesa."),
    "dispatch": _("Expedição registrada na mesa."),
    "replace_part": _("Envio de peça registrado na mesa."),
    "tell_issuer": _("Desistência registrada na mesa; a administradora do pagamento ainda precisa ser avisada."),
    "block_registration": _("Bloqueio do cadastro registrado na mesa."),
    "unblock_registration": _("Desbloqueio do cadastro registrado na mesa."),
    "update_registration": _("Atualização do cadastro registrada na mesa."),
    "link_registrations": _("Amarração dos cadastros registrada na mesa."),
    "issue_voucher": _("Voucher registrado na mesa; a loja o entrega fora dela."),
}
_REFUSED: Mapping[str, Promise] = {
    "cancel_order": _("Cancelamento do pedido recusado."),
    "refund": _("Reembolso recusado."),
    "hold_delivery": _("Suspensão da entrega recusada: o pedido já seguiu."),
    "reschedule_delivery": _("Nova data de entrega recusada."),
    "dispatch": _("Expedição recusada."),
    "replace_part": _("Envio de peça recusado."),
    "tell_issuer": _("A administradora do pagamento não foi avisada da desistência."),
    "block_registration": _("Bloqueio do cadastro recusado."),
    "unblock_registration": _("Desbloqueio do cadastro recusado."),
    "update_registration": _("Atualização do cadastro recusada."),
    "link_registrations": _("Amarração dos cadastros recusada."),
    "issue_voucher": _("Criação do voucher recusada."),
}


# Money, where the amount is known: what was told before amounts were kept goes without one.
_AMOUNTS: Mapping[tuple[str, str], Promise] = {
    ("refund", "asked"): _("Reembolso de %(amount)s solicitado ao sistema do marketplace."),
    ("refund", "confirmed"): _("Reembolso de %(amount)s confirmado."),
    ("refund", "noted"): _("Reembolso de %(amount)s a registrar."),
    ("refund", "own"): _("Reembolso de %(amount)s registrado na mesa; a loja o paga fora dela."),
    ("issue_voucher", "own"): _("Voucher de %(amount)s registrado na mesa; a loja o entrega fora dela."),
    ("refund", "refused"): _("Reembolso de %(amount)s recusado."),
    ("issue_voucher", "asked"): _("Criação de um voucher de %(amount)s solicitada."),
    ("issue_voucher", "confirmed"): _("Voucher de %(amount)s criado."),
    ("issue_voucher", "refused"): _("Criação do voucher de %(amount)s recusada."),
}


# The same to customers: what the desk writes down for its own people is no word of theirs.
_TO_CUSTOMERS: Mapping[tuple[str, str], Promise] = {
    ("cancel_order", "noted"): _("Cancelamento do pedido em andamento."),
    ("refund", "noted"): _("Reembolso em andamento."),
    ("reschedule_delivery", "noted"): _("Mudança da data de entrega em andamento."),
    ("dispatch", "noted"): _("Expedição em andamento."),
    ("replace_part", "noted"): _("Envio de peça em andamento."),
    ("cancel_order", "own"): _("Cancelamento do pedido registrado."),
    ("refund", "own"): _("Reembolso registrado; a loja o paga por fora deste site."),
    ("hold_delivery", "own"): _("Suspensão da entrega pedida."),
    ("reschedule_delivery", "own"): _("Nova data de entrega registrada."),
    ("dispatch", "own"): _("Expedição registrada."),
    ("replace_part", "own"): _("Envio de peça registrado."),
    ("tell_issuer", "own"): _("Desistência registrada; a administradora do pagamento ainda precisa ser avisada."),
    ("issue_voucher", "own"): _("Voucher registrado; a loja o entrega."),
}
_AMOUNTS_TO_CUSTOMERS: Mapping[tuple[str, str], Promise] = {
    ("refund", "noted"): _("Reembolso de %(amount)s em andamento."),
    ("refund", "own"): _("Reembolso de %(amount)s registrado; a loja o paga por fora deste site."),
    ("issue_voucher", "own"): _("Voucher de %(amount)s registrado; a loja o entrega."),
}


def to_customer(verb: str, state: str, money: MoneyRules, amount_cents: int = 0) -> str:
    """The sentence a customer reads where no system is connected; empty where it is the one everybody reads.

    `noted` is what was asked for, `own` what was confirmed.
    """
    if amount_cents and (told := _AMOUNTS_TO_CUSTOMERS.get((verb, state))):
        return str(told) % {"amount": money.show(amount_cents)}
    return str(_TO_CUSTOMERS.get((verb, state), ""))


def asked(verb: str, money: MoneyRules, amount_cents: int = 0, *, own: bool = False) -> str:
    """The sentence for a command that went out; with the amount it moves, where it moves one. `own`: to nobody."""
    if own and verb in _NOTED:
        return _with_amount(verb, "noted", money, amount_cents) or str(_NOTED[verb])
    return _with_amount(verb, "asked", money, amount_cents) or str(
        _ASKED.get(verb, _("Ordem enviada ao sistema do marketplace."))
    )


def answered(verb: str, state: str, money: MoneyRules, amount_cents: int = 0, *, own: bool = False) -> str:
    """The sentence for its answer, `confirmed` or `refused`; `own` where no system gave it."""
    if own and state == "confirmed":
        return _with_amount(verb, "own", money, amount_cents) or str(_OWN.get(verb, _("Registrado na mesa.")))
    told = _with_amount(verb, state, money, amount_cents)
    if told:
        return told
    if state == "confirmed":
        return str(_CONFIRMED.get(verb, _("Ordem confirmada pelo sistema do marketplace.")))
    return str(_REFUSED.get(verb, _("Ordem recusada pelo sistema.")))


def _with_amount(verb: str, state: str, money: MoneyRules, amount_cents: int) -> str:
    told = _AMOUNTS.get((verb, state)) if amount_cents else None
    return str(told) % {"amount": money.show(amount_cents)} if told else ""
