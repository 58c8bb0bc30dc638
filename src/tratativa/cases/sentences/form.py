"""Told to people: forms one party asks another to answer."""

from django.utils.translation import gettext as _

from tratativa.cases import events
from tratativa.cases.sentences.reader import Reading, by_way
from tratativa.cases.sentences.registry import tells
from tratativa.rulebook.terms.parties import Party


@tells(events.Asked, place="message", writes_to=(Party.CUSTOMER, Party.SELLER), rank=7, to_its_cause=True)
def requested(on: Reading) -> str:
    if on.data["of"] == on.reader:
        return _("pedido para você responder")
    return _("pedido para %(of)s responder") % {"of": on.party(on.data["of"])}


@tells(events.Answered, place="message", writes_to=(Party.SELLER,), rank=10)
def replied(on: Reading) -> str:
    return by_way(on, _("resposta ao pedido")) if on.line.noted_by else _("resposta ao pedido")


@tells(events.RequestWithdrawn)
def withdrawn(on: Reading) -> str:
    return _("O pedido ao cliente já não espera resposta.")


@tells(events.RequestReopened)
def reopened(on: Reading) -> str:
    return _("O pedido ao cliente espera resposta outra vez.")


@tells(events.RequestResent, place="message", writes_to=(Party.CUSTOMER,), rank=8)
def resent(on: Reading) -> str:
    return _("pedido enviado de novo ao cliente")


@tells(events.RequestReminded, place="message", writes_to=(Party.CUSTOMER,), rank=9)
def reminded(on: Reading) -> str:
    return _("lembrete ao cliente")
