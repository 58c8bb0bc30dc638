"""What the page of a case shows, gathered in a fixed number of queries."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tratativa.accounts import moments
from tratativa.accounts.actors import Actor
from tratativa.cases.acting import actions, pending, thanking
from tratativa.cases.core import facts, protocols, rulebook_versions
from tratativa.cases.events import Reopened
from tratativa.cases.models import Case, Tag
from tratativa.cases.reading import tags
from tratativa.cases.sentences import labels
from tratativa.cases.sentences.reader import party_name
from tratativa.rulebook import verdict as verdicts
from tratativa.rulebook.language.money_rules import MoneyRules
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.parties import Party
from tratativa.web.case import (
    beside,
    buttons,
    cards,
    clocks,
    composing,
    money,
    procedure_panel,
    returned_goods,
    sending,
    snoozing,
    unanswered,
)
from tratativa.web.case.beside import Beside
from tratativa.web.case.buttons import Button
from tratativa.web.case.cards import CustomerCard, OrderCard
from tratativa.web.case.composing import Composer
from tratativa.web.case.joined import ties
from tratativa.web.case.joined.ties import Tied
from tratativa.web.case.money import Money
from tratativa.web.case.own import fields
from tratativa.web.case.procedure_panel import Panel
from tratativa.web.case.returned_goods import ReturnCard
from tratativa.web.case.sending import Sent
from tratativa.web.case.snoozing import Aside
from tratativa.web.case.unanswered import Empty
from tratativa.web.lists import covering, siblings
from tratativa.web.retailer import overview
from tratativa.web.timeline import holds, lines
from tratativa.web.timeline.holds import Hold
from tratativa.web.timeline.lines import Drawn


@dataclass(frozen=True)
class View:
    """A case as its page shows it to one actor."""

    shown: str
    subject: str
    duty: str
    article_url: str
    status: str
    tone: str
    turn: str
    with_whom: str
    channel: str
    origin: str
    seller: str
    assignee: str
    cover: str
    critical: bool
    external_id: str
    platform: str
    opened_at: datetime
    closed_at: datetime | None
    due: datetime | None
    urgency: str
    seen: int
    limit: int
    most: int
    lines: list[Drawn]
    moves: list[Drawn]
    actions: list[Button]
    ruling_url: str
    unanswered: Empty | None
    reply: Composer
    deadlines: list[clocks.Clock]
    order: OrderCard | None
    money: Money | None
    paid_in: MoneyRules
    goods_back: ReturnCard | None
    customer: CustomerCard | None
    siblings: list[siblings.Sibling]
    tied: Callable[[], Tied]
    own: Callable[[], list[dict[str, Any]]]
    beside: Callable[[], Beside]  # asked where a page shows it: the form of an action does not
    aside: Callable[[], Aside]
    tags: list[Tag]
    thanked: bool
    holds: list[Hold]
    sending: list[Sent]
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
    same_order = siblings.of_order(case.order, actor, but=case) if case.order else []
    others = cache(partial(beside.of, case, actor))
    return View(
        shown=protocols.show(case.protocol),
        subject=rulebook_versions.subject(case),
        duty=reason.duty if reason and case.is_open and actor.party is Party.SELLER else "",
        article_url=reverse("article", args=["reason", reason.id], query={"case": case.protocol}) if reason else "",
        status=status,
        tone=tone,
        turn=_turn(case, actor, book),
        with_whom=case.customer.name if case.customer else "",
        channel=labels.channel(case.channel),
        origin=party_name(book, case.origin),
        seller=case.seller.name if case.seller else "",
        assignee=responsible.name if responsible else _("ninguém ainda"),
        cover=covering.told(responsible, covering.away(actor, at)) if responsible else "",
        critical=case.critical,
        external_id=case.external_id,
        platform=case.platform,
        opened_at=case.opened_at,
        closed_at=case.closed_at,
        due=due if case.is_open else None,
        urgency=moments.urgency(due, at),
        seen=case.row_version,
        limit=book.attachments.max_size,
        most=book.attachments.max_files,
        lines=[line for line in told if line.is_message or not line.quiet],
        moves=told[::-1],
        actions=buttons.of(case, book, verdict),
        ruling_url=buttons.ruling_url(case, verdict),
        unanswered=unanswered.of(case, actor, at=at),
        reply=composing.of(case, book, verdict, actor),
        deadlines=clocks.of(case, book, actor),
        order=cards.of_order(case.order) if case.order else None,
        money=money.of(case, actor, book),
        paid_in=book.money,
        goods_back=returned_goods.of_case(case),
        customer=cards.of_customer(case.customer, actor, book.land.documents) if case.customer else None,
        siblings=same_order,
        tied=cache(lambda: ties.of(case, actor, [*same_order, *others().customers])),
        own=cache(partial(fields.of, case, actor, at=at)),
        beside=others,
        aside=cache(partial(snoozing.of, case, actor, book, at=at)),
        tags=tags.of_case(case, actor),
        thanked=any(line.event == Reopened.name for line in told) and thanking.said(case, actor) is not None,
        holds=[holds.draw(held, actor) for held in pending.waiting(case, actor)],
        sending=sending.of_case(case, actor, book, at=at),
        run=procedure_panel.panel(case, actor, at=at),
        retailer_url=overview.address(case, actor),
        retailer_page=overview.page(case, actor),
    )


def _turn(case: Case, actor: Actor, book: Rulebook) -> str:
    if case.waiting_on == "nobody":
        return _("ninguém")
    return _("você") if case.waiting_on == actor.party else party_name(book, case.waiting_on)
