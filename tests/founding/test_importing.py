"""Sheets of sellers, customers and orders: good lines are taken, bad ones told by number, and nothing twice."""

from typing import Any

import pytest
from django.utils import translation
from procrastinate.contrib.django.models import ProcrastinateJob

from tests.cast import Cast, gather, local, rewrite
from tratativa.accounts.models import Customer, Marketplace, Seller
from tratativa.accounts.people.models import Invitation
from tratativa.accounts.people.team import Doer
from tratativa.founding import columns, importing, spreadsheets
from tratativa.founding.importing import Taken
from tratativa.orders.models import Order

NOW = local("2026-11-29 12:00")


@pytest.fixture
def cast(db: None) -> Cast:
    return gather()


def take(cast: Cast, kind: str, sheet: str | bytes) -> Taken:
    data = sheet.encode() if isinstance(sheet, str) else sheet
    return importing.take(cast.marketplace, kind, data, by=Doer(command="prova"), at=NOW)


def test_sellers_come_once_and_their_administrators_are_invited(cast: Cast) -> None:
    sheet = "documento;nome;e-mail de quem administra\n33.000.167/0001-01;Casa Três;Bia@exemplo.com.br\n123;Ruim;\n"

    first, second = take(cast, "sellers", sheet), take(cast, "sellers", sheet)

    assert (first.new, first.known, [number for number, _why in first.bad]) == (1, 0, [3])
    assert (second.new, second.known) == (0, 1)
    assert Seller.objects.filter(document="33000167000101").count() == 1
    assert Invitation.objects.get().email == "bia@exemplo.com.br"
    assert ProcrastinateJob.objects.filter(task_name="accounts.send_invitation").count() == 1


@pytest.mark.parametrize(
    ("kind", "sheet", "said"),
    [
        ("sellers", "documento;nome\n;Casa\n", "falta o documento"),
        ("customers", "documento;nome\n ;Ana\n", "falta o documento"),
        (
            "orders",
            "número;documento do lojista;documento do cliente;data\n1;;52998224725;23/11/2026\n",
            "lojista: falta o documento",
        ),
    ],
)
def test_a_line_without_a_document_says_that_it_is_missing(cast: Cast, kind: str, sheet: str, said: str) -> None:
    assert take(cast, kind, sheet).bad == [(2, said)]


def test_customers_in_windows_letters_with_commas_are_read_and_renewed(cast: Cast) -> None:
    first = take(cast, "customers", "cpf,nome,e-mail\r\n390.533.447-05,Lúcia Ferraz,lucia@x.com\r\n".encode("cp1252"))
    second = take(cast, "customers", "nome\tcpf\ttelefone\nLúcia F.\t39053344705\t11 99999-0000\n")

    lucia = Customer.objects.get(document="39053344705")
    assert (first.new, second.known) == (1, 1)
    assert (lucia.name, lucia.email, lucia.phone) == ("Lúcia F.", "lucia@x.com", "11 99999-0000")


def test_orders_speak_of_people_that_are_known_and_in_the_rulebook_s_money(cast: Cast) -> None:
    head = "número;documento do lojista;documento do cliente;data;valor;etapa\n"
    good = "7001;11.222.333/0001-81;529.982.247-25;23/11/2026;1.199,90;Entregue\n"
    taken = take(
        cast, "orders", head + good
        + "7002;11.222.333/0001-81;529.982.247-25;31/31/2026;1,00;entregue\n"
        + "7003;11.222.333/0001-81;390.533.447-05;23/11/2026;1,00;entregue\n"
        + "7004;11.222.333/0001-81;529.982.247-25;23/11/2026;mil;entregue\n"
        + "7005;11.222.333/0001-81;529.982.247-25;23/11/2026;1,00;voando\n",
    )  # fmt: skip
    again = take(cast, "orders", head + good)

    order = Order.objects.get(number="7001")
    assert (order.total_cents, order.stage, order.ordered_at) == (119990, "delivered", local("2026-11-23 12:00"))
    assert (taken.new, [number for number, _why in taken.bad]) == (1, [3, 4, 5, 6])
    assert "não é uma data" in taken.bad[0][1] and "não conhece" in taken.bad[1][1]
    assert (again.new, again.known) == (0, 1)
    assert Order.objects.filter(number__startswith="700").count() == 1


