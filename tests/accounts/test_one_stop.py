"""A company's name brings its own full stop; a sentence that ends with it has one."""

import pytest

from tratativa.accounts import text


@pytest.mark.parametrize(
    ("said", "read"),
    [("em Casa Um Ltda.. Entre", "em Casa Um Ltda. Entre"), ("Casa Um.", "Casa Um."), ("Espere...", "Espere...")],
)
def test_two_stops_are_one_and_three_stay(said: str, read: str) -> None:
    assert text.one_stop(said) == read
