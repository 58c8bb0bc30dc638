"""Steps: how a case came here, where it is, what follows; only what the rules or the order really say."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tratativa.accounts import moments
from tratativa.cases.core import rulebook_versions
from tratativa.cases.models import Case, Deadline
from tratativa.cases.sentences import labels
from tratativa.orders.models import Order
from tratativa.rulebook.language import arguments
from tratativa.rulebook.language.effects import Effect
from tratativa.rulebook.terms import conditions
from tratativa.rulebook.terms.facts import Stage
from tratativa.rulebook.terms.parties import Party


@dataclass(frozen=True)
class Step:
    """One step: `done`, `now` or `next`. `when` is its day, or empty where nobody knows it."""

    text: str
    place: str
    when: str = ""


def before(case: Case) -> list[Step]:
    """What lies behind the case as it stands."""
    opened = _("Você abriu o atendimento") if case.origin == Party.CUSTOMER else _("O atendimento foi aberto")
    return [Step(opened, "done", moments.day(case.opened_at))]


def following(case: Case, *, at: datetime) -> list[Step]:
    """What the rules say follows: the decision that was asked for, or what a missed deadline gives or does."""
    if case.closed_at:
        return []
    if case.mediation == "asked":
        return [Step(_("Você recebe a decisão aqui e por e-mail."), "next")]
    owed = running(case, at=at)
    return [Step(text, "next") for text in _after_silence(case, owed)] if owed else []


def running(case: Case, *, at: datetime) -> Deadline | None:
    """The clock that whoever has the turn owes by and that the customer has to do with; None where none runs."""
    clocks = case.deadlines.filter(party=case.public_turn, answered_at=None, state="running", due_at__gt=at)
    if case.public_turn != Party.CUSTOMER:
        clocks = clocks.filter(to=Party.CUSTOMER)
    return clocks.order_by("due_at").first()


def of_order(order: Order | None) -> list[Step]:
    """The stages of an order and where it is, none where it was cancelled or is not known."""
    if order is None or order.stage not in Stage:
        return []
    if order.stage == "cancelled":
        return [Step(labels.stage("cancelled"), "now")]
    here, way = Stage.index(order.stage), [stage for stage in Stage if stage != "cancelled"]
    return [
        Step(labels.stage(stage), _place(number, here, len(way)), _day(order, stage, here))
        for number, stage in enumerate(way)
    ]


def _place(number: int, here: int, count: int) -> str:
    last = here == count - 1  # what was delivered is behind us
    return "done" if number < here or last else "now" if number == here else "next"


def _day(order: Order, stage: str, here: int) -> str:
    """The day of a stage, as far as it is known: of the order, and of its delivery or the one promised."""
    if stage == "received":
        return moments.day(order.ordered_at)
    if stage != "delivered":
        return ""
    if order.delivered_at:
        return moments.day(order.delivered_at)
    promised = order.promised_at and here < Stage.index("delivered")
    return _("até %(day)s") % {"day": moments.day(order.promised_at)} if promised and order.promised_at else ""


def _after_silence(case: Case, owed: Deadline) -> Iterator[str]:
    """What the rulebook does once this deadline is missed, whatever else is so; conditional effects promise nothing."""
    rule = rulebook_versions.of(case).deadline(owed.rule)
    for effect in rule.missed if rule else ():
        if effect.when == conditions.ALWAYS and (told := _told(case, effect)):
            yield told


def _told(case: Case, effect: Effect) -> str:
    mine, argument = case.public_turn == Party.CUSTOMER, effect.argument
    gaps = {"marketplace": case.marketplace.name}
    if isinstance(argument, arguments.Offer):
        action = rulebook_versions.of(case).action(argument.action)
        if action is None or Party.CUSTOMER not in action.by:
            return ""
        return _("Sem resposta até lá, você pode usar «%(action)s».") % {"action": action.label}
    if isinstance(argument, arguments.Mediate):
        return _("Sem resposta até lá, %(marketplace)s passa a decidir o caso.") % gaps
    if isinstance(argument, arguments.Close):
        if mine:
            return _("Se você não responder até lá, o atendimento é encerrado.")
        return _("Sem resposta até lá, o atendimento é encerrado.")
    return ""
