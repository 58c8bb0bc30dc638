"""One value of a YAML text is changed, and nothing else of it."""

import difflib

import pytest

from tratativa.rulebook import shipped, yaml_editing
from tratativa.rulebook.terms import yaml_source
from tratativa.rulebook.yaml_editing import Uneditable

DEADLINES = """# prazos
- label: Responder ao cliente  # do contrato
  party: seller
  within: {first_of: [12 business hours, 24 hours]} # ç
  # vale para todos
  missed:
    - {count: perdida}
    # depois
- label: "Enviar"
  help: |
    uma linha
    outra
  within: 24 hours
"""


def differ(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [line for line in lines if line[0] in "+-" and line[:3] not in {"+++", "---"}]


@pytest.mark.parametrize(
    ("path", "value", "changed"),
    [
        (
            (0, "within"), "10 hours",
            ["-  within: {first_of: [12 business hours, 24 hours]} # ç", "+  within: 10 hours # ç"],
        ),
        ((1, "label"), 'Enviar "já": #1', ['-- label: "Enviar"', '+- label: "Enviar \\"já\\": #1"']),
        ((1, "help"), "uma\noutra: sim\n", ["-    uma linha", "-    outra", "+    uma", "+    outra: sim"]),
        ((1, "warn_at"), "75%", ["+  warn_at: 75%"]),
        ((0, "missed"), [{"count": "x"}], ["-  missed:", "-    - {count: perdida}", "+  missed: [{count: x}]"]),
    ],
)  # fmt: skip
def test_a_value_is_changed_and_every_other_line_stays(
    path: tuple[str | int, ...], value: object, changed: list[str]
) -> None:
    assert sorted(differ(DEADLINES, yaml_editing.put(DEADLINES, path, value))) == sorted(changed)


def test_items_are_added_and_taken_away_in_either_notation() -> None:
    one = yaml_editing.append(DEADLINES, (0, "exceptions"), {"label": "Ouro, e prata", "within": "6 hours"})
    two = yaml_editing.append(one, (0, "missed"), {"offer": "ajuda"})

    assert "+    - {offer: ajuda}" in differ(one, two)
    assert yaml_source.read(two.encode(), "").data[0]["exceptions"][0]["label"] == "Ouro, e prata"
    assert yaml_editing.drop(yaml_editing.drop(two, (0, "missed", 1)), (0, "exceptions")) == DEADLINES


def test_what_would_say_something_else_is_refused() -> None:
    for path in ((7, "label"), (0, "label", "x"), ("title",)):
        with pytest.raises(Uneditable):
            yaml_editing.put(DEADLINES, path, "x")
    with pytest.raises(Uneditable):
        yaml_editing.drop(DEADLINES, (0, "label"))  # it shares its line with the dash
    with pytest.raises(Uneditable):
        yaml_editing.put("a: &x 1\nb: *x\n", ("a",), 2)


@pytest.mark.parametrize("name", shipped.names())
def test_every_value_of_the_rulebooks_that_ship_can_be_changed_alone(name: str) -> None:
    folder = shipped.folder(name)
    assert folder is not None
    for file in (folder / "reasons.yaml", folder / "deadlines.yaml", folder / "rulebook.yaml"):
        if not file.exists():
            continue
        text = file.read_text()
        data = yaml_source.read(text.encode(), file.name).data
        paths = (
            [(key,) for key in data]
            if isinstance(data, dict)
            else [(n, key) for n, one in enumerate(data) for key in one]
        )
        for path in paths:
            assert "quimera" in yaml_editing.put(text, path, "quimera")
