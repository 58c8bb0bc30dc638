"""Conditions: a `when:` mapping read once, asked many times."""

import difflib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tratativa.rulebook.terms import form_facts, money, naming
from tratativa.rulebook.terms.facts import VOCABULARY, Fact, Facts, Value

_OPERATORS = ("not", "before", "after", "lt", "gt")


class BadCondition(ValueError):
    """A `when:` that cannot be understood; the message says what to write instead."""


@dataclass(frozen=True)
class Test:
    """One fact against one operator: `is`, `not`, `before`, `after`, `lt` or `gt`."""

    fact: str
    operator: str
    values: tuple[Value, ...]

    def holds(self, facts: Facts) -> bool:
        """Whether these facts pass. A fact that is not known passes no test, not even `not`."""
        known = facts.get(self.fact)
        if known is None:
            return False
        # What a form was filled in with is no fact of the vocabulary: its values have no order.
        return _OPERATE[self.operator](VOCABULARY.get(self.fact, _OF_A_FORM), known, self.values)


@dataclass(frozen=True)
class Condition:
    """All tests must hold, and of each `any` group at least one condition."""

    tests: tuple[Test, ...] = ()
    groups: tuple[tuple["Condition", ...], ...] = ()

    def holds(self, facts: Facts) -> bool:
        """Whether the condition holds for these facts; an empty condition always does."""
        return all(test.holds(facts) for test in self.tests) and all(
            any(one.holds(facts) for one in group) for group in self.groups
        )

    def walk(self) -> Iterator[Test]:
        """Every test, nested ones included: what a linter resolves names in."""
        yield from self.tests
        for group in self.groups:
            for one in group:
                yield from one.walk()


ALWAYS = Condition()
_OF_A_FORM = Fact("", "text", "")


def parse(value: Any) -> Condition:
    """The YAML mapping as a Condition. Raises BadCondition with the nearest valid spelling."""
    if isinstance(value, Condition):
        return value
    if not isinstance(value, Mapping):
        raise BadCondition("uma condição é um mapa de fatos, como {case.status: open}")
    tests: list[Test] = []
    groups: list[tuple[Condition, ...]] = []
    for name, wanted in value.items():
        if name == "any":
            if not isinstance(wanted, list) or not wanted:
                raise BadCondition("`any` leva uma lista de condições")
            groups.append(tuple(parse(one) for one in wanted))
        else:
            tests.extend(_tests(name, wanted))
    return Condition(tuple(tests), tuple(groups))


def to_source(condition: Condition) -> dict[str, Any]:
    """The condition as YAML would hold it."""
    said: dict[str, Any] = {}
    for test in condition.tests:
        value: Any = test.values[0] if len(test.values) == 1 else list(test.values)
        if test.operator == "is":
            said[test.fact] = value
        else:
            said[test.fact] = {**said.get(test.fact, {}), test.operator: value}
    for group in condition.groups:
        said["any"] = [to_source(one) for one in group]
    return said


def json_schema() -> dict[str, Any]:
    """What an editor may offer in a `when:`: every fact, with its meaning and its values."""
    facts = {fact.name: _fact_schema(fact) for fact in VOCABULARY.values()}
    groups = {"type": "array", "minItems": 1, "items": {"type": "object"}}
    return {
        "type": "object",
        "description": "fatos e valores; todos precisam valer",
        "additionalProperties": False,
        "patternProperties": {rf"^{family}\.": {} for family in form_facts.FAMILIES},
        "properties": {**facts, "any": {**groups, "description": "ao menos uma destas condições precisa valer"}},
    }


def _fact_schema(fact: Fact) -> dict[str, Any]:
    types = {"flag": "boolean", "number": "integer", "choice": "string", "text": "string"}
    one: dict[str, Any] = {"type": types[fact.type], **({"enum": list(fact.values)} if fact.values else {})}
    many = {"anyOf": [one, {"type": "array", "minItems": 1, "items": one}]}
    operators = {"type": "object", "propertyNames": {"enum": list(_OPERATORS)}, "additionalProperties": many}
    return {"description": fact.meaning, "anyOf": [*many["anyOf"], operators]}


def _tests(name: Any, wanted: Any) -> Iterator[Test]:
    fact = VOCABULARY.get(str(name)) or form_facts.find(str(name))
    if fact is None:
        family = str(name).partition(".")[0]
        known = form_facts.names(family) if family in form_facts.FAMILIES else VOCABULARY
        near = difflib.get_close_matches(str(name), known, 1)
        hint = f"; você quis dizer `{near[0]}`?" if near else ""
        raise BadCondition(f"não existe o fato `{name}`{hint}")
    if not isinstance(wanted, Mapping):
        yield Test(fact.name, "is", _values(fact, wanted))
        return
    for operator, operand in wanted.items():
        if operator not in _OPERATORS:
            raise BadCondition(f"`{name}` não conhece `{operator}`; use {', '.join(_OPERATORS)}")
        _check_operator(fact, operator)
        yield Test(fact.name, operator, _values(fact, operand))


def _check_operator(fact: Fact, operator: str) -> None:
    if operator in {"before", "after"} and not fact.ordered:
        raise BadCondition(f"`{fact.name}` não tem ordem: `{operator}` não se aplica")
    if operator in {"lt", "gt"} and fact.type not in {"number", "money"}:
        raise BadCondition(f"`{fact.name}` não é um número: `{operator}` não se aplica")


def _values(fact: Fact, wanted: Any) -> tuple[Value, ...]:
    items = wanted if isinstance(wanted, list) else [wanted]
    if not items:
        raise BadCondition(f"`{fact.name}` está com uma lista vazia")
    return tuple(_value(fact, item) for item in items)


def _value(fact: Fact, item: Any) -> Value:
    if fact.type == "flag":
        if not isinstance(item, bool):
            raise BadCondition(f"`{fact.name}` é true ou false, não `{item}`")
        return item
    if fact.type == "money":
        return _cents(fact, item)
    if fact.type == "number":
        if not isinstance(item, int) or isinstance(item, bool):
            raise BadCondition(f"`{fact.name}` é um número inteiro, não `{item}`")
        return item
    if not isinstance(item, str):
        raise BadCondition(f"`{fact.name}` é um texto, não `{item}`")
    said = item if fact.name in VOCABULARY else form_facts.key(fact, item)
    if fact.names:
        return naming.resolve(fact.names, said)
    if fact.values and said not in fact.values:
        near = difflib.get_close_matches(said, fact.values, 1) or fact.values
        raise BadCondition(f"`{fact.name}` nunca vale `{said}`; valores: {', '.join(near)}")
    return said


def _cents(fact: Fact, item: Any) -> int:
    try:
        return money.parse(item)
    except ValueError:
        raise BadCondition(f"`{fact.name}` é um valor como 50.00, não `{item}`") from None


def _is(fact: Fact, known: Value, values: tuple[Value, ...]) -> bool:
    if isinstance(known, frozenset):
        return any(value in known for value in values)
    return known in values


def _order(fact: Fact, known: Value) -> int:
    return fact.values.index(str(known))


_OPERATE: Mapping[str, Callable[[Fact, Value, tuple[Value, ...]], bool]] = {
    "is": _is,
    "not": lambda fact, known, values: not _is(fact, known, values),
    "before": lambda fact, known, values: _order(fact, known) < _order(fact, values[0]),
    "after": lambda fact, known, values: _order(fact, known) > _order(fact, values[0]),
    "lt": lambda _fact, known, values: int(known) < int(values[0]),  # type: ignore[arg-type]
    "gt": lambda _fact, known, values: int(known) > int(values[0]),  # type: ignore[arg-type]
}
