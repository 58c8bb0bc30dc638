"""Told to people: child cases: what a queue is asked, shown, paid through, and answers."""

from django.utils.translation import gettext as _

from tratativa.cases import events
from tratativa.cases.sentences.reader import Reading
from tratativa.cases.sentences.registry import tells


@tells(events.ChildOpened)
def child_opened(on: Reading) -> str:
    return _("Chamado filho aberto para %(queue)s.") % {"queue": _queue(on)}


@tells(events.ChildAnswered, place="message")
def child_answered(on: Reading) -> str:
    return _("%(queue)s respondeu ao chamado filho.") % {"queue": _queue(on)}


@tells(events.ChildSilent)
def child_silent(on: Reading) -> str:
    return _("%(queue)s não respondeu ao chamado filho no prazo.") % {"queue": _queue(on)}


@tells(events.PayoutAsked)
def payout_asked(on: Reading) -> str:
    return _("Pagamento de %(amount)s pedido a %(queue)s.") % {"amount": _amount(on), "queue": _queue(on)}


@tells(events.PayoutPaid)
def payout_paid(on: Reading) -> str:
    return _("Pagamento de %(amount)s confirmado.") % {"amount": _amount(on)}


@tells(events.PayoutWithdrawn)
def payout_withdrawn(on: Reading) -> str:
    return _("O pagamento de %(amount)s não foi feito; o valor pode ser devolvido de outra forma.") % {
        "amount": _amount(on)
    }


@tells(events.LinksRevoked)
def links_revoked(on: Reading) -> str:
    return _("Os links que os e-mails levaram ao parceiro já não abrem este chamado.")


@tells(events.DataShared, place="message")
def shared(on: Reading) -> str:
    return _("dados compartilhados")


@tells(events.DataErased)
def erased(on: Reading) -> str:
    return _("Os dados bancários compartilhados foram apagados.")


def _amount(on: Reading) -> str:
    return on.book.money.show(on.data["amount_cents"])


def _queue(on: Reading) -> str:
    return on.book.queue_label(on.data["queue"])
