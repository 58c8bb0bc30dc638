"""Importar: sheets at any time; a long one holds no request, is read once whatever happens, and is told of."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.web.conftest import Enter
from tests.web.settings.test_people import admin
from tratativa.accounts.audit.models import AuditLine
from tratativa.accounts.models import Customer
from tratativa.founding import columns, importing, jobs, long_sheets
from tratativa.founding.models import Sheet
from tratativa.orders.models import Order

ROOM = "/settings/data/"


def send(desk: Client, kind: str, sheet: str) -> Any:
    """What is read in the end: a sheet that was taken leads to the page that says so."""
    return desk.post(ROOM, {"kind": kind, "sheet": SimpleUploadedFile(f"{kind}.csv", sheet.encode())}, follow=True)


def document(index: int) -> str:
    """A CPF whose digits fit."""
    digits = [int(one) for one in f"{index:09}"]
    for size in (10, 11):
        left = sum(digit * weight for digit, weight in zip(digits, range(size, 1, -1), strict=True)) * 10 % 11
        digits.append(left % 10)
    return "".join(map(str, digits))


def many(count: int, *, bad: int = 0) -> str:
    lines = [f"{document(index + 1)};Cliente {index}" for index in range(count)]
    return "documento;nome\n" + "\n".join([*lines, *["123;Ruim"] * bad]) + "\n"


def imported() -> list[dict[str, Any]]:
    return list(AuditLine.objects.filter(what="data.imported").order_by("at", "id").values_list("after", flat=True))


def test_each_kind_has_its_model_and_takes_a_sheet_with_its_bad_lines_told(cast: Cast, enter: Enter) -> None:
    desk = enter(admin(cast))
    page = desk.get(ROOM).text
    for kind, known in columns.SHEETS.items():
        assert f'href="/settings/data/{kind}/model.csv"' in page
        head = desk.get(f"/settings/data/{kind}/model.csv").content.decode("utf-8-sig").splitlines()[0]
        assert head == ";".join(str(column.heading) for column in known)

    first, again = send(desk, "customers", many(2, bad=1)).text, send(desk, "customers", many(2, bad=1)).text

    assert "Linhas novas: 2. Já conhecidas: 0. Recusadas: 1." in first and "Linha 4: Confira o documento" in first
    assert "Linhas novas: 0. Já conhecidas: 2. Recusadas: 1." in again
    assert imported() == [{"new": 2, "known": 0, "bad": 1}, {"new": 0, "known": 2, "bad": 1}]


def test_a_long_sheet_waits_for_a_job_and_is_told_as_it_comes(cast: Cast, enter: Enter) -> None:
    desk, count = enter(admin(cast)), long_sheets.AT_ONCE + 60

    answer = send(desk, "customers", many(count, bad=2))
    sheet = Sheet.objects.get()

    assert "entram aos poucos" in answer.text and 'hx-trigger="every 2s"' in answer.text
    assert not Customer.objects.filter(name="Cliente 0").exists() and imported() == []
    assert ProcrastinateJob.objects.get(task_name="founding.take_sheet").args == {"sheet_id": str(sheet.pk)}

    jobs.take_sheet(str(sheet.pk))
    told = desk.get(f"{ROOM}progress").text

    assert f"Linhas novas: {count}. Já conhecidas: 0. Recusadas: 2." in told and "every 2s" not in told
    assert f"Linha {count + 2}: Confira o documento" in told
    assert imported() == [{"new": count, "known": 0, "bad": 2}]
    sheet.refresh_from_db()
    assert sheet.content is None


def test_a_job_that_died_goes_on_where_it_was_and_nothing_is_told_twice(
    cast: Cast, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    count = long_sheets.AT_ONCE + 60
    send(enter(admin(cast)), "customers", many(count))
    sheet = Sheet.objects.get()
    lines = importing.lines("customers", bytes(sheet.content or b""))
    assert long_sheets._batch(sheet.pk, lines)  # then its worker died
    seen = []
    monkeypatch.setitem(importing._ROWS, "customers", lambda *given: (seen.append(given[1]["name"]) or True, None))

    jobs.take_sheet(str(sheet.pk))
    jobs.take_sheet(str(sheet.pk))

    sheet.refresh_from_db()
    assert (sheet.state, sheet.read, sheet.new) == ("done", count, count)
    assert len(seen) == count - long_sheets.BATCH and seen[0] == f"Cliente {long_sheets.BATCH}"
    assert imported() == [{"new": count, "known": 0, "bad": 0}]


def test_a_failure_on_the_way_is_said_and_what_came_in_stays(
    cast: Cast, enter: Enter, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = enter(admin(cast))
    send(desk, "customers", many(long_sheets.AT_ONCE + 60))

    def fails(*_given: object, **_more: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(long_sheets, "tell", fails)
    with pytest.raises(RuntimeError):
        jobs.take_sheet(str(Sheet.objects.get().pk))

    assert "Não chegou ao fim." in desk.get(ROOM).text
    assert Customer.objects.filter(name="Cliente 0").exists()


def test_what_is_no_sheet_and_what_is_none_of_the_kinds_is_said(cast: Cast, enter: Enter) -> None:
    desk = enter(admin(cast))

    assert "Faltam as colunas documento, nome" in send(desk, "sellers", "a;b\n1;2\n").text
    assert "Escolha um arquivo." in desk.post(ROOM, {"kind": "orders"}).text
    assert send(desk, "partners", "a\n").status_code == 404


@pytest.mark.parametrize("count", [1, 9])
def test_the_room_asks_as_often_for_many_sheets_as_for_few(
    count: int, cast: Cast, enter: Enter, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    desk = enter(admin(cast))
    for _index in range(count):
        send(desk, "customers", many(long_sheets.AT_ONCE + 1))

    with django_assert_max_num_queries(10):
        assert desk.get(ROOM).status_code == 200


def test_a_day_without_an_hour_is_shown_as_a_day_until_somebody_tells_the_hour(cast: Cast, enter: Enter) -> None:
    desk, head = enter(admin(cast)), "número;documento do lojista;documento do cliente;data;etapa;entregue em\n"
    line = "7001;11.222.333/0001-81;529.982.247-25;{};entregue;{}\n"
    send(desk, "orders", head + line.format("20/11/2026", "24/11/2026 15:40"))

    def shown() -> str:
        return " ".join(desk.get("/orders/7001/").text.split())

    assert Order.objects.get(number="7001").by_day == ["ordered_at"]
    assert "<dd>20/11/2026</dd>" in shown() and "24/11/2026 15:40" in shown() and "12:00" not in shown()
    assert "12:00" not in desk.get("/orders/").text

    send(desk, "orders", head + line.format("20/11/2026 09:10", "24/11/2026"))
    assert "20/11/2026 09:10" in shown() and "<dd>24/11/2026</dd>" in shown()


def test_loading_the_page_anew_sends_nothing_again_and_refusals_are_no_success(cast: Cast, enter: Enter) -> None:
    desk = enter(admin(cast))

    some = send(desk, "customers", many(1, bad=1))
    address = some.redirect_chain[-1][0].partition("#")[0]
    again = desk.get(address).text
    nothing = send(desk, "customers", "documento;nome\n123;Ruim\n").text

    assert address == f"{ROOM}?taken=customers" and "Linha 3: Confira o documento" in again
    assert "notice--warning" in again and "notice--success" not in again
    assert "notice--error" in nothing and "Recusadas" not in desk.get(ROOM).text
    assert len(imported()) == 2
