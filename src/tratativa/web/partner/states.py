"""How a child case stands, told to its partner: one sentence, the deadline, and what follows on silence."""

from datetime import datetime

from django.utils.translation import gettext as _

from tratativa.accounts import moments, reach, text
from tratativa.cases.models import Case, Deadline
from tratativa.cases.queues import links
from tratativa.mail.models import Mailbox
from tratativa.rulebook.terms.parties import Party
from tratativa.web.customer.states import State


def tell(case: Case, *, at: datetime, by_link: bool) -> State:
    """Where the case stands at this moment; `by_link` says that the reader has no account."""
    if case.closed_at:
        sentence = _("Este chamado foi encerrado em %(day)s.") % {"day": moments.long(case.closed_at)}
        return State(sentence, _closed(case, case.closed_at, by_link))
    if case.waiting_on == Party.PARTNER:
        return _waiting(case, at)
    return State(
        text.one_stop(_("Resposta recebida. Agora é com %(marketplace)s.") % {"marketplace": case.marketplace.name}),
        _("Se faltar alguma coisa, você recebe um e-mail. Pode acrescentar o que quiser enquanto isso."),
        "waiting",
    )


def _waiting(case: Case, at: datetime) -> State:
    owed = Deadline.objects.filter(case=case, party=str(Party.PARTNER), answered_at=None).order_by("due_at").first()
    if owed is None:
        return State(
            _("É a sua vez de responder."),
            _("Este chamado não tem prazo: %(marketplace)s espera a sua resposta.")
            % {"marketplace": case.marketplace.name},
            "yours",
        )
    gaps = {"due": moments.due(owed.due_at), "left": moments.left(owed.due_at, at).capitalize()}
    gaps["marketplace"] = case.marketplace.name
    if owed.due_at < at:
        return State(
            _("O prazo para responder terminou em %(due)s.") % gaps,
            _("%(marketplace)s pode já ter seguido sem a sua resposta, mas ela ainda chega a quem cuida do caso.")
            % gaps,
            "late",
        )
    return State(
        _("Responda até %(due)s.") % gaps,
        _("%(left)s. Sem resposta até lá, o chamado fica como não respondido e %(marketplace)s segue sem ela.") % gaps,
        "yours",
    )


def _closed(case: Case, closed_at: datetime, by_link: bool) -> str:
    """To whom to write about it, and until when it can be read."""
    with reach.within(case.marketplace_id):
        mailbox = Mailbox.objects.filter(marketplace=case.marketplace_id).order_by("id").first()
    if mailbox:
        said = _("Para falar sobre ele, escreva para %(address)s com o protocolo deste chamado.") % {
            "address": mailbox.address
        }
    else:
        said = _("Para falar sobre ele, procure a equipe de %(marketplace)s com o protocolo deste chamado.") % {
            "marketplace": case.marketplace.name
        }
    if not by_link:
        return said
    return f"{said} " + _("Este link ainda abre até %(day)s.") % {"day": moments.due(closed_at + links.READABLE)}
