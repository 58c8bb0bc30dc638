"""Who may open a case of which kind, about which order, and for what reasons."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tratativa.accounts.actors import Actor
from tratativa.cases.core import facts, rulebook_versions
from tratativa.cases.models import Case
from tratativa.orders.models import Order
from tratativa.rulebook import sentences
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.language.sections import Kind, Reason
from tratativa.rulebook.terms.facts import Stage
from tratativa.rulebook.terms.parties import Party


@dataclass(frozen=True)
class Offer:
    """Whether an actor may open a case about an order; `why` is the sentence when it may not."""

    allowed: bool
    why: str = ""


def may_open(book: Rulebook, kind: Kind, order: Order | None, by: Actor, *, at: datetime) -> Offer:
    """Whether this actor may open a case of this kind about this order (A-02, A-03, A-04)."""
    if by.party not in kind.opened_by:
        return Offer(False, _("Este tipo de atendimento não é aberto por você."))
    if by.party is Party.SELLER and order is not None and order.seller.suspended_at is not None:
        return Offer(False, rulebook_versions.sentence(sentences.SUSPENDED))
    if order is None:
        required = kind.order == "required"
        return Offer(not required, _("Todo atendimento é sobre um pedido: escolha o pedido.") if required else "")
    if kind.order == "none":
        return Offer(False, _("Este tipo de atendimento não é sobre um pedido."))
    if Stage.index(order.stage) < Stage.index(kind.order_stage_from):
        return Offer(False, _("A venda deste pedido ainda não foi concluída; o atendimento abre depois dela."))
    known = {**facts.of_order(order), **facts.of_age(order, at, book.clock), "actor.party": str(by.party)}
    if not kind.when.holds(known):
        return Offer(False, kind.otherwise)
    return Offer(True)


def opens_alone(book: Rulebook, by: Actor, *, at: datetime) -> bool:
    """Whether this actor, of a team, may open a case about no order at all (K16-02, M-18)."""
    staff = by.party in {Party.MARKETPLACE, Party.SELLER}
    return staff and any(may_open(book, kind, None, by, at=at).allowed for kind in book.kinds.values())


def reasons_offered(book: Rulebook, by: Actor, kind: Kind) -> list[Reason]:
    """The reasons this party chooses from when it opens a case of this kind; where there is none, none is asked."""
    offered = (reason for reason in book.reasons if by.party in reason.offered_to)
    return [reason for reason in offered if not reason.kinds or kind.id in reason.kinds]


def begins_critical(book: Rulebook, case: Case) -> bool:
    """Whether a case is critical from its beginning: by its reason, or by the rule for all of them."""
    reason = book.reason(case.reason)
    by_rule = book.critical is not None and book.critical.holds(facts.columns(book, case))
    return by_rule or (reason is not None and reason.critical)
