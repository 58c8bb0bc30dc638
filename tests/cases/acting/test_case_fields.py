"""A case's own fields: filled in by the teams the rulebook names, read by those it says, asked for before an action."""

from typing import Any

import pytest

from tests.cast import MONDAY, Cast, gather, opener, rewrite
from tratativa.accounts.actors import Actor
from tratativa.cases import events
from tratativa.cases.acting import actions
from tratativa.cases.acting.fields import filling
from tratativa.cases.core import visibility
from tratativa.cases.core.refusals import Invalid, NotAllowed, Outdated
from tratativa.cases.models import Case, FieldValue
from tratativa.cases.reading import case_fields
from tratativa.evidence import walking

FIELDS: list[dict[str, Any]] = [
    {"label": "Causa", "type": "choice", "choices": {"t": "Transporte", "e": "Estoque"},
     "filled_by": ["seller", "marketplace"]},
    {"label": "Custo", "type": "money", "filled_by": ["marketplace"]},
    {"label": "Lote", "filled_by": ["seller"], "read_by": ["seller"]},
    {"label": "Só da devolução", "filled_by": ["seller"], "reasons": ["Devolução"]},
]  # fmt: skip


def own_fields(data: dict[str, Any]) -> None:
    """The rulebook with these fields; closing wants the cause."""
    data["case_fields"] = FIELDS
    for action in data["actions"]:
        if action.get("place") == "close":
            unless = {"when": {"history.filled": {"not": "causa"}}, "why": "Diga antes a causa."}
            action["unless"] = [*action.get("unless", []), unless]


@pytest.fixture
def cast(db: None) -> Cast:
    found = gather()
    rewrite(found.marketplace, own_fields, at=MONDAY)
    return found


@pytest.fixture
def case(cast: Cast) -> Case:
    return opener(cast)()


def held(case: Case, actor: Actor) -> dict[str, Any]:
    return {one.field.label: one.value for one in case_fields.of(case, actor)}


def fill(case: Case, name: str, raw: Any, by: Actor, seen: int | None = None) -> bool:
    return filling.fill(case, name, raw, seen=seen, by=by, at=MONDAY)


def test_each_side_reads_the_fields_the_rules_give_it_and_the_customer_none(cast: Cast, case: Case) -> None:
    fill(case, "Causa", "Transporte", cast.ana)
    fill(case, "Custo", "12,50", cast.marta)
    fill(case, "Lote", "L-7", cast.ana)

    assert held(case, cast.ana) == {"Causa": "t", "Lote": "L-7"}
    assert held(case, cast.marta) == {"Causa": "t", "Custo": 1250}
    assert held(case, cast.cliente) == {}
    told = {
        actor.name: {entry.said for entry in visibility.visible_entries(case, actor).select_related("words")
                     if entry.event == events.FieldFilled.name}
        for actor in (cast.ana, cast.marta, cast.cliente)
    }  # fmt: skip
    assert list(told.values()) == [{"Transporte", "L-7"}, {"Transporte", "R$ 12,50"}, set()]
    assert walking.walk(marketplace_id=cast.marketplace.pk).faults == ()


def test_what_is_not_one_s_to_fill_in_or_cannot_be_read_is_refused(cast: Cast, case: Case) -> None:
    for name, by in (("Custo", cast.ana), ("Lote", cast.marta), ("Causa", cast.cliente), ("Só da devolução", cast.ana),
                     ("Nada", cast.ana)):  # fmt: skip
        with pytest.raises(NotAllowed, match="não é seu"):
            fill(case, name, "x", by)
    with pytest.raises(Invalid):
        fill(case, "Custo", "muito", cast.marta)
    with pytest.raises(Invalid):
        fill(case, "Causa", "Chuva", cast.ana)
    assert not FieldValue.objects.exists()


def test_of_two_who_change_one_field_the_second_is_told(cast: Cast, case: Case) -> None:
    fill(case, "Causa", "Transporte", cast.ana, seen=0)

    with pytest.raises(Outdated):
        fill(case, "Causa", "Estoque", cast.marta, seen=0)
    assert fill(case, "Causa", "Estoque", cast.marta, seen=1)
    assert held(case, cast.ana)["Causa"] == "e"


def test_the_same_value_again_says_nothing_and_an_emptied_field_holds_nothing(cast: Cast, case: Case) -> None:
    assert fill(case, "Causa", "Transporte", cast.ana)
    assert not fill(case, "Causa", "t", cast.marta)
    assert fill(case, "Causa", "", cast.ana)

    case.refresh_from_db()
    assert case.filled == [] and held(case, cast.ana)["Causa"] is None
    said = [entry.data["empty"] for entry in case.entries.filter(event=events.FieldFilled.name).order_by("number")]
    assert said == [False, True]


def test_an_action_that_wants_a_field_says_so_and_goes_once_it_is_filled_in(cast: Cast, case: Case) -> None:
    with pytest.raises(NotAllowed, match="Diga antes a causa"):
        actions.perform(case, "Encerrar atendimento", by=cast.marta, at=MONDAY)

    fill(case, "Causa", "Transporte", cast.ana)
    actions.perform(Case.objects.get(), "Encerrar atendimento", by=cast.marta, at=MONDAY)

    assert not Case.objects.get().is_open


def test_filling_in_moves_no_turn_no_clock_and_outdates_no_page(cast: Cast, case: Case) -> None:
    columns = ("waiting_on", "due_at", "row_version", "last_activity_at")
    before = Case.objects.values(*columns).get()

    fill(case, "Causa", "Transporte", cast.ana)

    assert Case.objects.values(*columns).get() == before