@pytest.mark.parametrize(
    ("sheet", "why"),
    [
        (b"", "vazio"),
        (b"PK\x03\x04abc", "Excel"),
        (b"a\x00b", "CSV"),
        (b"nome;telefone\nAna;1\n", "Falta a coluna documento"),
        (b"a;b\n1;2\n", "Faltam as colunas documento, nome na primeira linha"),
    ],
)
def test_what_is_no_sheet_is_told_so(cast: Cast, sheet: bytes, why: str) -> None:
    with pytest.raises(spreadsheets.BadSheet, match=why):
        take(cast, "customers", sheet)


@pytest.mark.parametrize("language", ["pt-br", "en"])
def test_each_model_is_read_whichever_language_its_headings_are_in_and_whoever_reads_it(
    cast: Cast, language: str
) -> None:
    for kind, known in columns.SHEETS.items():
        with translation.override(language):
            model = columns.model(cast.marketplace, kind)
        for reader in ("pt-br", "en"):
            with translation.override(reader):
                (line,) = spreadsheets.read(model.encode("utf-8-sig"), known)
            assert set(line.cells) == {column.key for column in known}


def test_a_sheet_of_another_land_has_its_days_and_amounts(cast: Cast) -> None:
    rewrite(cast.marketplace, _american, at=local("2026-01-05 09:00"))
    Seller.objects.filter(pk=cast.seller.pk).update(document="900001234")
    Customer.objects.filter(pk=cast.buyer.pk).update(document="078051121")
    head = "number,seller's document,customer's document,date,amount\n"

    with translation.override("en"):
        model = columns.model(cast.marketplace, "orders")
        taken = take(
            cast, "orders",
            head + "9001,90-0001234,078-05-1121,03/04/2026,199.90\n9002,90-0001234,078-05-1121,31/12/2026,1\n",
        )  # fmt: skip

    assert model.splitlines()[0].startswith("number,seller's document,customer's document,date,amount,stage")
    assert model.splitlines()[1] == "1001,,,11/23/2026,199.90,delivered,11/27/2026,,"
    order = Order.objects.get(number="9001")
    assert (order.ordered_at.month, order.ordered_at.day, order.total_cents) == (3, 4, 19990)
    assert taken.bad == [(3, "“31/12/2026” is not a date; write it like 11/23/2026")]


def _american(data: dict[str, Any]) -> None:
    data["land"] = {"documents": ["us.ssn", "us.ein"]}
    data["money"] = {"currency": "USD", "locale": "en_US"}


def test_a_sheet_with_its_headings_alone_is_no_import(cast: Cast) -> None:
    with pytest.raises(spreadsheets.BadSheet, match="só tem a linha dos nomes"):
        take(cast, "customers", "documento;nome\n")


def test_a_formula_and_marks_that_turn_text_are_kept_as_plain_words(cast: Cast) -> None:
    take(cast, "customers", "documento;nome\n39053344705;=1+1\u202etxt\n")

    assert Customer.objects.get(document="39053344705").name == "=1+1txt"


@pytest.mark.parametrize(
    ("number", "day"),
    [("8001", "31/12/9999 23:59"), ("8002", "9999-12-31T23:59:59-14:00"), ("8003", "0001-01-01T00:00:00+14:00"),
     ("1001//A", "23/11/2026"), ("/1", "23/11/2026"), ("1001/open", "23/11/2026"), ("..", "23/11/2026")],
)  # fmt: skip
def test_an_order_that_no_page_could_show_is_told_by_its_line(cast: Cast, number: str, day: str) -> None:
    head = "número;documento do lojista;documento do cliente;data\n"

    taken = take(cast, "orders", f"{head}{number};11.222.333/0001-81;529.982.247-25;{day}\n")

    assert (taken.new, [line for line, _why in taken.bad]) == (0, [2])
    assert not Order.objects.filter(number=number).exists()


