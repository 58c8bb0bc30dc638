"""Telephones: one number is known however it is dialled, by its land's own customs or by its end alone."""

import pytest

from tratativa.accounts import telephones as written
from tratativa.rulebook.language import telephones
from tratativa.rulebook.language.lands import Land

ITALY = Land.model_validate(
    {"documents": ["it.codicefiscale"], "telephones": {"code": "39", "area": 0, "numbers": [9, 10, 11]}}
)
STATES = Land.model_validate({"documents": ["us.ein"]})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1133334444", "551133334444"),
        ("01133334444", "005501133334444"),
        ("01511987654321", "5511987654321"),
        ("1187654321", "0011987654321"),
        ("987654321", "5511987654321"),
        ("5551987654321", "051987654321"),  # an area that looks like the code
        ("5533334444", "555533334444"),
    ],
)
def test_where_nothing_is_said_numbers_are_dialled_as_documents_are_read(one: str, other: str) -> None:
    assert telephones.is_same(Land().dialling, one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("1198765432", "11987654321"), ("1187654321", "2187654321"), ("1933334444", "11933334444"), ("4444", "33334445")],
)
def test_two_numbers_are_two(one: str, other: str) -> None:
    assert not telephones.is_same(Land().dialling, one, other)


def test_another_lands_customs_are_its_rulebooks() -> None:
    assert telephones.is_same(ITALY.dialling, "+393312345678"[1:], "3312345678")
    assert not telephones.is_same(ITALY.dialling, "3312345678", "3412345678")


def test_where_a_land_says_nothing_of_telephones_their_ends_say_it() -> None:
    assert STATES.dialling is None
    assert telephones.is_same(STATES.dialling, "12125550123", "2125550123")
    assert telephones.is_same(STATES.dialling, "5550123", "0012125550123")
    assert not telephones.is_same(STATES.dialling, "12125550123", "13125550123")


def test_a_telephone_is_kept_as_written_and_never_cut_short() -> None:
    assert written.kept(" (11) 98765-4321 ") == "(11) 98765-4321"
    assert written.kept("+55 (0) 11 - 98765 - 4321") == "+55011987654321"
    with pytest.raises(written.BadTelephone):
        written.kept("11 98765-4321 / 11 3333-4444")


@pytest.mark.parametrize(
    ("raw", "kept", "number"),
    [("(11) 3222-1045 r. 23", "(11) 3222-1045 r. 23", "1132221045"),
     ("+55 (11) 3222-1045 ramal 23", "+551132221045 r. 23", "551132221045"),
     ("11 3222-1045, ramal: 204", "1132221045 r. 204", "1132221045"), ("3222-1045 x23", "3222-1045 x23", "32221045"),
     ("3222-1045/46", "3222-1045/46", "32221045"), ("Tel. 11 3222-1045", "Tel. 11 3222-1045", "1132221045")],
)  # fmt: skip
def test_an_extension_is_kept_and_is_no_part_of_the_number(raw: str, kept: str, number: str) -> None:
    assert (written.kept(raw), written.digits(raw), written.digits(kept)) == (kept, number, number)


def test_of_what_rings_the_callers_digits_alone_count() -> None:
    assert written.dialled("sip:+5511987654321@10.0.0.7;user=phone") == "5511987654321"
    assert written.dialled("tel:+55-11-98765-4321") == "5511987654321"
    assert written.dialled("551132221045,,23") == "551132221045"
