"""A rulebook says its money: amounts are written and read by the customs of its people, and of no others."""

from pathlib import Path

import pytest

from tests.rulebook.test_reading import folder, problems, spoil
from tratativa.rulebook import reading
from tratativa.rulebook.language.money_rules import MoneyRules
from tratativa.rulebook.lint import linting

__all__ = ["folder"]
SAID = "money: {currency: BRL, locale: pt_BR}"


@pytest.mark.parametrize(
    ("currency", "locale", "shown", "cell", "sign"),
    [
        ("BRL", "pt_BR", "R$ 1.500,00", "1500,00", "R$"),
        ("USD", "en_US", "$1,500.00", "1500.00", "$"),
        ("EUR", "de_DE", "1.500,00 €", "1500,00", "€"),
        ("EUR", "fr_FR", "1 500,00 €", "1500,00", "€"),
        ("GBP", "en_GB", "£1,500.00", "1500.00", "£"),
        ("CHF", "de_CH", "CHF 1’500.00", "1500.00", "CHF"),
        ("USD", "", "USD 1500.00", "1500.00", "USD"),
        ("", "", "1500.00", "1500.00", ""),
    ],
)
def test_people_read_amounts_as_they_write_them(currency: str, locale: str, shown: str, cell: str, sign: str) -> None:
    rules = MoneyRules(currency=currency, locale=locale)

    assert (rules.show(150_000), rules.cell(150_000), rules.sign) == (shown, cell, sign)


@pytest.mark.parametrize(
    ("currency", "locale", "typed", "cents"),
    [
        ("USD", "en_US", "$40.00", 4_000),
        ("USD", "en_US", "1,500.00", 150_000),
        ("USD", "en_US", "$1,500", 150_000),
        ("USD", "en_US", "40", 4_000),
        ("USD", "en_US", "40,00", 4_000),
        ("BRL", "pt_BR", "1.500", 150_000),
        ("BRL", "pt_BR", "R$ 1.500,00", 150_000),
        ("EUR", "de_DE", "1.500,00 €", 150_000),
        ("EUR", "fr_FR", "1 500,00 €", 150_000),
        ("EUR", "fr_FR", "€ 40", 4_000),
        ("CHF", "de_CH", "CHF 1'500.00", 150_000),
        ("INR", "en_IN", "₹1,50,000.00", 15_000_000),
        ("", "", "1500.00", 150_000),
    ],
)
def test_what_they_type_is_read_so_too(currency: str, locale: str, typed: str, cents: int) -> None:
    assert MoneyRules(currency=currency, locale=locale).read(typed) == cents


@pytest.mark.parametrize(
    ("currency", "locale", "typed"),
    [
        ("USD", "en_US", "R$ 40,00"),
        ("USD", "en_US", "1.500"),
        ("USD", "en_US", "15,00.00"),
        ("BRL", "pt_BR", "$40.00"),
        ("BRL", "pt_BR", "1,500"),
        ("BRL", "pt_BR", "1.50.000"),
        ("BRL", "pt_BR", "199,90 R$"),
        ("BRL", "pt_BR", "-1"),
        ("BRL", "pt_BR", "١"),
        ("", "", "R$ 10"),
        ("", "", "1,500"),
    ],
)
def test_an_amount_of_other_money_or_of_other_customs_is_refused(currency: str, locale: str, typed: str) -> None:
    with pytest.raises(ValueError, match="no amount"):
        MoneyRules(currency=currency, locale=locale).read(typed)


@pytest.mark.parametrize(
    ("says", "words"),
    [
        ("money: {currency: REAL, locale: pt_BR}", "`REAL` não é o código de uma moeda"),
        ("money: {currency: JPY, locale: ja_JP}", "`JPY` não se divide em centésimos"),
        ("money: {currency: USD, locale: en-US}", "`en-US` não é um idioma e país"),
        ("money: {currency: USD, locale: xx_XX}", "`xx_XX` não é um idioma e país"),
        ("money: {coin: USD}", "coin"),
    ],
)
def test_a_currency_or_a_locale_nobody_has_is_a_problem_on_its_line(folder: Path, says: str, words: str) -> None:
    line = spoil(folder, "rulebook.yaml", SAID, says)

    assert [problem.line for problem in problems(folder) if words in problem.text] == [line]


def test_customs_without_a_currency_are_found(folder: Path) -> None:
    spoil(folder, "rulebook.yaml", SAID, "money: {locale: pt_BR}")

    assert any("não diz a moeda" in problem.text for problem in linting.lint(reading.load(folder)))


def test_a_rulebook_that_asks_for_amounts_of_no_currency_is_warned(folder: Path) -> None:
    assert linting.warn(reading.load(folder)) == []

    spoil(folder, "rulebook.yaml", SAID + "\n", "")

    assert any("fala de dinheiro" in problem.text for problem in linting.warn(reading.load(folder)))
