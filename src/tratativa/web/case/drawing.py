"""What the page of a case shows, gathered in a fixed number of queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tratativa.accounts import moments
from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Customer
from tratativa.cases.acting import actions, pending
from tratativa.cases.core import facts, protocols, rulebook_versions
from tratativa.cases.models import Case
from tratativa.cases.sentences import labels
from tratativa.cases.sentences.reader import party_name
from tratativa.orders.models import Line, Order
from tratativa.rulebook import verdict as verdicts
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.ids import slug
from tratativa.rulebook.terms.parties import Party
from tratativa.rulebook.verdict import Available, Unavailable, Verdict
from tratativa.web.case import clocks, money, procedure_panel, returned_goods
from tratativa.web.case.money import Money
from tratativa.web.case.procedure_panel import Panel
from tratativa.web.case.returned_goods import ReturnCard
from tratativa.web.lists import siblings
from tratativa.web.retailer import overview
from tratativa.web.timeline import holds, lines
from tratativa.web.timeline.holds import Hold
from tratativa.web.timeline.lines import Drawn

_ICONS = {
    "close": "circle-check",
    "reopen": "rotate-ccw",
    "mediation": "scale",
    "ruling": "gavel",
    "note": "sticky-note",
    "assign": "user-plus",
    "help": "life-buoy",
}


@dataclass(frozen=True)
class Button:
    """An action in the menu: with an address when it may be done now, else with the reason why not."""

    label: str
    icon: str
    url: str = ""
    why: str = ""
    dialog: bool = True
    due: datetime | None = None


@dataclass(frozen=True)
class Composer:
    """How this actor may write: to whom, and whether a switch asks if the customer reads."""

    allowed: bool
    why: str
    label: str
    recipients: list[tuple[str, str]]
    asks: bool
    always: bool
    waits: bool
    placeholder: str


@dataclass(frozen=True)
class OrderCard:
    """The order, as far as a case needs it."""

    number: str
    stage: str
    total: int
    goods: Sequence[Line]
    delivered_at: datetime | None
    promised_at: date | None
    tracking: str


@dataclass(frozen=True)
class CustomerCard:
    """Who bought. E-mail and telephone stay empty for a seller: everything goes through the desk (A-34)."""

    name: str
    document: str
    email: str
    phone: str


@dataclass(frozen=True)
class View:
    """A case as its page shows it to one actor."""

    shown: str
    subject: str
    duty: str
    status: str
    tone: str
    turn: str
    with_whom: str
    channel: str
    origin: str
    seller: str
    assignee: str
    critical: bool
    external_id: str
    platform: str
    opened_at: datetime
    closed_at: datetime | None
    due: datetime | None
    urgency: str
    seen: int
    limit: int
    lines: list[Drawn]
    moves: list[Drawn]
    actions: list[Button]
    ruling_url: str
    reply: Composer
    deadlines: list[clocks.Clock]
    order: OrderCard | None
    money: Money | None
    goods_back: ReturnCard | None
    customer: CustomerCard | None
    siblings: list[siblings.Sibling]
    holds: list[Hold]
    run: Panel | None
    retailer_url: str
    retailer_page: str


def view(case: Case, actor: Actor, *, at: datetime) -> View:
    """The case as its page shows it."""
    book = rulebook_versions.of(case)
    due = case.overdue_for(actor.party) or case.due_for(actor.party)
    responsible = case.assignee_for(actor.party)
    verdict = actions.verdict(case, actor, at=at)
    status, tone = verdicts.status_label(book, facts.of_case(case, actor), actor.party)
    reason = book.reason(case.reason)
    told = lines.draw(case, actor)
    return View(
        shown=protocols.show(case.protocol),
        subject=rulebook_versions.subject(case),
        duty=reason.duty if reason and case.is_open and actor.party is Party.SELLER else "",
        status=status,
        tone=tone,
        turn=_turn(case, actor, book),
        with_whom=case.customer.name if case.customer else "",
        channel=labels.channel(case.channel),
        origin=party_name(book, case.origin),
        seller=case.seller.name if case.seller else "",
        assignee=responsible.name if responsible else _("ninguém ainda"),
        critical=case.critical,
        external_id=case.external_id,
        platform=case.platform,
        opened_at=case.opened_at,
        closed_at=case.closed_at,
        due=due if case.is_open else None,
        urgency=moments.urgency(due, at),
        seen=case.row_version,
        limit=book.attachments.max_size,
        lines=[line for line in told if line.is_message or not line.quiet],
        moves=told[::-1],
        actions=_buttons(case, book, verdict),
        ruling_url=_ruling(case, verdict),
        reply=composer(case, book, verdict, actor),
        deadlines=clocks.of(case, book, actor),
        order=_order(case.order) if case.order else None,
        money=money.of(case, actor, book),
        goods_back=returned_goods.of_case(case),
        customer=_customer(case.customer, actor) if case.customer else None,
        siblings=siblings.of_order(case.order, actor, but=case) if case.order else [],
        holds=[holds.draw(held, actor) for held in pending.waiting(case, actor)],
        run=procedure_panel.panel(case, actor, at=at),
        retailer_url=overview.address(case, actor),
        retailer_page=overview.page(case, actor),
    )


def composer(case: Case, book: Rulebook, verdict: Verdict, actor: Actor) -> Composer:
    """How the actor may write now: a seller's request about no customer has only the marketplace to write to (M-18)."""
    answer = verdict.find(book.replies.label)
    rules = book.replies.by.get(actor.party)
    to = rules.to if rules else ()
    if actor.party is Party.SELLER and case.customer_id is None:
        to = tuple(party for party in to if party is not Party.CUSTOMER)
    return Composer(
        allowed=isinstance(answer, Available),
        why=answer.why if isinstance(answer, Unavailable) else _("Você não escreve neste atendimento."),
        label=book.replies.label,
        recipients=[(str(party), party_name(book, party)) for party in to],
        asks=bool(rules and rules.customer_reads == "ask"),
        always=bool(rules and rules.customer_reads == "always"),
        waits=bool(rules and rules.waits == "ask"),
        placeholder=_("Escreva a resposta…"),
    )


