"""How a case stands, told to its customer: one sentence, what happens next, and until when."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from tratativa.accounts import moments
from tratativa.accounts.actors import Actor
from tratativa.cases.clocks import planning
from tratativa.cases.core import rulebook_versions, visibility
from tratativa.cases.models import Case, Deadline
from tratativa.cases.sentences.reader import party_name
from tratativa.orders.models import Order
from tratativa.rulebook.terms.parties import Party
from tratativa.web.customer import steps
from tratativa.web.lists import siblings
from tratativa.web.lists.siblings import Sibling


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


def of_order(order: Order, actor: Actor, *, at: datetime) -> list[Sibling]:
    """The customer's cases of one order, newest first."""
    return tiles(list(visibility.visible_cases(actor).filter(order=order).order_by("-opened_at")[:30]), actor, at=at)


def tiles(found: Sequence[Case], actor: Actor, *, at: datetime) -> list[Sibling]:
    """Cases in a line each, whose status speaks to their customer; a query for all their clocks together."""
    owed: dict[tuple[object, str], datetime] = {}
    clocks = Deadline.objects.filter(case__in=found, answered_at=None).exclude(rule=planning.SURVEY)
    for case_id, party, to, due in clocks.values_list("case", "party", "to", "due_at"):
        if Party.CUSTOMER in {party, to}:
            owed[case_id, party] = min(due, owed.get((case_id, party), due))
    told = [brief(case, owed.get((case.pk, case.public_turn)), at=at) for case in found]
    return [
        replace(siblings.of(case, actor), status=status, tone=tone)
        for case, (status, tone) in zip(found, told, strict=True)
    ]


def brief(case: Case, due: datetime | None, *, at: datetime) -> tuple[str, str]:
    """The case's status in a few words to its customer, and its tone; `due` is until when the turn's party owes."""
    if case.closed_at:
        return _("Encerrado"), "done"
    if case.mediation == "asked":
        return _("%(marketplace)s está decidindo") % {"marketplace": case.marketplace.name}, "mediation"
    gaps = {"who": _short(case), "due": moments.short(due, at) if due else ""}
    if case.public_turn == Party.CUSTOMER:
        in_time = due is not None and due > at
        return (_("Sua vez, até %(due)s") % gaps if in_time else _("Sua vez")), "soon"
    if due is None:
        return _("Esperando %(who)s") % gaps, "waiting"
    if due < at:
        return _("Esperando %(who)s: o prazo passou (%(due)s)") % gaps, "late"
    return _("Esperando %(who)s até %(due)s") % gaps, "waiting"


def _short(case: Case) -> str:
    """Whose turn it is, as a customer calls them."""
    return _("a loja") if case.public_turn == Party.SELLER else _name(case, case.public_turn)


def _yours(case: Case, at: datetime) -> State:
    owed = steps.running(case, at=at)
    if owed is None:
        return State(_("É a sua vez de responder."), _("Leia a última mensagem e responda quando puder."), "yours")
    left = moments.left(owed.due_at, at).capitalize()
    return State(
        _("Você precisa responder até %(due)s.") % {"due": moments.due(owed.due_at)},
        _("%(left)s. Leia a última mensagem e responda abaixo.") % {"left": left},
        "yours",
    )


def _waiting(case: Case, at: datetime) -> State:
    owed = case.deadlines.filter(party=case.public_turn, to=Party.CUSTOMER, answered_at=None).order_by("due_at").first()
    shop, who = case.public_turn == Party.SELLER, _name(case, case.public_turn)
    if owed is None:
        return State(
            _("Agora é a vez da loja.") if shop else _("Agora é a vez de %(who)s.") % {"who": who},
            _("Avisamos você por e-mail quando chegar a resposta."),
            "waiting",
        )
    gaps = {"who": who, "due": moments.due(owed.due_at), "left": moments.left(owed.due_at, at).capitalize()}
    if owed.due_at < at:
        late = (
            _("A loja não respondeu a você no prazo, que terminou em %(due)s.")
            if shop
            else _("%(who)s não respondeu a você no prazo, que terminou em %(due)s.")
        )
        return State(late % gaps, tone="late")
    turn = _("Agora é a vez da loja, até %(due)s.") if shop else _("Agora é a vez de %(who)s, até %(due)s.")
    return State(turn % gaps, _("%(left)s. Avisamos você por e-mail quando chegar a resposta.") % gaps, "waiting")


def _closed(case: Case) -> str:
    if rulebook_versions.of(case).reopen.on_customer_message:
        return _("Ainda precisa de ajuda? Escreva abaixo e ele é reaberto.")
    return ""


def _name(case: Case, party: str) -> str:
    if party == Party.MARKETPLACE:
        return case.marketplace.name
    return party_name(rulebook_versions.of(case), party) or _("ninguém")
