"""The list: tabs, the eleven filters, paging, saved views, bulk actions and the export (rows A-09, A-14 to A-25)."""

import csv
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.cast import Cast, ask, gather, local, make_order, rewrite
from tests.web.conftest import NINE, Enter
from tests.web.pages import flat
from tratativa.accounts import actors
from tratativa.accounts.models import Membership, Partner, Person, Role
from tratativa.cases import sweeping
from tratativa.cases.acting import replying
from tratativa.cases.acting.tags import tagging
from tratativa.cases.core import rulebook_versions
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case

OpenCase = Callable[..., Case]
# The session, the person, counts, page, team's views, last words, what was read, clocks, goods, tags, unread notices.
QUERIES = 11


def ticked(*cases: Case) -> dict[str, object]:
    """These rows of a list drawn now, ticked: which they are, and what of each the list shows."""
    now = {case.protocol: Case.objects.get(pk=case.pk).row_version for case in cases}
    return {"case": list(now), **{f"seen-{protocol}": version for protocol, version in now.items()}}


def rows(client: Client, query: str = "tab=all") -> list[str]:
    """The protocols a list shows, in its order."""
    page = client.get(f"/cases/?{query}").content.decode()
    return re.findall(r'name="case" value="(\d+)"', flat(page))


def test_the_row_holds_a_menu_with_ver_atendimento(cast: Cast, case: Case, enter: Enter) -> None:
    page = enter(cast.ana).get("/cases/?tab=all&sort=due").content.decode()

    row = page[page.index("data-rows") : page.index("</ul>", page.index("data-rows"))]
    assert "Ver atendimento" in row
    assert "⋯" in row
    for words in ("1001", "Joana Prado", "Atraso na entrega", "Aguardando parceiro", "faltam 23 h 30"):
        assert words in row


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("status=Aguardando+parceiro", True),
        ("status=Encerrado", False),
        ("reason=atraso-na-entrega", True),
        ("reason=devolucao", False),
        ("waiting_on=seller", True),
        ("waiting_on=customer", False),
        ("order=1001", True),
        ("order=9999", False),
        ("external_id=EXT-7", True),
        ("external_id=EXT-8", False),
        ("platform=app", True),
        ("platform=site", False),
        ("origin=customer", True),
        ("origin=marketplace", False),
        ("document=529.982.247-25", True),
        ("document=111.444.777-35", False),
        ("overdue=no", True),
        ("overdue=yes", False),
        ("opened_from=2026-11-23&opened_to=2026-11-23", True),
        ("opened_from=2026-11-24", False),
        ("opened_to=2026-11-22", False),
    ],
)
def test_each_filter_narrows_the_list(query: str, found: bool, cast: Cast, open_case: OpenCase, enter: Enter) -> None:
    case = open_case(external_id="EXT-7", platform="app")

    assert rows(enter(cast.ana), f"tab=all&{query}") == ([case.protocol] if found else [])


def test_the_protocol_filter_takes_the_number_with_its_dashes(cast: Cast, case: Case, enter: Enter) -> None:
    shown = f"{case.protocol[:8]}-{case.protocol[8:15]}-{case.protocol[15]}"

    assert rows(enter(cast.ana), f"tab=all&protocol={shown}") == [case.protocol]


def test_filters_combine_and_each_can_be_taken_off(cast: Cast, case: Case, enter: Enter) -> None:
    page = enter(cast.ana).get("/cases/?tab=all&order=1001&origin=customer").content.decode()

    chips = re.findall(r'<a class="chip chip--on" href="([^"]+)"', flat(page))
    assert [chip.replace("&amp;", "&") for chip in chips] == [
        "/cases/?tab=all&sort=activity&origin=customer",
        "/cases/?tab=all&sort=activity&order=1001",
    ]
    assert "/cases/export.csv?tab=all&amp;sort=activity&amp;order=1001&amp;origin=customer" in page


def test_filters_survive_paging(cast: Cast, open_case: OpenCase, enter: Enter) -> None:
    opened = [open_case(platform="app", words=f"Pergunta {number}").protocol for number in range(53)]
    open_case(platform="site")
    client = enter(cast.ana)

    page = client.get("/cases/?tab=all&platform=app").content.decode()
    following = re.search(r'href="([^"]+)" rel="next"', flat(page))
    assert following
    second = following.group(1).replace("&amp;", "&")

    assert "platform=app" in second
    assert len(rows(client, "tab=all&platform=app")) == 50
    assert sorted(rows(client, "tab=all&platform=app") + rows(client, second.split("?")[1])) == sorted(opened)


