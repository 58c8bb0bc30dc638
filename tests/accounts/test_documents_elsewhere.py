"""Documents of another land: read, named and shown as its people know them."""

import pytest

from tratativa.accounts import documents

AMERICAN = ("us.ssn", "us.ein")


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("536-90-4399", "536904399", "SSN ou EIN 536904399"),  # the EINs of campus 53 have these digits too
        ("078-05-1121", "078051121", "SSN 078-05-1121"),
        (" 90-0001234 ", "900001234", "EIN 90-0001234"),
        ("12-3456789", "123456789", "SSN ou EIN 123456789"),
    ],
)
def test_an_american_document_is_read_and_shown(typed: str, kept: str, shown: str) -> None:
    assert documents.parse(typed, AMERICAN) == kept
    assert documents.with_its_kind(kept, AMERICAN) == shown


def test_what_looks_like_a_cpf_is_none_where_people_have_others() -> None:
    """A German tax number has eleven digits as a CPF has."""
    assert documents.show("36574261809", ("de.idnr",)) == "36 574 261 809"
    assert documents.show("36574261809") == "365.742.618-09"
    assert documents.mask("36574261809", ("de.idnr",)) == "***1809"
    assert documents.mask("123456", AMERICAN) == "***"


@pytest.mark.parametrize("typed", ["529.982.247-25", "11.222.333/0001-81", "", "536-90-43999"])
def test_a_brazilian_one_is_none_there(typed: str) -> None:
    with pytest.raises(documents.BadDocument, match="SSN, EIN"):
        documents.parse(typed, AMERICAN)


def test_what_they_are_called() -> None:
    assert documents.kinds_named() == "CPF ou CNPJ"
    assert documents.kinds_named(AMERICAN) == "SSN ou EIN"
    assert documents.kinds_named(("fr.siret",)) == "SIRET"
    assert documents.with_its_kind("11222333000181") == "CNPJ 11.222.333/0001-81"
    assert documents.with_its_kind("", AMERICAN) == ""
