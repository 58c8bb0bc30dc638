"""Receita: asking the Receita from a case, and telling the case what it said."""

import uuid
from datetime import datetime

from django.utils.translation import gettext as _

from tratativa.accounts import actors
from tratativa.accounts.actors import Actor
from tratativa.cases import door, events
from tratativa.cases.core import audience, work
from tratativa.cases.core.refusals import NotAllowed
from tratativa.cases.models import Case
from tratativa.orders import registry
from tratativa.orders.models import Lookup
from tratativa.rulebook.terms.parties import Party


def ask(case: Case, *, by: Actor, at: datetime) -> Lookup:
    """Asks the Receita about the customer's CNPJ; a job carries the question. Raises NotAllowed."""
    if by.party is not Party.MARKETPLACE or case.queue:
        raise NotAllowed(_("A consulta à Receita é da equipe do marketplace."))
    if not registry.installed():
        raise NotAllowed(_("Este site não tem consulta à Receita instalada."))
    with door.judging(case.pk, by=by, at=at) as change:
        customer = change.case.customer
        if customer is None or len(customer.document) != 14:
            raise NotAllowed(_("Este atendimento não tem um CNPJ para consultar."))
        try:
            lookup = registry.ask(customer, case_id=case.pk, by=by.person_id, at=at)
        except registry.Waiting:
            raise NotAllowed(_("A Receita já está sendo consultada; a resposta aparece aqui.")) from None
        change.record(events.RegistryAsked(lookup=str(lookup.pk)), to=audience.TEAM)
        work.ask("cases.look_up", lookup_id=lookup.pk)
    return lookup


def carry(lookup_id: uuid.UUID, *, at: datetime) -> None:
    """Carries a question to the Receita and puts what came of it on the case's timeline, once."""
    lookup = registry.carry(lookup_id, at=at)
    case = Case.objects.select_related("marketplace").get(pk=lookup.case_id)
    with door.judging(case.pk, by=actors.clock(case.marketplace), at=at) as change:
        event = events.RegistryAnswered(lookup=str(lookup.pk), state=lookup.state)
        if not change.case.entries.filter(event=event.name, data__lookup=event.lookup).exists():
            change.record(event, to=audience.TEAM)
