"""Conduct in the rulebook: what its rules may say, what the linter finds in them, and whom they bind."""

from pathlib import Path

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


@pytest.mark.parametrize(
    ("called", "words"),
    [("[Americanas, '24/7']", "não tem letras"), ("[Americanas, americanas]", "está escrito duas vezes")],
)
def test_a_name_that_says_nothing_is_found_by_the_linter(folder, called, words) -> None:
    spoil(folder, "rulebook.yaml", "called: [Americanas, Lojas Americanas]", f"called: {called}")

    (problem,) = linting.lint(reading.load(folder))

    assert words in problem.text
    assert (problem.file, problem.line) == ("americanas/rulebook.yaml", 4)


MERCADO_ABERTO = Path(__file__).parents[3] / "examples" / "mercado-aberto"


@pytest.mark.parametrize(
    ("folder", "names"),
    [
        (shipped.FOLDER / "compra-agora", ["do Compra Agora", "do compraagora", "do SAC Compra Agora"]),
        (shipped.FOLDER / "americanas", ["da Americanas", "das Lojas Americanas"]),
        (shipped.FOLDER / "casas-bahia", ["das Casas Bahia", "das casasbahia"]),
        (shipped.FOLDER / "madeiramadeira", ["da MadeiraMadeira", "da madeira madeira"]),
        (MERCADO_ABERTO, ["do Mercado Aberto", "do MERCADO-ABERTO"]),
    ],
)
def test_a_message_leads_away_from_the_marketplace_by_the_names_its_rulebook_gives(
    folder: Path, names: list[str]
) -> None:
    book = reading.load(folder).book

    for name in names:
        found = findings.find(f"Dá para fechar fora {name}?", ["elsewhere"], (), book.names)
        assert [one.says for one in found] == ["uma compra ou conversa fora do site"], name
    assert not findings.find("Dá para fechar fora do Bazar das Nuvens?", ["elsewhere"], (), book.names)


def test_the_engine_knows_no_marketplace_by_itself() -> None:
    for name in ("da Americanas", "das Casas Bahia", "da MadeiraMadeira", "do Compra Agora", "do Mercado Aberto"):
        assert not findings.find(f"Dá para fechar fora {name}?", ["elsewhere"])


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
        return [rule.id for rule in rules.broken(book.conduct, party, words, book.names)]

    assert broken("Faça um Pix e ligue para (11) 98765-4321.") == ["cobranca", phones]
    assert broken("Faça um Pix e ligue para (11) 98765-4321.", Party.MARKETPLACE) == []
    assert broken(f"Veja https://www.{name.replace('-', '')}.com.br/ajuda e https://www.jadlog.com.br/x") == []
