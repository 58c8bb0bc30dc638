"""Money is whole cents, read and written in one place, to the cent."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import tratativa
from tratativa.rulebook.language.money_rules import MoneyRules
from tratativa.rulebook.terms import money

REAIS = MoneyRules(currency="BRL", locale="pt_BR")
SOURCES = Path(tratativa.__file__).parent
AMOUNTS = st.integers(min_value=0, max_value=99_999_999_999)


@pytest.mark.parametrize(
    ("cents", "shown"),
    [
        (0, "R$ 0,00"),
        (1, "R$ 0,01"),
        (10, "R$ 0,10"),
        (19990, "R$ 199,90"),
        (100000, "R$ 1.000,00"),
        (123456789, "R$ 1.234.567,89"),
        (-1990, "-R$ 19,90"),
        (9_007_199_254_740_993, "R$ 90.071.992.547.409,93"),  # the first that a float cannot hold
    ],
)
def test_people_read_their_currency(cents: int, shown: str) -> None:
    assert REAIS.show(cents) == shown


@given(AMOUNTS)
def test_no_cent_is_lost_on_the_way_to_people(cents: int) -> None:
    shown = REAIS.show(cents)

    assert re.fullmatch(r"R\$ [0-9]{1,3}(\.[0-9]{3})*,[0-9]{2}", shown)
    assert int(re.sub(r"[^0-9]", "", shown)) == cents


@given(AMOUNTS)
def test_a_cell_is_one_number_with_a_comma(cents: int) -> None:
    cell = REAIS.cell(cents)

    assert re.fullmatch(r"[0-9]+,[0-9]{2}", cell)
    assert int(cell.replace(",", "")) == cents


@given(AMOUNTS)
def test_what_is_written_into_a_file_is_read_again(cents: int) -> None:
    assert money.parse(money.source(cents)) == cents


@given(st.integers(min_value=0, max_value=99_999_999_999))
def test_a_number_in_yaml_is_the_amount_that_was_written(cents: int) -> None:
    assert money.parse(float(f"{cents // 100}.{cents % 100:02d}")) == cents


@pytest.mark.parametrize("wrong", ["", "-1", "1,50", "1.505", "1e3", "R$ 1", "١", None, True, float("nan")])
def test_what_is_no_amount_is_refused(wrong: object) -> None:
    with pytest.raises(ValueError, match="no amount"):
        money.parse(wrong)


def test_nobody_else_writes_an_amount_or_divides_one() -> None:
    own = re.compile(r"cents?\)? ?//? ?100|amount ?//? ?100|\"R\$ ?\"|R\$ \{|format_currency")
    found = [path for path in SOURCES.rglob("*.py") if own.search(path.read_text())]

    assert found == [Path(money.__file__)]