def test_the_recipient_filter_follows_the_turn(cast: Cast, case: Case, enter: Enter) -> None:
    replying.reply(case, Message("Um minuto", to="customer", customer_reads=True), by=cast.ana, at=NINE)

    assert rows(enter(cast.ana), "tab=all&waiting_on=seller") == []
    assert rows(enter(cast.ana), "tab=all&waiting_on=customer") == [case.protocol]


@pytest.mark.parametrize("query", ["document=123", "protocol=5", "opened_from=ontem", "waiting_on=gato"])
def test_a_filter_that_makes_no_sense_says_so_and_lists_nothing(
    query: str, cast: Cast, case: Case, enter: Enter
) -> None:
    answer = enter(cast.ana).get(f"/cases/?tab=all&{query}")

    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'class="field__error"' in page
    assert case.protocol not in page


@pytest.mark.parametrize("query", ["sort=customer__cpf", "assignee__password__startswith=p", "after=abc", "page=-1"])
def test_unknown_parameters_change_nothing(query: str, cast: Cast, case: Case, enter: Enter) -> None:
    assert rows(enter(cast.ana), f"tab=all&{query}") == [case.protocol]


def test_the_most_urgent_comes_first_when_asked(cast: Cast, open_case: OpenCase, enter: Enter) -> None:
    later = open_case(order=make_order(cast.marketplace, cast.seller, cast.buyer, "1002"), at=local("2026-11-23 09:20"))
    sooner = open_case(at=local("2026-11-23 08:30"))

    assert rows(enter(cast.ana), "tab=mine&sort=due") == [sooner.protocol, later.protocol]


def test_what_is_late_comes_before_what_is_still_in_time(cast: Cast, open_case: OpenCase, enter: Enter) -> None:
    late = open_case(at=local("2026-11-20 09:00"))
    sweeping.sweep(at=local("2026-11-23 09:25"))
    in_time = open_case(at=local("2026-11-23 08:30"), words="Outra pergunta")

    assert rows(enter(cast.ana), "tab=mine") == [late.protocol, in_time.protocol]


def test_a_row_shows_its_own_teams_tags_three_by_name(cast: Cast, open_case: OpenCase, enter: Enter) -> None:
    found = open_case()
    tagging.add(found, ["atraso", "greve", "natal", "vip"], by=cast.ana, at=NINE)

    ours, theirs = enter(cast.ana).get("/cases/?tab=all").text, enter(cast.marta).get("/cases/?tab=all").text

    assert re.findall(r'<span class="listed__tag"[^>]*>([^<]+)</span>', ours) == ["atraso", "greve", "natal", "+1"]
    assert found.protocol in theirs
    assert "listed__tag" not in theirs


def test_the_list_costs_the_same_for_one_row_and_for_thirty(cast: Cast, open_case: OpenCase, enter: Enter) -> None:
    open_case()
    client = enter(cast.ana)
    client.get("/cases/?tab=all")
    with CaptureQueriesContext(connection) as one:
        client.get("/cases/?tab=all")
    for number in range(29):
        open_case(words=f"Pergunta {number}")

    with CaptureQueriesContext(connection) as thirty:
        client.get("/cases/?tab=all")

    assert len(thirty) == len(one) <= QUERIES


@pytest.mark.parametrize(
    ("rulebook", "tabs"),
    [
        (  # C-10
            "casas-bahia",
            ["Aguardando você", "Aguardando cliente", "Aguardando Via", "Vencidos", "Resolvidos", "Todos"],
        ),
        (  # M-09
            "madeiramadeira",
            ["Aguardando você", "Aguardando cliente", "Aguardando MadeiraMadeira", "Em mediação", "Vencidos",
             "Finalizados", "Todos"],
        ),
    ],
)  # fmt: skip
def test_a_sellers_tabs_are_what_its_marketplace_knows_and_calls_them(
    transactional_db: None, enter: Enter, rulebook: str, tabs: list[str]
) -> None:
    page = enter(gather(rulebook).ana).get("/cases/").content.decode()

    assert re.findall(r'class="tab" [^>]*>([^<]+?)(?: <span|</a>)', flat(page)) == tabs
    assert "<h1>Protocolos</h1>" in page


def test_a_shops_own_team_finds_what_awaits_an_answer_under_that_name(  # T-17
    transactional_db: None, enter: Enter
) -> None:
    page = enter(gather("troque-e-devolva").marta).get("/cases/").content.decode()

    tabs = re.findall(r'class="tab" [^>]*>([^<]+?)(?: <span|</a>)', flat(page))
    assert tabs == ["Aguardando resposta", "Aguardando cliente", "Vencidos", "Encerrados", "Todos"]


