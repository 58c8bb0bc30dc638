"""What people type into typed fields: read, or refused by name."""

from datetime import date
from typing import Any

import pytest

from tratativa.cases.core.filled import addresses, fields
from tratativa.cases.core.refusals import Invalid
from tratativa.rulebook import reading, shipped
from tratativa.rulebook.language.lands import Land
from tratativa.rulebook.language.money_rules import MoneyRules
from tratativa.rulebook.terms.forms import FormField

REAIS = MoneyRules(currency="BRL", locale="pt_BR")
BRAZILIAN = reading.load(shipped.folder("americanas") or pytest.fail("americanas")).book
TODAY = date(2026, 11, 24)
HOME = {
    "cep": "01310-100", "rua": "Avenida Paulista", "numero": "1000", "bairro": "Bela Vista", "cidade": "São Paulo",
    "uf": "sp",
}  # fmt: skip


def read(kind: str, raw: Any, **more: Any) -> Any:
    field = FormField.model_validate({"label": "Campo", "type": kind, **more})
    return fields.clean([field], {"campo": raw}, today=TODAY, money=REAIS, land=Land())["campo"]


@pytest.mark.parametrize(
    ("kind", "raw", "value"),
    [
        ("money", "199,90", 19_990),
        ("money", "199.90", 19_990),
        ("money", "R$ 1.299,00", 129_900),
        ("money", "1.000", 100_000),
        ("money", "7", 700),
        ("date", "2026-11-24", "2026-11-24"),
        ("datetime", "2026-11-24T10:30", "2026-11-24T10:30"),
        ("url", "https://rastreio.example/AB", "https://rastreio.example/AB"),
        ("tracking", "br 123456789-br", "BR123456789BR"),
        ("tracking", "https://rastreio.example/AB", "https://rastreio.example/AB"),
        ("nfe_key", "3526 1112 3456 7800 0195 5500 1000 0000 0110 0000 0017", None),
        ("tick", "yes", True),
        ("tick", None, False),
        ("address", HOME, HOME | {"cep": "01310100", "uf": "SP", "complemento": ""}),
    ],
)
def test_good_values_are_read_plainly(kind: str, raw: Any, value: Any) -> None:
    if kind == "nfe_key":
        raw = raw.replace(" ", "")[:43]
        raw = next(raw + digit for digit in "0123456789" if not _refused("nfe_key", raw + digit))
        value = raw

    assert read(kind, raw) == value


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        ("money", "1e2"), ("money", "-5"), ("money", "1_0"), ("money", "１２"), ("money", "0"), ("money", "1,999"),
        ("money", "NaN"), ("money", "9" * 30),
        ("date", "24/11/2026"), ("date", "2026-02-30"), ("date", "0001-01-01"), ("date", "2026-W01-1"),
        ("datetime", "2026-11-24T10:30+00:00"), ("datetime", "ontem"),
        ("url", "http://sem-s.example"), ("url", "javascript:alert(1)"), ("url", "https://a@b.example"),
        ("url", "https://[::1"), ("url", "https://semponto"),
        ("tracking", "curto"), ("tracking", "../../etc"), ("nfe_key", "1" * 44), ("nfe_key", "12"),
        ("address", HOME | {"cep": "123"}), ("address", HOME | {"uf": "XX"}), ("address", HOME | {"rua": ""}),
        ("address", "uma linha"), ("address", {}), ("address", HOME | {"cidade": "x" * 81}),
        ("text", ""), ("text", "x" * 301), ("files", []),
    ],
)  # fmt: skip
def test_bad_values_are_refused_by_name(kind: str, raw: Any) -> None:
    assert _refused(kind, raw)


def test_a_day_gone_by_is_refused_where_the_rulebook_says_so() -> None:
    assert read("date", "2026-11-24", not_before="today") == "2026-11-24"
    with pytest.raises(Invalid):
        read("date", "2026-11-23", not_before="today")


def test_values_are_shown_as_people_read_them() -> None:
    shown = {
        kind: fields.show(FormField.model_validate({"label": "x", "type": kind}), value, BRAZILIAN)
        for kind, value in (("money", 129_900), ("date", "2026-11-24"), ("address", read("address", HOME)))
    }

    assert shown == {
        "money": "R$ 1.299,00",
        "date": "24/11/2026",
        "address": "Avenida Paulista, 1000, Bela Vista, São Paulo - SP, 01310-100",
    }


def _refused(kind: str, raw: Any) -> bool:
    try:
        read(kind, raw)
    except Invalid as bad:
        return list(bad.errors) == ["campo"]
    return False


def test_each_wrong_part_of_an_address_is_named_in_words() -> None:
    wrong = {"cep": "123", "rua": "", "numero": "10", "bairro": "x" * 81, "cidade": "Santos", "uf": "São Paulo"}

    assert addresses.errors_of(wrong, Land()) == {
        "cep": "«CEP» tem oito dígitos, como 01310-100.",
        "rua": "Preencha «Rua».",
        "bairro": "«Bairro» passa de 80 caracteres.",
        "uf": "«Estado (UF)» é uma sigla, como SP.",
    }
    assert addresses.errors_of(HOME, Land()) == {}
