"""Conditions: a `when:` read once and asked of facts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tratativa.rulebook.terms import conditions
from tratativa.rulebook.terms.conditions import BadCondition

FACTS = {
    "case.status": "open",
    "case.reason": "cancelamento",
    "case.critical": False,
    "order.stage": "shipped",
    "order.total_cents": 19990,
    "history.offered": frozenset({"falar-com-a-americanas"}),
}


def holds(when) -> bool:
    return conditions.parse(when).holds(FACTS)


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ({}, True),
        ({"case.status": "open"}, True),
        ({"case.status": "closed"}, False),
        ({"case.status": ["closed", "open"]}, True),
        ({"case.status": {"not": "closed"}}, True),
        ({"case.status": {"not": ["open", "closed"]}}, False),
        ({"case.reason": "Cancelamento"}, True),
        ({"case.critical": False}, True),
        ({"case.critical": True}, False),
        ({"order.stage": {"before": "delivered"}}, True),
        ({"order.stage": {"before": "shipped"}}, False),
        ({"order.stage": {"after": "paid"}}, True),
        ({"order.stage": {"after": "paid", "before": "delivered"}}, True),
        ({"order.total_cents": {"gt": 10000}}, True),
        ({"order.total_cents": {"lt": 19990}}, False),
        ({"history.offered": "Falar com a Americanas"}, True),
        ({"history.offered": {"not": "Falar com a Americanas"}}, False),
        ({"case.status": "open", "case.critical": True}, False),
        ({"any": [{"case.critical": True}, {"case.status": "open"}]}, True),
        ({"any": [{"case.critical": True}, {"case.status": "closed"}]}, False),
        ({"case.status": "closed", "any": [{"case.status": "open"}]}, False),
    ],
)
def test_a_condition_asks_the_facts(when, expected) -> None:
    assert holds(when) is expected


@pytest.mark.parametrize(
    "when", [{"case.channel": "page"}, {"case.channel": {"not": "phone"}}, {"seller.suspended": False}]
)
def test_what_is_not_known_passes_no_test(when) -> None:
    assert not holds(when)


@pytest.mark.parametrize(
    ("when", "words"),
    [
        ({"case.stauts": "open"}, "você quis dizer `case.status`?"),
        ({"case.status": "opened"}, "open"),
        ({"case.status": {"like": "op"}}, "não conhece `like`"),
        ({"case.status": {"before": "closed"}}, "não tem ordem"),
        ({"case.status": {"gt": 1}}, "não é um número"),
        ({"case.status": []}, "lista vazia"),
        ({"case.status": True}, "é um texto"),
        ({"case.critical": "yes"}, "true ou false"),
        ({"order.total_cents": "muito"}, "número inteiro"),
        ({"order.total_cents": 1.5}, "número inteiro"),
        ({"any": {}}, "lista de condições"),
        ({"any": []}, "lista de condições"),
        ({"any": ["case.status"]}, "mapa de fatos"),
        ("case.status == open", "mapa de fatos"),
        (None, "mapa de fatos"),
    ],
)
def test_a_condition_nobody_can_ask_is_refused_with_a_remedy(when, words) -> None:
    with pytest.raises(BadCondition, match=words.replace("?", r"\?")):
        conditions.parse(when)


tests = st.sampled_from(
    [
        {"case.status": "open"}, {"case.status": {"not": "open"}}, {"case.critical": True},
        {"order.stage": {"before": "delivered"}}, {"order.total_cents": {"gt": 5, "lt": 9}},
        {"case.status": ["open", "closed"]}, {"history.offered": "Falar com a Americanas"},
    ]
)  # fmt: skip


@given(first=tests, group=st.lists(tests, min_size=1, max_size=3))
def test_a_condition_is_written_as_it_was_read(first, group) -> None:
    condition = conditions.parse({**first, "any": group})

    assert conditions.parse(conditions.to_source(condition)) == condition


def test_a_linter_sees_every_nested_test() -> None:
    condition = conditions.parse({"case.status": "open", "any": [{"any": [{"case.critical": True}]}]})

    assert [test.fact for test in condition.walk()] == ["case.status", "case.critical"]
