"""How a case stands, told to its customer: one sentence, what happens next, and until when."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tratativa.cases import books
from tratativa.cases.models import Case
from tratativa.rulebook.parties import Party
from tratativa.web import moments
from tratativa.web.readers import party_name


@dataclass(frozen=True)
class State:
    """The sentence, and a second one for what comes next."""

    sentence: str
    following: str = ""
    tone: str = "done"


def tell(case: Case, *, at: datetime) -> State:
    """Where the case stands at this moment."""
    if case.closed_at:
        return State(
            _("Este atendimento foi encerrado em %(day)s.") % {"day": moments.long(case.closed_at)}, _closed(case)
        )
    if case.mediation == "asked":
        return State(
            _("%(marketplace)s está decidindo este caso.") % {"marketplace": case.marketplace.name},
            _("Nossa equipe lê tudo o que vocês escreveram. Você recebe a decisão aqui e por e-mail."),
            "mediation",
        )
    if case.public_turn == Party.CUSTOMER:
        return _yours(case, at)
    return _waiting(case, at)


def _yours(case: Case, at: datetime) -> State:
    clocks = case.deadlines.filter(party=Party.CUSTOMER, answered_at=None, state="running", due_at__gt=at)
    owed = clocks.order_by("due_at").first()
    if owed is None:
        return State(_("É a sua vez de responder."), _("Leia a última mensagem e responda quando puder."), "yours")
    return State(
        _("É a sua vez: responda até %(due)s.") % {"due": moments.due(owed.due_at)},
        _("%(left)s. Leia a última mensagem para ver o que acontece depois.")
        % {"left": moments.left(owed.due_at, at).capitalize()},
        "yours",
    )


def _waiting(case: Case, at: datetime) -> State:
    who = _name(case, case.public_turn)
    owed = case.deadlines.filter(party=case.public_turn, to=Party.CUSTOMER, answered_at=None).order_by("due_at").first()
    if owed is None:
        return State(
            _("Agora é a vez de %(who)s.") % {"who": who}, _("Avisamos por e-mail quando chegar a resposta."), "waiting"
        )
    gaps = {"who": who, "due": moments.due(owed.due_at), "left": moments.left(owed.due_at, at)}
    if owed.due_at < at:
        return State(_("%(who)s não respondeu no prazo, que terminou em %(due)s.") % gaps, tone="late")
    return State(
        _("%(who)s tem até %(due)s para responder a você.") % gaps,
        _("%(left)s. Avisamos por e-mail quando chegar a resposta.") % {"left": gaps["left"].capitalize()},
        "waiting",
    )


def _closed(case: Case) -> str:
    if books.of(case).reopen.on_customer_message:
        return _("Ainda precisa de ajuda? Escreva abaixo e ele é reaberto.")
    return ""


def _name(case: Case, party: str) -> str:
    if party == Party.SELLER and case.seller:
        return case.seller.name
    if party == Party.MARKETPLACE:
        return case.marketplace.name
    return party_name(books.of(case), party) or _("ninguém")
