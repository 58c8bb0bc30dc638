"""Invoice keys: both layouts, however they are typed, and never one whose check digit is wrong."""

import pytest

from tratativa.orders import invoices

DIGITS = "35261111222333000181550010000012341000012345"
LETTERS = "352611AB222CD3000181550010000012341000012346"


def checked(body: str) -> str:
    """The body with its own check digit: the test's own reckoning, place by place."""
    weights = [4, 3, 2, 9, 8, 7, 6, 5] * 6
    total = sum((ord(char) - 48) * weight for char, weight in zip(body, weights, strict=False))
    rest = total % 11
    return body + str(0 if rest < 2 else 11 - rest)


@pytest.mark.parametrize("body", [DIGITS[:43], LETTERS[:43], "31260112ABC34501DE35550020000000011000000017"[:43]])
def test_a_key_of_either_layout_is_read(body: str) -> None:
    key = checked(body)

    assert invoices.key(key) == key


@pytest.mark.parametrize(
    "typed",
    [
        "3526 1111 2223 3300 0181 5500 1000 0012 3410 0001 2345",
        " 35261111222333000181550010000012341000012345\n",
        "3526-1111.2223/3300 0181 5500 1000 0012 3410 0001 2345",
    ],
)
def test_what_stands_between_its_groups_does_not_matter(typed: str) -> None:
    assert invoices.key(typed) == DIGITS


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "1234",
        DIGITS[:-1],
        f"{DIGITS}0",
        f"{DIGITS[:-1]}6",
        f"A{DIGITS[1:]}",
        f"{DIGITS[:20]}A{DIGITS[21:]}",
        "9" * 44,
    ],
)
def test_what_is_no_key_is_refused(typed: str) -> None:
    with pytest.raises(invoices.BadInvoice):
        invoices.key(typed)


def test_letters_may_be_typed_small() -> None:
    key = checked(LETTERS[:43])

    assert invoices.key(key.lower()) == key


@pytest.mark.parametrize(("typed", "number"), [("1234", "1234"), ("000.001.234", "1234"), ("Nº 1", ""), ("0", "")])
def test_an_invoice_number_is_as_good_as_a_key(typed: str, number: str) -> None:
    if number:
        assert invoices.key_or_number(typed) == number
    else:
        with pytest.raises(invoices.BadInvoice):
            invoices.key_or_number(typed)


def test_a_key_is_found_among_words_and_a_long_number_is_not() -> None:
    assert invoices.written(f"Segue a nota: {DIGITS}. Obrigado!")
    assert invoices.written("Chave 3526 1111 2223 3300 0181 5500 1000 0012 3410 0001 2345")
    assert not invoices.written(f"Segue a nota: {DIGITS[:-1]}6.")
    assert not invoices.written("Não há nota nenhuma aqui.")