def _turn(case: Case, actor: Actor, book: Rulebook) -> str:
    if case.waiting_on == "nobody":
        return _("ninguém")
    return _("você") if case.waiting_on == actor.party else party_name(book, case.waiting_on)


def _buttons(case: Case, book: Rulebook, verdict: Verdict) -> list[Button]:
    reply = slug(book.replies.label)
    shown = protocols.show(case.protocol)
    can = [_button(answer, shown) for answer in verdict.available if answer.action.id != reply]
    cannot = [
        Button(answer.action.label, "", why=answer.why) for answer in verdict.unavailable if answer.action.id != reply
    ]
    return can + cannot


def _ruling(case: Case, verdict: Verdict) -> str:
    """Where the actor decides the mediation, when that is what the case waits for."""
    ruling = next((answer.action for answer in verdict.available if answer.action.place == "ruling"), None)
    return reverse("action", args=[protocols.show(case.protocol), ruling.id]) if ruling else ""


def _button(answer: Available, shown: str) -> Button:
    action = answer.action
    url = reverse("action", args=[shown, action.id])
    icon = _ICONS.get(action.place, "arrow-right")
    return Button(action.label, icon, url, dialog=action.place != "ruling", due=answer.due_at)


def _order(order: Order) -> OrderCard:
    return OrderCard(
        number=order.number,
        stage=labels.stage(order.stage),
        total=order.total_cents,
        goods=list(order.lines.all()[:20]),
        delivered_at=order.delivered_at,
        promised_at=order.promised_at,
        tracking=order.tracking,
    )


def _customer(customer: Customer, actor: Actor) -> CustomerCard:
    inside = actor.party is Party.MARKETPLACE
    return CustomerCard(
        name=customer.name,
        document=customer.document,
        email=customer.email if inside else "",
        phone=customer.phone if inside else "",
    )