def test_a_view_is_saved_used_and_forgotten(cast: Cast, case: Case, enter: Enter) -> None:
    client = enter(cast.ana)

    client.post("/cases/views", {"name": "Do pedido", "query": "tab=all&order=1001"})
    page = client.get("/cases/").content.decode()
    assert "Do pedido" in page
    assert "tab=all&amp;sort=activity&amp;order=1001" in page

    forget = re.search(r'action="(/cases/views/[^"]+)"', page)
    assert forget
    client.post(forget.group(1))
    assert "Do pedido" not in client.get("/cases/").content.decode()


def test_another_members_view_is_not_shown(cast: Cast, case: Case, enter: Enter) -> None:
    enter(cast.ana).post("/cases/views", {"name": "Só da Ana", "query": "tab=all&order=1001"})

    assert "Só da Ana" not in enter(cast.rival).get("/cases/").content.decode()


def test_closing_several_tells_the_result_of_each(cast: Cast, open_case: OpenCase, enter: Enter) -> None:
    unanswered, answered = open_case(), open_case(words="Outra pergunta")
    replying.reply(answered, Message("Pronto", to="customer", customer_reads=True), by=cast.ana, at=NINE)

    page = enter(cast.ana).post("/cases/bulk", {"do": "close", **ticked(unanswered, answered)})

    text = page.content.decode()
    assert "Responda ao cliente antes de encerrar." in text
    assert [Case.objects.get(pk=one.pk).is_open for one in (unanswered, answered)] == [True, False]


def test_several_are_not_closed_over_what_nobody_of_the_list_has_seen(  # P-08
    cast: Cast, open_case: OpenCase, enter: Enter
) -> None:
    case = open_case()
    replying.reply(case, Message("Pronto", to="customer", customer_reads=True), by=cast.ana, at=NINE)
    as_listed = {"do": "close", **ticked(case)}
    replying.reply(case, Message("Espere, chegou quebrado!"), by=cast.cliente, at=NINE)

    page = enter(cast.ana).post("/cases/bulk", as_listed).content.decode()

    assert Case.objects.get(pk=case.pk).is_open
    assert "O atendimento mudou enquanto você olhava" in page and "Joana Prado" in page


def test_a_form_that_does_not_say_what_was_seen_closes_nothing(cast: Cast, open_case: OpenCase, enter: Enter) -> None:
    case = open_case()
    replying.reply(case, Message("Pronto", to="customer", customer_reads=True), by=cast.ana, at=NINE)

    enter(cast.ana).post("/cases/bulk", {"do": "close", "case": case.protocol})

    assert Case.objects.get(pk=case.pk).is_open


def test_the_list_says_of_each_row_what_it_shows(cast: Cast, case: Case, enter: Enter) -> None:
    page = enter(cast.ana).get("/cases/").content.decode()

    version = Case.objects.get(pk=case.pk).row_version
    assert f'name="seen-{case.protocol}" value="{version}"' in page


def test_of_two_who_take_a_case_the_second_is_told_who_was_first(cast: Cast, case: Case, enter: Enter) -> None:
    as_listed = {"do": "assign", **ticked(case)}
    enter(cast.chefe).post("/cases/bulk", {**as_listed, "person": str(cast.chefe.person_id)})

    page = enter(cast.ana).post("/cases/bulk", {**as_listed, "person": str(cast.ana.person_id)}).content.decode()

    assert Case.objects.get(pk=case.pk).seller_assignee_id == cast.chefe.person_id
    assert "Celia Chefe" in page and "O atendimento mudou" in page


def test_several_are_given_to_a_person_of_the_team_only(cast: Cast, case: Case, enter: Enter) -> None:
    client = enter(cast.chefe)

    refused = client.post("/cases/bulk", {"do": "assign", **ticked(case), "person": str(cast.rival.person_id)})
    client.post("/cases/bulk", {"do": "assign", **ticked(case), "person": str(cast.ana.person_id)})

    assert "Escolha alguém da sua equipe." in refused.content.decode()
    assert Case.objects.get(pk=case.pk).seller_assignee_id == cast.ana.person_id


def test_somebody_of_a_partner_is_no_colleague_of_the_marketplaces(cast: Cast, case: Case, enter: Enter) -> None:
    partner = Partner.objects.create(marketplace=cast.marketplace, queue="ka", name="KA")
    outsider = Person.objects.create_user(email="kai@ka.example", password="uma senha bem longa", name="Kai")
    Membership.objects.create(person=outsider, marketplace=cast.marketplace, partner=partner)
    boss = Person.objects.create_user(email="bia@mesa.example", password="uma senha bem longa", name="Bia")
    chief = Membership.objects.create(person=boss, marketplace=cast.marketplace, role=Role.ADMIN)

    given = {"do": "assign", **ticked(case), "person": str(outsider.pk)}
    refused = enter(actors.of_membership(chief)).post("/cases/bulk", given)

    assert "Escolha alguém da sua equipe." in refused.content.decode()
    assert Case.objects.get(pk=case.pk).assignee_id is None


