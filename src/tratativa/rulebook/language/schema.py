"""The language as JSON Schema, so that editors complete and check a rulebook while it is written."""

from collections.abc import Mapping
from typing import Any

from tratativa.rulebook.language.effects import SCHEMA as EFFECT
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms import conditions, languages
from tratativa.rulebook.terms.types import WITHIN

FILES = {
    "reasons": "reasons.yaml", "actions": "actions.yaml", "deadlines": "deadlines.yaml", "asks": "asks.yaml",
    "playbooks": "playbooks/*.yaml", "groups": "groups.yaml", "case_fields": "case_fields.yaml",
}  # fmt: skip
HEAD = "https://json-schema.org/draft/2020-12/schema"
# What stands in many places is written once; each may hold those before it.
SHARED: Mapping[str, dict[str, Any]] = {
    "Text": languages.SCHEMA, "Within": WITHIN, "When": conditions.json_schema(), "Effect": EFFECT,
}  # fmt: skip


def schema(part: str = "") -> dict[str, Any]:
    """JSON Schema (2020-12) of `rulebook.yaml`, or of one of the list files: reasons, actions, deadlines.

    Only what a part speaks of is in it. Raises KeyError for another part.
    """
    whole = Rulebook.model_json_schema(by_alias=True)
    found = _shared({"properties": whole["properties"], "$defs": whole["$defs"]})
    definitions = {**found["$defs"], **{name: _inside(one) for name, one in SHARED.items()}}
    if part:
        own = found["properties"][part]
        # A playbook is a file of its own: its schema is one item's, not the list's.
        own = own["items"] if part == "playbooks" else own
        return {"$schema": HEAD, "title": FILES[part], **_used(own, definitions)}
    properties = {
        key: value for key, value in found["properties"].items() if key not in {*FILES, "templates", "pictures"}
    }
    head = {key: value for key, value in whole.items() if key not in {"$defs", "properties", "title"}}
    # A kind's id is its key; only in lists does the label give it.
    return {"$schema": HEAD, "title": "rulebook.yaml", **_used({**head, "properties": properties}, definitions)}


def _used(own: dict[str, Any], definitions: Mapping[str, Any]) -> dict[str, Any]:
    """The schema with the definitions it leads to, and no other."""
    used: dict[str, Any] = {}
    todo = _names(own)
    while todo:
        name = todo.pop()
        if name not in used:
            used[name] = definitions[name]
            todo |= _names(used[name])
    return {**own, "$defs": {name: used[name] for name in sorted(used)}}


def _names(node: Any) -> set[str]:
    if isinstance(node, dict):
        own = {node["$ref"].removeprefix("#/$defs/")} if isinstance(node.get("$ref"), str) else set()
        return own.union(*map(_names, node.values()))
    return set().union(*map(_names, node)) if isinstance(node, list) else set()


def _shared(node: Any) -> Any:
    """The schema, everything that stands in `SHARED` led to instead of repeated."""
    if isinstance(node, list):
        return [_shared(one) for one in node]
    if not isinstance(node, dict):
        return node
    for name, one in SHARED.items():
        if all(node.get(key) == value for key, value in one.items()):
            return {"$ref": f"#/$defs/{name}", **{key: node[key] for key in node if key not in one and key != "title"}}
    return _inside(node)


def _inside(node: Mapping[str, Any]) -> dict[str, Any]:
    # A title that pydantic made of a key says what the key says.
    return {key: _shared(value) for key, value in node.items() if key != "title" or not isinstance(value, str)}
