"""What a form was filled in with as a fact: named by label or id, typed by its field, asked only where it is known."""

from pathlib import Path

import pytest
import yaml

from tratativa.rulebook import reading
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.lint import linting
from tratativa.rulebook.reading import BadRulebook

FOLDER = Path(__file__).parents[2] / "examples" / "mercado-aberto"
OFFER = "Oferecer reembolso parcial"


def data() -> dict:  # type: ignore[type-arg]
    return reading.load(FOLDER).data


def with_when(when: dict[str, object]) -> dict:  # type: ignore[type-arg]
    changed = data()
    changed["actions"] = [{**one, "when": when} if one["label"] == "Encerrar" else one for one in changed["actions"]]
    return changed


@pytest.mark.parametrize(
    ("when", "facts", "holds"),
    [
        ({"answer.reembolso-parcial": "Aceito"}, {"answer.reembolso-parcial.resposta": "sim"}, True),
        ({"answer.Reembolso parcial.Resposta": "nao"}, {"answer.reembolso-parcial.resposta": "sim"}, False),
        ({f"action.{OFFER}.Valor": {"gt": "39.99"}}, {"action.oferecer-reembolso-parcial.valor": 4000}, True),
        ({f"action.{OFFER}.valor": {"lt": "40.00"}}, {"action.oferecer-reembolso-parcial.valor": 4000}, False),
        ({"answer.reembolso-parcial": "Aceito"}, {}, False),
    ],
)
def test_a_condition_asks_what_a_form_was_filled_in_with(
    when: dict[str, object], facts: dict[str, object], holds: bool
) -> None:
    book = Rulebook.model_validate(with_when(when))
    action = book.action("Encerrar")
    assert action is not None

    assert action.when.holds(facts) is holds  # type: ignore[arg-type]
    assert book.form_facts


@pytest.mark.parametrize(
    ("when", "told"),
    [
        (
            {"answer.reembolso": "Aceito"},
            "você quis dizer `answer.reembolso-parcial`?",
        ),
        ({"answer.reembolso-parcial": "Talvez"}, "nunca vale `Talvez`"),
        ({f"action.{OFFER}.Valor": {"gt": "muito"}}, "é um valor como 50.00"),
        ({"answer.reembolso-parcial": {"gt": 3}}, "não é um número"),
    ],
)
def test_what_no_form_knows_is_told(tmp_path: Path, when: dict[str, object], told: str) -> None:
    with pytest.raises(BadRulebook) as bad:
        reading.load(_written(tmp_path, with_when(when)))

    assert told in str(bad.value)


@pytest.mark.parametrize(
    ("then", "told"),
    [
        ({"Talvez": [{"close": "x"}]}, "não tem a resposta `Talvez` de `then`"),
        ({"sim": [{"refund": {"field": "quantia"}}]}, "lê o campo `quantia`"),
        ({"sim": [{"tell": {"customer": "nada"}}]}, "falta o texto templates/nada.md"),
        ({"sim": [{"close": "x", "when": {"field.reembolso": "full"}}]}, "que aqui ninguém preenche"),
    ],
)
def test_what_follows_an_answer_is_checked(tmp_path: Path, then: dict[str, object], told: str) -> None:
    changed = data()
    offer = next(one for one in changed["actions"] if one["label"] == OFFER)
    offer["do"] = [{"ask": {**one["ask"], "then": then}} if "ask" in one else one for one in offer["do"]]

    found = linting.lint(reading.load(_written(tmp_path, changed)))

    assert any(told in one.text for one in found), found


def test_what_is_filled_in_just_now_is_asked_by_effects_alone(tmp_path: Path) -> None:
    found = linting.lint(reading.load(_written(tmp_path, with_when({"field.valor": "40.00"}))))

    assert any("só se pergunta no `when` de um efeito" in one.text for one in found)


def _written(folder: Path, changed: dict) -> Path:  # type: ignore[type-arg]
    made = folder / "mercado"
    (made / "templates").mkdir(parents=True)
    for part in ("reasons", "actions", "deadlines", "asks"):
        own = [one for one in changed[part] if isinstance(one["label"], str)]
        (made / f"{part}.yaml").write_text(_yaml(own))
    for name, text in changed["templates"].items():
        (made / "templates" / f"{name}.md").write_text(text)
    lists = {*reading.LISTS, "templates", "playbooks", "pictures"}
    (made / "rulebook.yaml").write_text(_yaml({key: value for key, value in changed.items() if key not in lists}))
    return made


class _NoAliases(yaml.SafeDumper):
    def ignore_aliases(self, data: object) -> bool:
        return True


def _yaml(value: object) -> str:
    return yaml.dump(value, Dumper=_NoAliases, allow_unicode=True, sort_keys=False)