@pytest.mark.parametrize("end", ['"' + "x" * 140_000, "33000167000101;Casa\n" * spreadsheets.LINES])
def test_of_a_sheet_that_breaks_off_further_down_nothing_is_taken(cast: Cast, end: str) -> None:
    with pytest.raises(spreadsheets.BadSheet):
        take(cast, "sellers", "documento;nome\n33000167000101;Casa Três\n" + end)

    assert not Seller.objects.filter(document="33000167000101").exists()


HEAD = "número;documento do lojista;documento do cliente;data;valor;etapa\n"


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("7100;11.222.333/0001-81;529.982.247-26;23/11/2026;1;", "cliente: Confira o documento: os dígitos não"),
        ("7100;11.222.333/0001-82;529.982.247-25;23/11/2026;1;", "lojista: Confira o documento: os dígitos não"),
        ("7100;11.222.333/0001-81;529.982.247;23/11/2026;1;", "um CPF tem 11 dígitos"),
        ("7100;11.222.333/0001-81;529.982.247-25;amanhã;1;", "escreva como 23/11/2026"),
        ("7100;11.222.333/0001-81;529.982.247-25;23/11/2026;1;voando", "«voando» não é uma etapa; escreva"),
        ("7100;11.222.333/0001-81;529.982.247-25;23/11/1926;1;", "data: o ano vai de 1970 a 2100"),
        ("a/../b;11.222.333/0001-81;529.982.247-25;23/11/2026;1;", "número: um número de pedido não"),
        (f"{'7' * 41};11.222.333/0001-81;529.982.247-25;23/11/2026;1;", "número: isto passa de 40 caracteres"),
    ],
)  # fmt: skip
def test_a_refused_line_says_its_column_and_no_path(line: str, why: str, cast: Cast) -> None:
    taken = take(cast, "orders", HEAD + line + "\n")

    assert why in taken.bad[0][1] and "orders." not in taken.bad[0][1]


@pytest.mark.parametrize("number", ["MP-2026/0077", "77/1", "1.2/3", "#55 A"])
def test_a_number_that_an_address_can_hold_is_an_orders(number: str, cast: Cast) -> None:
    line = f"{number};11.222.333/0001-81;529.982.247-25;23/11/2026;1,00;\n"

    assert (take(cast, "orders", HEAD + line).new, Order.objects.filter(number=number).count()) == (1, 1)


def test_a_telephone_is_taken_in_whole_or_its_line_is_refused(cast: Cast) -> None:
    head = "documento;nome;telefone\n"

    taken = take(cast, "customers", head + "390.533.447-05;Lúcia;+55 (0) 11 - 98765 - 4321\n862.883.667-57;Rui;"
                                          "11 98765-4321 / 11 3333-4444\n")  # fmt: skip

    assert Customer.objects.get(document="39053344705").phone == "+55011987654321"
    assert "não é um telefone" in taken.bad[0][1]


def test_a_sheet_touches_no_other_marketplace_s_customer_of_the_same_document(cast: Cast) -> None:
    other = Marketplace.objects.create(slug="outra", name="Outra")
    theirs = Customer.objects.create(marketplace=other, document="39053344705", name="Lúcia", email="l@outra.example")

    taken = take(cast, "customers", "cpf;nome;e-mail\n390.533.447-05;Lúcia Ferraz;lucia@x.com\n")

    theirs.refresh_from_db()
    assert (taken.new, theirs.name, theirs.email) == (1, "Lúcia", "l@outra.example")
    assert Customer.objects.get(document="39053344705", marketplace=cast.marketplace).name == "Lúcia Ferraz"
