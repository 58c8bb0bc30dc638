"""The stories as JSON Schema, so that editors complete and check `scenarios/*.yaml` while they are written."""

from typing import Any

from tratativa.scenarios import cast, scripts
from tratativa.scenarios.expecting import expecting, viewing
from tratativa.scenarios.steps import steps

HEAD = "https://json-schema.org/draft/2020-12/schema"
_WORDS = {"type": "string"}
_SEEN = {"type": ["string", "number"]}
_MOMENT = {"type": "string", "examples": ["2026-11-23 09:00", "2026-11-23"]}


def schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a file of stories: one, or a list of them. Verbs and expectations are the runner's own.

    A step may also be a queue's, by its id: which queues there are only the rulebook says.
    """
    return {
        "$schema": HEAD,
        "title": "scenarios/*.yaml",
        "anyOf": [{"$ref": "#/$defs/Story"}, {"type": "array", "items": {"$ref": "#/$defs/Story"}}],
        "$defs": {
            "Story": _story(), "Step": _step(), "Doing": _doing(), "Expect": _expect(), "Order": _order(),
            "View": _closed({name: {"type": "array", "items": _SEEN} for name in viewing.VIEWS}),
        },
    }  # fmt: skip


def _story() -> dict[str, Any]:
    told: dict[str, Any] = {
        "scenario": {**_WORDS, "description": "o que se conta"},
        "rows": {"type": "array", "items": _WORDS},
        "language": {**_WORDS, "description": "em que língua se lê e se escreve"},
        "now": {**_MOMENT, "description": "a hora em que começa"},
        "order": {"anyOf": [{"$ref": "#/$defs/Order"}, {"enum": ["none", None]}]},
        "customer": {"type": "object"},
        "seller": {"type": "object"},
        "calendar": {"type": "object"},
        "includes": {"type": "array", "items": _WORDS},
        "steps": {"type": "array", "items": {"$ref": "#/$defs/Step"}},
    }
    return {**_closed({key: told.get(key, _WORDS) for key in scripts.HEAD}), "required": ["scenario", "steps"]}


def _step() -> dict[str, Any]:
    moves: dict[str, Any] = {name: {"$ref": "#/$defs/Doing"} for name in (*scripts.PARTIES, "partner")}
    moves |= {
        "at": _MOMENT,
        "after": {**_WORDS, "examples": ["25 hours"]},
        "order": {"$ref": "#/$defs/Order"},
        "expect": {"$ref": "#/$defs/Expect"},
    }
    beside = {"refused": {"type": ["string", "boolean"], "description": "palavras da recusa"}, "case": _WORDS}
    return {
        "type": "object",
        "properties": {**{move: moves.get(move, {"type": "object"}) for move in scripts.MOVES}, **beside},
        "additionalProperties": {"$ref": "#/$defs/Doing"},
    }


def _doing() -> dict[str, Any]:
    """One verb, and what may stand beside it."""
    return _closed({name: {} for name in (*steps.VERBS, *steps.BESIDE)})


def _expect() -> dict[str, Any]:
    views = {name: {"$ref": "#/$defs/View"} for name in scripts.PARTIES}
    queues = {"additionalProperties": {"$ref": "#/$defs/View"}}
    return {"type": "object", "properties": {**{name: {} for name in expecting.CHECKS}, **views}, **queues}


def _order() -> dict[str, Any]:
    line = _closed({key: {"type": ["string", "number"]} for key in cast.LINE_KEYS})
    plain = {key: {"type": ["string", "number", "boolean", "null"]} for key in cast.ORDER_KEYS}
    return _closed({**plain, "lines": {"type": "array", "items": line}})


def _closed(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "properties": properties}
