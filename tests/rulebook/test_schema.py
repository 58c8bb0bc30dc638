"""The JSON Schema describes the language: every key is there and every reference resolves."""

import json

import pytest

from tratativa.rulebook.language import schema
from tratativa.rulebook.language.arguments import ARGUMENTS
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.facts import VOCABULARY
from tratativa.scenarios import script_schema, scripts


def references(node) -> set[str]:
    if isinstance(node, dict):
        own = {node["$ref"]} if isinstance(node.get("$ref"), str) else set()
        return own.union(*(references(value) for value in node.values()))
    return set().union(*(references(value) for value in node)) if isinstance(node, list) else set()


@pytest.mark.parametrize("part", ["", *schema.FILES])
def test_every_reference_resolves(part) -> None:
    found = schema.schema(part)

    assert found["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert {name.removeprefix("#/$defs/") for name in references(found)} <= set(found["$defs"])
    assert json.loads(json.dumps(found)) == found


def test_rulebook_yaml_has_every_key_but_the_lists() -> None:
    keys = set(schema.schema()["properties"])

    assert keys == set(Rulebook.model_fields) - {*schema.FILES, "templates", "pictures"}
    assert schema.schema()["additionalProperties"] is False


@pytest.mark.parametrize("part", sorted(set(schema.FILES) - {"playbooks"}))
def test_a_list_file_is_a_list(part) -> None:
    assert schema.schema(part)["type"] == "array"


def test_a_procedures_file_is_one_procedure() -> None:
    assert schema.schema("playbooks")["$ref"] == "#/$defs/Playbook"


def test_every_effect_is_offered_with_its_argument() -> None:
    actions = schema.schema("actions")["$defs"]
    (_names, mapping) = actions["Effect"]["anyOf"]

    assert actions["Action"]["properties"]["do"]["items"] == {"$ref": "#/$defs/Effect"}

    assert set(mapping["properties"]) == {*ARGUMENTS, "when"}


def test_a_condition_offers_every_fact_with_its_values() -> None:
    actions = schema.schema("actions")["$defs"]
    when = actions["When"]

    assert actions["Action"]["properties"]["when"]["$ref"] == "#/$defs/When"
    assert set(when["properties"]) == {*VOCABULARY, "any"}
    assert when["properties"]["order.stage"]["anyOf"][0]["enum"] == list(VOCABULARY["order.stage"].values)


def test_another_part_does_not_exist() -> None:
    with pytest.raises(KeyError):
        schema.schema("scenarios")


@pytest.mark.parametrize("part", ["", *schema.FILES])
def test_an_editor_need_not_read_a_megabyte(part: str) -> None:
    assert len(json.dumps(schema.schema(part), indent=2)) < 150_000


def test_stories_have_every_head_move_verb_and_expectation() -> None:
    found = script_schema.schema()

    assert json.loads(json.dumps(found)) == found
    assert {name.removeprefix("#/$defs/") for name in references(found)} == set(found["$defs"])
    assert set(found["$defs"]["Story"]["properties"]) == set(scripts.HEAD)
    assert set(scripts.MOVES) <= set(found["$defs"]["Step"]["properties"])
    assert {"open", "reply", "do", "by", "with"} <= set(found["$defs"]["Doing"]["properties"])
    assert {"status", "refunds", "step", "customer"} <= set(found["$defs"]["Expect"]["properties"])
