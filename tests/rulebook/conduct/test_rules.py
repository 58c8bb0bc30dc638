"""Conduct in the rulebook: what its rules may say, what the linter finds in them, and whom they bind."""

import pytest

from tests.rulebook.test_reading import folder, problems, spoil
from tratativa.rulebook import reading, shipped
from tratativa.rulebook.conduct import findings, rules
from tratativa.rulebook.language import schema
from tratativa.rulebook.lint import linting
from tratativa.rulebook.terms.parties import Party

__all__ = ["folder"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("finds: [charge]", "finds: [charges]", "você quis dizer `charge`?"),
        ("severity: block", "severity: blok", "você quis dizer `block`?"),
        ("finds: [charge]", "finds: []", "finds"),
        ("id: cobranca", "ids: cobranca", "esta chave não existe aqui"),
    ],
)
def test_an_unknown_word_is_found_with_its_line_and_the_nearest_spelling(folder, old, new, words) -> None:
    spoil(folder, "rulebook.yaml", old, new)

    found = problems(folder)

    assert any(words in problem.text for problem in found), [str(problem) for problem in found]
    assert all(problem.file == "americanas/rulebook.yaml" and problem.line > 1 for problem in found)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("id: contato-externo", "id: cobranca", "já foi usado em conduct"),
        ("tracking_hosts", "tracking_host", "não é `tracking_hosts` nem um domínio"),
        ("email, link, elsewhere]", "email, elsewhere]", "não procura `link`"),
    ],
)
def test_a_rule_that_does_not_work_is_found_by_the_linter(folder, old, new, words) -> None:
    spoil(folder, "rulebook.yaml", old, new)

    (problem,) = linting.lint(reading.load(folder))

    assert words in problem.text
    assert problem.file == "americanas/rulebook.yaml"


def test_the_schema_offers_exactly_the_kinds_that_can_be_found() -> None:
    offered = schema.schema()["$defs"]["ConductRule"]["properties"]["finds"]["items"]["enum"]

    assert tuple(offered) == findings.KINDS


@pytest.mark.parametrize(
    ("name", "phones"),
    [("americanas", "contato-externo"), ("casas-bahia", "contato-externo"), ("madeiramadeira", "telefone-e-whatsapp")],
)
def test_shipped_rulebooks_forbid_the_seller_to_charge_and_let_its_own_site_and_the_carriers_pass(
    name: str, phones: str
) -> None:
    book = reading.load(shipped.FOLDER / name).book

    def broken(words: str, party: Party = Party.SELLER) -> list[str]:
        return [rule.id for rule in rules.broken(book.conduct, party, words)]

    assert broken("Faça um Pix e ligue para (11) 98765-4321.") == ["cobranca", phones]
    assert broken("Faça um Pix e ligue para (11) 98765-4321.", Party.MARKETPLACE) == []
    assert broken(f"Veja https://www.{name.replace('-', '')}.com.br/ajuda e https://www.jadlog.com.br/x") == []
