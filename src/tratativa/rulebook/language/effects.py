"""The closed set of effects: what an action or a missed deadline may do, each with its typed argument.

The engine only reads and checks them here; `tratativa.cases.core.effects` holds one function per name.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import (
    PlainSerializer,
    PlainValidator,
    ValidationError,
    WithJsonSchema,
)

from tratativa.rulebook.language.arguments import ARGUMENTS, Argument, base
from tratativa.rulebook.terms import conditions, error_messages, languages
from tratativa.rulebook.terms.conditions import ALWAYS, BadCondition, Condition

# What nobody can take back once it has happened: whoever causes it is asked once whether they mean it.
FOR_GOOD = frozenset({"block_registration", "cancel_order", "refund", "issue_voucher", "close", "rule"})


class BadEffect(ValueError):
    """An effect that does not exist, or an argument it does not take."""


@dataclass(frozen=True)
class Effect:
    """One effect as a rulebook names it, its argument checked; it acts only where `when` holds."""

    name: str
    argument: Argument
    when: Condition = ALWAYS

    def source(self) -> dict[str, Any]:
        """The effect as YAML would hold it."""
        return to_source(self)


def parse(value: Any) -> Effect:
    """`{close: …}`, `{close: …, when: {…}}` or a bare `reopen` as an Effect. Raises BadEffect."""
    if isinstance(value, Effect):
        return value
    if isinstance(value, str):
        value = {value: {}}
    named = {key: given for key, given in value.items() if key != "when"} if isinstance(value, Mapping) else {}
    if len(named) != 1:
        raise BadEffect("um efeito é um nome com seu argumento, como `close: Encerrado`")
    name, given = next(iter(named.items()))
    kind = ARGUMENTS.get(str(name))
    if kind is None:
        raise BadEffect(f"não existe o efeito `{name}`; existem: {', '.join(sorted(ARGUMENTS))}")
    return Effect(str(name), _argument(kind, str(name), given), _when(str(name), value))


def _when(name: str, value: Mapping[str, Any]) -> Condition:
    try:
        return conditions.parse(value.get("when") or {})
    except BadCondition as bad:
        raise BadEffect(f"no `when` do efeito `{name}`: {bad}") from None


def _argument(kind: type[Argument], name: str, given: Any) -> Argument:
    if not isinstance(given, Mapping) or languages.are(given, but=kind.model_fields):
        first = next(iter(kind.model_fields), None)
        given = {first: given} if first and given is not None else {}
    try:
        return kind.model_validate(given)
    except ValidationError as bad:
        # A misspelt key is also a missing one; the misspelling is the better news.
        error = max(bad.errors(), key=lambda one: one["type"] == "extra_forbidden")
        where = ".".join(str(part) for part in error["loc"])
        known = ", ".join(kind.model_fields) or "nada"
        raise BadEffect(
            f"o efeito `{name}` leva {known}; `{where}`: {error_messages.sentence(error, tuple(kind.model_fields))}"
        ) from None


def within(done: Iterable[Effect]) -> Iterator[Effect]:
    """These effects, and those that follow the answers some of them ask for."""
    for effect in done:
        yield effect
        for then in getattr(effect.argument, "then", {}).values():
            yield from within(then)


base.reads_effects(parse)


def to_source(effect: Effect) -> dict[str, Any]:
    """The effect as YAML would hold it."""
    said: dict[str, Any] = {effect.name: effect.argument.model_dump(mode="json", exclude_defaults=True)}
    return said if effect.when == ALWAYS else {**said, "when": conditions.to_source(effect.when)}


def _inlined(kind: type[Argument]) -> dict[str, Any]:
    """The argument's JSON Schema with its definitions in place: it is embedded in one that has its own."""
    whole = kind.model_json_schema()
    definitions = whole.pop("$defs", {})

    def place(node: Any) -> Any:
        if isinstance(node, dict):
            name = str(node.get("$ref", "")).removeprefix("#/$defs/")
            return place(definitions[name]) if name in definitions else {key: place(one) for key, one in node.items()}
        return [place(one) for one in node] if isinstance(node, list) else node

    inlined: dict[str, Any] = place(whole)
    return inlined


def _spoken(kind: type[Argument]) -> list[dict[str, Any]]:
    """The texts by language that stand for the argument, where a text alone would."""
    first: dict[str, Any] = next(iter(kind.model_json_schema().get("properties", {}).values()), {})
    texts = {"type": "object", "minProperties": 1, "additionalProperties": False}
    by_code = {"patternProperties": {"^[a-z]{2,3}(-[A-Za-z]+)*$": {"type": "string"}}}
    return [{**texts, **by_code}] if first.get("anyOf") == languages.SCHEMA["anyOf"] else []


SCHEMA: dict[str, Any] = {
    "anyOf": [
        {"enum": sorted(ARGUMENTS)},
        {
            "type": "object",
            "minProperties": 1,
            "maxProperties": 2,
            "additionalProperties": False,
            "properties": {
                name: {"anyOf": [_inlined(kind), {"type": ["string", "null"]}, *_spoken(kind)]}
                for name, kind in sorted(ARGUMENTS.items())
            }
            | {"when": conditions.json_schema()},
        },
    ]
}
EffectField = Annotated[Effect, PlainValidator(parse), PlainSerializer(to_source), WithJsonSchema(SCHEMA)]
