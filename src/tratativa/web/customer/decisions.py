"""What was decided, told to the customer: for whom, what happens to their order and money, how much and until when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from tratativa.accounts import moments
from tratativa.accounts.actors import Actor
from tratativa.cases import events
from tratativa.cases.core import rulebook_versions, visibility
from tratativa.cases.models import Case, Entry
from tratativa.orders.commands import is_own
from tratativa.orders.models import Command, Payout
from tratativa.rulebook.language.money_rules import MoneyRules
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.parties import Party
from tratativa.web.customer.steps import Step


@dataclass(frozen=True)
class Decision:
    """The headline, empty where nobody had to decide, and each thing that follows, in order; the decider's words
    stand in the conversation.

    `good` is whether it brings the customer something: then it is green.
    """

    headline: str
    follows: tuple[Step, ...]
    good: bool


def of(case: Case, actor: Actor) -> Decision | None:
    """What was decided in the case, as far as its customer may know; None where nothing was."""
    seen = visibility.visible_entries(case, actor).filter(event__in=[events.Ruled.name, events.CommandAsked.name])
    told = list(seen)
    ruled = next((entry for entry in reversed(told) if entry.event == events.Ruled.name), None)
    if case.mediation == "asked":
        ruled = None  # it is being decided anew
    asked = [entry.data["command"] for entry in told if entry.event == events.CommandAsked.name]
    commands = list(Command.objects.filter(pk__in=asked).order_by("asked_at")) if asked else []
    paid = list(Payout.objects.filter(case_id=case.pk).exclude(state="withdrawn").order_by("asked_at"))
    follows = _follows(case, rulebook_versions.of(case), commands, paid)
    if ruled is None and not follows:
        return None
    gives = any(one.state != "refused" and one.verb in _TOLD for one in commands) or bool(paid)
    for_customer = ruled is not None and ruled.data["benefits"] == Party.CUSTOMER
    headline = _headline(case, ruled) if ruled else ""
    return Decision(headline, follows, good=for_customer or (ruled is None and gives))


def _headline(case: Case, ruled: Entry) -> str:
    gaps = {
        "day": moments.day(ruled.at),
        "seller": case.seller.name if case.seller else "",
        "who": case.marketplace.name,
    }
    if ruled.data["benefits"] == Party.CUSTOMER:
        return _("Decidido a seu favor em %(day)s.") % gaps
    if ruled.data["benefits"] == Party.SELLER and case.seller:
        return _("Decidido a favor de %(seller)s em %(day)s.") % gaps
    return _("%(who)s decidiu este caso em %(day)s.") % gaps


def _follows(case: Case, book: Rulebook, commands: Sequence[Command], paid: Sequence[Payout]) -> tuple[Step, ...]:
    told = [step for one in commands if one.verb in _TOLD for step in _of_command(case, one, book.money)]
    told += [_of_payout(one, book.money) for one in paid]
    refunded = any(one.verb == "refund" and one.state != "refused" for one in commands)
    by_itself = not refunded and _comes_by_itself(book, commands) and bool(case.order and case.order.total_cents)
    if by_itself and case.order:
        amount = book.money.show(case.order.total_cents)
        said = _("O que você pagou, %(amount)s, volta sem que você precise pedir.")
        told.append(Step(said % {"amount": amount}, "now"))
    term = book.refunds.term(case.order.payment_method) if case.order else ""
    if term and (refunded or by_itself):
        told.append(Step(_("O dinheiro chega %(term)s.") % {"term": term}, "next"))
    return tuple(told)


def _comes_by_itself(book: Rulebook, commands: Sequence[Command]) -> bool:
    """Whether the marketplace's own system gives back what was paid for an order it has cancelled."""
    cancelled = any(one.verb == "cancel_order" and one.state == "confirmed" for one in commands)
    return cancelled and book.refunds.cancelled == "by_itself"


def _of_command(case: Case, command: Command, money: MoneyRules) -> Iterator[Step]:
    """What was asked, and what came of it; of a refund also since when it is under way."""
    amount = money.show(int(command.data.get("amount_cents", 0)))
    answered = command.state in {"confirmed", "refused"}
    state = command.state if answered else "asked"
    state = "own" if state == "confirmed" and is_own(command) else state
    if command.verb == "refund" and state == "confirmed":
        since = {"amount": amount, "day": moments.day(command.asked_at)}
        yield Step(_("Reembolso de %(amount)s solicitado em %(day)s.") % since, "done")
    at = (command.answered_at if answered else None) or command.asked_at
    gaps = {"amount": amount, "day": moments.day(at), "number": case.order_number}
    yield Step(_sentence(command.verb, state) % gaps, "done" if answered else "now")


_TOLD = {"cancel_order", "refund", "issue_voucher"}


def _sentence(verb: str, state: str) -> str:
    return {
        ("cancel_order", "asked"): _(
            "O cancelamento do pedido %(number)s foi solicitado em %(day)s; falta a confirmação."
        ),
        ("cancel_order", "confirmed"): _("O pedido %(number)s foi cancelado em %(day)s."),
        ("cancel_order", "own"): _("O cancelamento do pedido %(number)s foi registrado em %(day)s."),
        ("refund", "own"): _("Reembolso de %(amount)s registrado em %(day)s; a loja o paga por fora deste site."),
        ("issue_voucher", "own"): _(
            "Voucher de %(amount)s registrado em %(day)s; a loja o entrega por fora deste site."
        ),
        ("cancel_order", "refused"): _("O cancelamento do pedido %(number)s não foi aceito, em %(day)s."),
        ("refund", "asked"): _("Reembolso de %(amount)s solicitado em %(day)s; falta a confirmação."),
        ("refund", "confirmed"): _("Reembolso de %(amount)s confirmado em %(day)s."),
        ("refund", "refused"): _("O reembolso de %(amount)s não foi aceito, em %(day)s."),
        ("issue_voucher", "asked"): _("Voucher de %(amount)s solicitado em %(day)s; falta a confirmação."),
        ("issue_voucher", "confirmed"): _("Voucher de %(amount)s criado em %(day)s."),
        ("issue_voucher", "refused"): _("O voucher de %(amount)s não foi aceito, em %(day)s."),
    }[verb, state]


def _of_payout(payout: Payout, money: MoneyRules) -> Step:
    gaps = {"amount": money.show(payout.amount_cents), "day": moments.day(payout.ended_at or payout.asked_at)}
    if payout.state == "paid":
        return Step(_("Pagamento de %(amount)s na sua conta confirmado em %(day)s.") % gaps, "done")
    return Step(_("Pagamento de %(amount)s na sua conta solicitado em %(day)s; falta a confirmação.") % gaps, "now")
