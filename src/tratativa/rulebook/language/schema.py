"""The language as JSON Schema, so that editors complete and check a rulebook while it is written."""

from typing import Any

from tratativa.rulebook.language.rulebook import Rulebook

FILES = {
    "reasons": "reasons.yaml", "actions": "actions.yaml", "deadlines": "deadlines.yaml", "asks": "asks.yaml",
    "playbooks": "playbooks/*.yaml",
}  # fmt: skip


def schema(part: str = "") -> dict[str, Any]:
    """JSON Schema (2020-12) of `rulebook.yaml`, or of one of the list files: reasons, actions, deadlines.

    Raises KeyError for another part.
    """
    whole = Rulebook.model_json_schema()
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$defs": whole["$defs"]}
    if part:
        found = whole["properties"][part]
        # A playbook is a file of its own: its schema is one item's, not the list's.
        return {**head, **(found["items"] if part == "playbooks" else found), "title": FILES[part]}
    properties = {
        key: value for key, value in whole["properties"].items() if key not in {*FILES, "templates", "pictures"}
    }
    # A kind's id is its key; only in lists does the label give it.
    return {**whole, **head, "title": "rulebook.yaml", "properties": properties}
