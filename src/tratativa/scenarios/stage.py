"""The stage a story plays on: its people, its order, its cases by name, and the clock in the step's hand."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from tratativa.accounts import actors
from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Customer, Marketplace, Partner, Seller
from tratativa.cases.core import rulebook_versions
from tratativa.cases.models import Case
from tratativa.orders.models import Order
from tratativa.rulebook import reading
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.reading import Loaded
from tratativa.rulebook.terms import languages
from tratativa.rulebook.terms.parties import Party
from tratativa.scenarios import cast, moments
from tratativa.scenarios.scripts import Scenario, nearest

FIRST_CASE = "first"


class Unplayable(Exception):
    """A step the runner cannot do, or does not know yet; the message says which word and why."""


# A story may be set in any year, and lists draw what applies today.
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass
class Stage:
    """Everything a step or an expectation looks at. `cases` maps the names steps use to cases' keys."""

    book: Rulebook
    marketplace: Marketplace
    seller: Seller
    customer: Customer
    order: Order | None
    at: datetime
    cases: dict[str, UUID] = field(default_factory=dict)
    current: str = ""
    people: dict[tuple[Party, str], Actor] = field(default_factory=dict)
    orders: dict[str, Order] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    letters: set[UUID] = field(default_factory=set)
    entries: dict[UUID, int] = field(default_factory=dict)

    def actor(self, party: Party, name: str = cast.FIRST) -> Actor:
        """Who acts: the customer, or the person of this name, who joins when first named."""
        if party is Party.CUSTOMER:
            return actors.of_customer(self.customer)
        if party not in self.book.parties:
            raise Unplayable(f"neste rulebook não há `{party}`")
        if party is Party.PARTNER:
            raise Unplayable("diga de qual fila é o parceiro")
        if (party, name) not in self.people:
            self.people[party, name] = cast.member(name, party, self.marketplace, self.seller)
        return self.people[party, name]

    def onlooker(self, party: Party) -> Actor:
        """Who looks: somebody of the seller too where the rules give it no part, to see that it sees nothing."""
        if party is not Party.SELLER or party in self.book.parties:
            return self.actor(party)
        if (party, cast.FIRST) not in self.people:
            self.people[party, cast.FIRST] = cast.member(cast.FIRST, party, self.marketplace, self.seller)
        return self.people[party, cast.FIRST]

    def case(self, name: str = "") -> Case:
        """The case of this name as it stands now; without a name, the one the story is about."""
        wanted = name or self.current
        if not self.cases:
            raise Unplayable("ainda não há atendimento nenhum")
        if wanted not in self.cases:
            raise Unplayable(f"não há atendimento chamado `{wanted}`{nearest(wanted, self.cases)}")
        return Case.objects.select_related(
            "order__seller", "seller", "customer", "marketplace", "assignee", "seller_assignee"
        ).get(pk=self.cases[wanted])

    def asked(self, queue: str = "", name: str = "") -> tuple[str, Actor] | None:
        """The name and the partner of the last child case this queue was sent; of any queue, if none is named."""
        children = Case.objects.filter(parent=self.case(name)).exclude(queue="").select_related("partner")
        found = (children.filter(queue=queue) if queue else children).order_by("-opened_at", "-id").first()
        if found is None or found.partner is None:
            return None
        self.cases.setdefault(f"{found.queue} {found.protocol}", found.pk)
        return f"{found.queue} {found.protocol}", self.partner(found.partner)

    def partner(self, partner: Partner) -> Actor:
        """A person of this partner, who joins when first needed."""
        key = (Party.PARTNER, str(partner.pk))
        if key not in self.people:
            self.people[key] = cast.partner_member(partner)
        return self.people[key]

    def partner_of(self, queue: str) -> Actor:
        """A person of the partner that answers this queue."""
        return self.partner(Partner.objects.get(marketplace=self.marketplace, queue=queue))

    def remember(self, case: Case, name: str = "") -> None:
        """Gives a case its name; one without a name is what the story is about from now on."""
        chosen = name or (FIRST_CASE if FIRST_CASE not in self.cases else f"case {len(self.cases) + 1}")
        self.cases[chosen] = case.pk
        if not name or not self.current:
            self.current = chosen

    def name_of(self, case: Case) -> str:
        """The name steps use for a case, else its protocol."""
        return next((name for name, pk in self.cases.items() if pk == case.pk), case.protocol)


def build(scenario: Scenario) -> Stage:
    """Rulebook adopted, cast made, clock set. Raises BadRulebook, BadCast and BadMoment."""
    loaded = _rulebook(scenario)
    book = loaded.book
    at = moments.parse(scenario.now, book.clock.zone)
    marketplace = cast.marketplace(book.title, book.rulebook)
    rulebook_versions.adopt(marketplace, loaded, at=LONG_AGO)
    seller = cast.seller(marketplace, scenario.seller, book.land.documents)
    customer = cast.customer(marketplace, scenario.customer, book.land.documents)
    order = None
    if scenario.order is not None and (scenario.order or _stands_by(book)):
        order = cast.order(scenario.order, seller=seller, customer=customer, at=at)
    stage = Stage(book, marketplace, seller, customer, order, at)
    for party in (Party.SELLER, Party.MARKETPLACE):
        if party in book.parties:  # letters need somebody to be written to before anybody acts
            stage.actor(party)
    for queue in book.queues:
        owner = seller if queue.of == "seller" else None
        stage.partner(Partner.objects.create(marketplace=marketplace, queue=queue.id, seller=owner, name=queue.label))
    return stage


def _stands_by(book: Rulebook) -> bool:
    """Whether an order is there that no line of the story names: not where every case needs one of a later stage.

    There a story says which order it is about, and leaving it out tells of somebody without one (A-02).
    """
    return any(kind.order != "required" or kind.order_stage_from == "received" for kind in book.kinds.values())


def another_order(stage: Stage, says: Any) -> Order | None:
    """The order an opening names: `none`, a number seen before, or a mapping that makes a further one."""
    if says == "none":
        return None
    if isinstance(says, Mapping):
        made = cast.order(says, seller=stage.seller, customer=stage.customer, at=stage.at)
        stage.orders[made.number] = made
        return made
    known = {**stage.orders, **({stage.order.number: stage.order} if stage.order else {})}
    if str(says) not in known:
        raise Unplayable(f"não há pedido `{says}`{nearest(says, known)}")
    return known[str(says)]


def _rulebook(scenario: Scenario) -> Loaded:
    """The scenario's rulebook, under the calendar and with the further includes it asks for."""
    with languages.reading_in(scenario.language):
        loaded = reading.load(scenario.folder)
    if scenario.calendar is None and not scenario.includes:
        return loaded
    data = dict(loaded.data)
    if scenario.calendar is not None:
        data["calendar"] = dict(scenario.calendar)
    for folder in scenario.includes:
        included = reading.load(folder).data
        for part in reading.LISTS:
            if parts := [*data.get(part, ()), *included.get(part, ())]:  # what neither says stays unsaid
                data[part] = parts
    with languages.reading_in(scenario.language):
        book = Rulebook.model_validate(data)
    return replace(loaded, book=book, data=data, digest=reading.digest(data))