def test_the_export_holds_what_the_filters_select(cast: Cast, open_case: OpenCase, enter: Enter) -> None:
    kept = open_case(platform="app")
    open_case(platform="site")

    answer = enter(cast.ana).get("/cases/export.csv?tab=all&platform=app")

    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    lines = text.strip().splitlines()
    assert len(lines) == 2
    assert kept.protocol[8:15] in lines[1]
    assert "***.982.247-**" in lines[1]
    assert "52998224725" not in text


def exported(browser: Client, query: str = "tab=all") -> list[dict[str, str]]:
    """The export's lines by heading, as a spreadsheet splits them."""
    answer = browser.get(f"/cases/export.csv?{query}")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


def test_the_export_says_who_how_much_where_and_how_late(
    cast: Cast, open_case: OpenCase, enter: Enter, clock: time_machine.Traveller
) -> None:
    case = open_case()
    ask(case, "ka", cast.marta)
    clock.move_to(local("2026-11-25 12:00"))
    sweeping.sweep(at=local("2026-11-25 12:00"))

    line = exported(enter(cast.marta))[0]

    missed = Case.objects.get(pk=case.pk).overdue_since
    assert missed
    hours = (local("2026-11-25 12:00") - missed).total_seconds() / 3600
    assert line["Vencido desde"] == line["Prazo"] == f"{timezone.localtime(missed):%d/%m/%Y %H:%M}"
    assert line["Vencido há (horas)"] == f"{hours:.1f}".replace(".", ",")
    assert line["Valor (R$)"] == f"{case.value_cents / 100:.2f}".replace(".", ",")
    assert (line["Canal"], line["Fila"]) == ("mensagens", rulebook_versions.of(case).queue_label("ka"))


def test_the_export_is_written_by_the_customs_of_the_rulebook(
    cast: Cast, open_case: OpenCase, enter: Enter, clock: time_machine.Traveller
) -> None:
    def in_dollars(document: dict[str, Any]) -> None:
        document["money"] = {"currency": "USD", "locale": "en_US"}

    rewrite(cast.marketplace, in_dollars, at=local("2026-02-01 00:00"))
    case = open_case()
    clock.move_to(local("2026-11-25 12:00"))
    sweeping.sweep(at=local("2026-11-25 12:00"))

    line = exported(enter(cast.marta))[0]

    opened = timezone.localtime(case.opened_at)
    assert line["Aberto em"] == f"{opened.month}/{opened.day}/{opened:%Y %H:%M}"
    assert re.fullmatch(r"[0-9]{1,3}\.[0-9]", line["Vencido há (horas)"])
    assert line["Valor ($)"] == f"{case.value_cents / 100:.2f}"


def test_the_export_of_a_seller_names_its_own_person_and_no_queue(
    cast: Cast, open_case: OpenCase, enter: Enter
) -> None:
    case = open_case()
    ask(case, "ka", cast.marta)
    Case.objects.filter(pk=case.pk).update(seller_assignee=cast.ana.person_id, assignee=cast.marta.person_id)

    line = exported(enter(cast.ana))[0]

    assert (line["Responsável"], line["Fila"]) == (cast.ana.name, "")


@pytest.mark.parametrize(
    ("number", "cell"),
    [
        ("00012345678901234567", '="00012345678901234567"'),
        ("1E5", '="1E5"'),
        ("12-11", '="12-11"'),
        ("LU-1001", "LU-1001"),
        ("=1+1", "'=1+1"),
        (" @SUM(A1)", "' @SUM(A1)"),
        ("＝1+1", "'＝1+1"),
        ('1";=1+1', '1";=1+1'),
    ],
)
def test_an_id_reaches_a_spreadsheet_as_it_is_and_nothing_runs(
    cast: Cast, open_case: OpenCase, enter: Enter, number: str, cell: str
) -> None:
    case = open_case()
    Case.objects.filter(pk=case.pk).update(external_id=number)

    assert exported(enter(cast.ana))[0]["ID Externo"] == cell


def test_a_cell_never_begins_a_formula(cast: Cast, open_case: OpenCase, enter: Enter) -> None:
    cast.buyer.name = "=HYPERLINK(1)"
    cast.buyer.save()
    open_case()

    answer = enter(cast.ana).get("/cases/export.csv?tab=all")

    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert ";'=HYPERLINK(1);" in text


def test_an_empty_list_says_what_it_means(cast: Cast, enter: Enter) -> None:
    assert "Nada espera por você" in enter(cast.ana).get("/cases/").content.decode()
