"""Every fact of the vocabulary is given by somebody: one that nobody gives makes every condition on it false."""

from datetime import timedelta

import pytest
from pytest_django import Settings

from tests import cast, retail
from tests.cast import MONDAY
from tratativa.cases.core import facts
from tratativa.cases.queues import receita
from tratativa.rulebook.terms.facts import VOCABULARY, Facts

# Facts that come from elsewhere than `cases/core/facts.py`, each with where from. None today.
ELSEWHERE: dict[str, str] = {}


@pytest.fixture
def given(db: None, settings: Settings) -> Facts:
    """What is known of a retailer's case about an order, the Receita asked, and of the child that asks a queue."""
    settings.REGISTRY = "tratativa.demo.recorded:Recorded"
    people = retail.gather()
    case = people.case()
    lookup = receita.ask(case, by=people.agent, at=MONDAY)
    receita.carry(lookup.pk, at=MONDAY + timedelta(minutes=1))
    case.refresh_from_db()
    child = cast.ask(case, "financeiro", people.agent)
    return {
        **facts.of_customer(case, MONDAY + timedelta(hours=1)),
        **facts.of_case(case, people.agent, MONDAY),
        **facts.of_case(child, people.agent, MONDAY),
    }


def test_every_fact_a_rulebook_may_ask_about_is_given(given: Facts) -> None:
    assert set(VOCABULARY) - set(given) - set(ELSEWHERE) == set(), "give it a value in cases/core/facts.py"


def test_no_fact_is_given_that_no_rulebook_may_ask_about(given: Facts) -> None:
    assert set(given) - set(VOCABULARY) == set(), "name it in rulebook/terms/facts.py"
    assert set(ELSEWHERE) <= set(VOCABULARY)
