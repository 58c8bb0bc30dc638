"""Ties: two cases stand beside each other, for whoever may see both and nobody else."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.cast import MONDAY, Cast, answerer, ask, make_order
from tratativa.accounts import reach
from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Customer, Seller
from tratativa.cases import events
from tratativa.cases.acting import opening
from tratativa.cases.acting.joining import tying
from tratativa.cases.acting.opening import Opening
from tratativa.cases.core import visibility
from tratativa.cases.core.refusals import NotAllowed
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case, Tie
from tratativa.cases.reading import ties
from tratativa.evidence import walking

Open = Callable[..., Case]
SAID = {events.Tied.name, events.Untied.name}


def rivals(cast: Cast) -> Case:
    """A case the same customer opened about what another seller sold."""
    order = make_order(cast.marketplace, Seller.objects.get(name="Loja Rival"), cast.buyer, "3003")
    asked = Opening(order, reason="Atraso na entrega", message=Message("E este?"))
    return opening.open_case(asked, by=cast.cliente, at=MONDAY)


def tied(case: Case, actor: Actor) -> list[str]:
    with reach.within(*actor.owners):
        return [one.protocol for one in ties.of(case, actor)]


def told(case: Case, actor: Actor) -> list[str]:
    """The names of the entries about ties the actor reads."""
    return [one.event for one in visibility.visible_entries(case, actor) if one.event in SAID]


def test_two_cases_of_one_order_stand_beside_each_other_and_both_say_so(cast: Cast, open_case: Open) -> None:
    one, other = open_case(), open_case(channel="phone", words="Liguei também")

    assert tying.tie(one, other, by=cast.ana, at=MONDAY)

    for case, beside in ((one, other), (other, one)):
        for actor in (cast.ana, cast.marta):
            assert tied(case, actor) == [beside.protocol]
            assert told(case, actor) == [events.Tied.name]
        assert tied(case, cast.cliente) == told(case, cast.cliente) == []
    assert walking.walk(marketplace_id=cast.marketplace.pk).faults == ()


def test_a_tie_is_made_once_from_either_end_and_taken_back_from_either(cast: Cast, open_case: Open) -> None:
    one, other = open_case(), open_case(words="De novo")
    tying.tie(one, other, by=cast.ana, at=MONDAY)

    assert not tying.tie(other, one, by=cast.marta, at=MONDAY)
    assert tying.untie(other, one, by=cast.marta, at=MONDAY)
    assert not tying.untie(one, other, by=cast.ana, at=MONDAY)

    assert tied(one, cast.ana) == []
    assert told(one, cast.ana) == [events.Tied.name, events.Untied.name]


def test_of_cases_of_two_sellers_neither_seller_learns(cast: Cast, open_case: Open) -> None:
    one, other = open_case(), rivals(cast)

    tying.tie(one, other, by=cast.marta, at=MONDAY)

    assert tied(one, cast.marta) == [other.protocol] and told(one, cast.marta) == [events.Tied.name]
    for case, seller in ((one, cast.ana), (other, cast.rival)):
        assert tied(case, seller) == told(case, seller) == []
        with reach.within(*seller.owners):
            assert not Tie.objects.exists()


def test_a_tie_moves_no_turn_no_clock_and_outdates_no_page(cast: Cast, open_case: Open) -> None:
    one, other = open_case(), open_case(words="De novo")
    columns = ("waiting_on", "due_at", "row_version", "last_activity_at", "closed_at")
    before = list(Case.objects.order_by("pk").values(*columns))

    tying.tie(one, other, by=cast.ana, at=MONDAY + timedelta(minutes=5))

    assert list(Case.objects.order_by("pk").values(*columns)) == before


def test_what_does_not_belong_together_is_refused_with_why(cast: Cast, open_case: Open) -> None:
    case = open_case()
    order = make_order(cast.marketplace, cast.seller, Customer.objects.get(pk=cast.vizinho.customer_id), "9009")
    strange = opening.open_case(
        Opening(order, reason="Devolução", message=Message("Quero devolver.")), by=cast.vizinho, at=MONDAY
    )
    answerer(cast.marketplace, "ka", "Nina")
    child = ask(case, "ka", cast.marta)

    for other, by, why in (
        (strange, cast.marta, "do mesmo pedido ou do mesmo cliente"),
        (child, cast.marta, "chamado filho"),
        (case, cast.marta, "o próprio atendimento"),
        (open_case(words="Outro"), cast.cliente, "Só as equipes"),
    ):
        with pytest.raises(NotAllowed, match=why):
            tying.tie(case, other, by=by, at=MONDAY)
    assert not Tie.objects.exists()


def test_the_database_keeps_a_pair_once(cast: Cast, open_case: Open) -> None:
    one, other = sorted((open_case(), open_case(words="De novo")), key=lambda case: case.pk)
    tying.tie(one, other, by=cast.ana, at=MONDAY)

    with pytest.raises(IntegrityError), transaction.atomic():
        Tie.objects.create(first=other, second=one, at=MONDAY)
