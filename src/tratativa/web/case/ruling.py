"""Deciding a mediation on one screen: both sides in two lanes, what a decision brings about, ready texts, the next."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from tratativa.accounts.actors import Actor
from tratativa.cases.core import protocols, rulebook_versions, visibility
from tratativa.cases.models import Case
from tratativa.orders import refunds
from tratativa.rulebook.language.actions import Action
from tratativa.rulebook.language.arguments import CancelOrder, Close, Count, Refund
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.forms import FormField
from tratativa.rulebook.terms.ids import slug
from tratativa.rulebook.terms.parties import Party
from tratativa.saved_replies import shelf
from tratativa.web.case.drawing import View
from tratativa.web.timeline.lines import Drawn

TEXTS = 12  # saved replies that are offered beside the form


def context(view: View, case: Case, chosen: Action, actor: Actor) -> dict[str, Any]:
    """What the page of a ruling shows beside its form."""
    here = reverse("action", args=[view.shown, chosen.id])
    return {
        "sides": _sides(view, case),
        "brings": brings_about(case, chosen, rulebook_versions.of(case)),
        "texts": [(one.name, f"{here}?reply={one.pk}") for one in shelf.offered(actor)[:TEXTS]],
        "more_wait": _others(case, actor).exists(),
    }


def next_address(case: Case, actor: Actor) -> str:
    """Where the next mediation is decided, the longest waiting first; the list of mediations where none waits."""
    found = _others(case, actor).order_by("waiting_since", "id").first()
    if found is None:
        return reverse("mediations")
    decides = next((one for one in rulebook_versions.of(found).actions if one.place == "ruling"), None)
    shown = protocols.show(found.protocol)
    return reverse("action", args=[shown, decides.id]) if decides else reverse("case", args=[shown])


def brings_about(case: Case, chosen: Action, book: Rulebook) -> list[str]:
    """What its choices do to the money, the order and the seller's score: as its effects say, with the figures of now.

    Two queries where money may go back.
    """
    found: list[str] = []
    for done in chosen.do:
        if isinstance(done.argument, CancelOrder) and case.order:
            found.append(_cancels(case.order.number, done.argument, chosen))
            if book.refunds.cancelled == "by_itself":
                found.append(_("O sistema que cancela devolve por si o que foi pago."))
        elif isinstance(done.argument, Refund):
            found += _gives_back(case, done.argument, chosen, book)
        elif isinstance(done.argument, Close):
            found.append(_("O atendimento é encerrado."))
    counted = [done.argument.metric for done in chosen.do if isinstance(done.argument, Count)]
    metrics = [metric.label for name in counted if book.score and (metric := book.score.metric(name))]
    if metrics:
        found.append(_("Conta no desempenho do lojista: %(metrics)s.") % {"metrics": ", ".join(metrics)})
    elif book.score and case.seller_id:
        found.append(_("A decisão em si não conta no desempenho do lojista."))
    return found


def _cancels(number: str, argument: CancelOrder, chosen: Action) -> str:
    field = _field(chosen, argument.if_field)
    if field is None:
        return _("Pede o cancelamento do pedido %(number)s.") % {"number": number}
    return _("«%(choice)s» pede o cancelamento do pedido %(number)s.") % {"choice": field.label, "number": number}


def _gives_back(case: Case, argument: Refund, chosen: Action, book: Rulebook) -> list[str]:
    if case.order is None:
        return [_("Este atendimento não tem pedido: nenhum valor é devolvido por aqui.")]
    account, show = refunds.of(case.order), book.money.show
    if not account.paid:
        return [_("Ninguém disse quanto foi pago por este pedido: em vez de devolver, a mesa deixa uma tarefa.")]
    left = {"none": 0, "full": account.left, "shortage": account.left_of_shortage}
    said: list[str] = []
    field = _field(chosen, argument.choice)
    for key, label in field.choices.items() if field else ():
        if key in left:
            said.append(_("«%(choice)s» devolve %(amount)s.") % {"choice": label, "amount": show(left[key])})
        else:
            said.append(_("«%(choice)s» devolve até %(amount)s.") % {"choice": label, "amount": show(account.left)})
    if not field:
        said.append(_("Pode devolver até %(amount)s.") % {"amount": show(account.left)})
    if account.given:
        gaps = {"given": show(account.given), "paid": show(account.paid)}
        said.append(_("De %(paid)s pagos, %(given)s já foram devolvidos ou pedidos.") % gaps)
    return said


def _field(chosen: Action, name: str) -> FormField | None:
    return next((one for one in chosen.fields if name and one.id == slug(name)), None)


def _others(case: Case, actor: Actor) -> QuerySet[Case]:
    """The mediations that wait beside this one."""
    return visibility.visible_cases(actor).filter(mediation="asked", closed_at=None).exclude(pk=case.pk)


def _sides(view: View, case: Case) -> list[dict[str, Any]]:
    """What customer and seller said, side by side, for whoever decides between them."""
    names = {
        Party.CUSTOMER: (_("Cliente"), case.customer.name if case.customer else ""),
        Party.SELLER: (_("Lojista"), case.seller.name if case.seller else ""),
    }
    return [
        {
            "party": str(party),
            "label": label,
            "name": name,
            "lines": [line for line in view.lines if line.is_message and _between(line, party)],
        }
        for party, (label, name) in names.items()
    ]


def _between(line: Drawn, party: Party) -> bool:
    """Whether a message belongs to this side: its own words, and what the marketplace wrote to it."""
    return line.party == party or (line.party == Party.MARKETPLACE and line.to == party)
