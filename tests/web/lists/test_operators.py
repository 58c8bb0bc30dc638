"""Operators: what narrows a search as one types it, in the list and in Procurar."""

import re

import pytest
from django.test import Client

from tests.cast import Cast, ask, local, make_order, opener, rewrite
from tests.web.conftest import NINE, Enter
from tests.web.pages import flat
from tratativa.accounts.models import Customer
from tratativa.cases import sweeping
from tratativa.cases.core import protocols
from tratativa.cases.models import Case, Tag, Tagging


def listed(client: Client, line: str, **more: str) -> list[str]:
    """The protocols the list of all cases shows for this line."""
    page = client.get("/cases/", {"tab": "all", "q": line, **more}).text
    return re.findall(r'name="case" value="(\d+)"', flat(page))


def told(client: Client, line: str) -> str:
    """What the list says of a line it did not understand."""
    page = client.get("/cases/", {"tab": "all", "q": line}).text
    return " ".join(re.findall(r"data-trouble>(.*?)</p>", flat(page)))


@pytest.fixture
def two(cast: Cast) -> tuple[Case, Case]:
    """Joana's case of R$ 199,90 by the page at nine, and Vitor's of R$ 900,00 that is critical, by telephone."""
    first = opener(cast)(at=NINE)
    vitor = Customer.objects.get(pk=cast.vizinho.customer_id)
    order = make_order(cast.marketplace, cast.seller, vitor, "2002")
    second = opener(cast)(order=order, at=local("2026-11-22 09:00"), channel="phone", words="Outra pergunta")
    Case.objects.filter(pk=second.pk).update(
        value_cents=90000, critical=True, customer=vitor, seller_assignee=cast.ana.person_id, origin="marketplace",
        seller_due_at=local("2026-11-24 11:00"), seller_due_order=local("2026-11-24 11:00"),
    )  # fmt: skip
    order.carrier = "Rápido Sul"
    order.save()
    return first, second


@pytest.mark.parametrize(
    ("line", "first", "second"),
    [
        ("valor:>500", False, True),
        ("valor:<=R$199,90", True, False),
        ("valor:100..1.000,00", True, True),
        ("value:=900", False, True),
        ("-valor:>500", True, False),
        ("status:encerrado", False, False),
        ("status: aberto", True, True),
        ('STATUS:"aguardando PARCEIRO"', True, True),
        ("prazo:<24h", True, False),
        ("prazo:>24h", False, True),
        ("prazo:amanha", True, True),
        ("due:tomorrow", True, True),
        ("prazo:hoje", False, False),
        ("prazo:vencido", False, False),
        ("de:cliente", True, False),
        ("de:marketplace", False, True),
        ("de:joan", True, False),
        ("from:vitor", False, True),
        ("responsavel:eu", False, True),
        ("responsável:ninguém", True, False),
        ("assignee:me", False, True),
        ("responsavel:ana", False, True),
        ("canal:telefone", False, True),
        ("channel:phone", False, True),
        ("canal:telefone,mensagens", True, True),
        ("pedido:200", False, True),
        ("pedido: 1001", True, False),
        ("transportadora:rapido", False, True),
        ("critico:sim", False, True),
        ("critico:não", True, False),
        ("com:vendedor", False, False),
        ("com:parceiro", True, True),
        ("valor:>100 valor:<500", True, False),
        ("de:joana prado", True, False),
        ("canal:telefone joana", False, False),
        ("canal:telefone outra pergunta", False, True),
        ('de:"Joana Prado"', True, False),
    ],
)
def test_an_operator_narrows_the_list_in_either_language_with_or_without_accents(
    line: str, first: bool, second: bool, cast: Cast, two: tuple[Case, Case], enter: Enter
) -> None:
    wanted = {case.protocol for case, listed_ in zip(two, (first, second), strict=True) if listed_}
    client = enter(cast.ana)

    if line == "com:vendedor":  # Americanas calls its sellers «parceiro»
        assert "«vendedor»" in told(client, line)
    assert set(listed(client, line)) == wanted, told(client, line)


def test_what_is_late_is_found_late(cast: Cast, enter: Enter) -> None:
    late = opener(cast)(at=local("2026-11-20 09:00"))
    sweeping.sweep(at=local("2026-11-23 09:25"))
    opener(cast)(at=NINE, words="Outra")

    client = enter(cast.marta)
    for line in ("prazo:vencido", "prazo:atrasado", "due:overdue", "prazo:<4h"):
        assert listed(client, line) == [late.protocol]


def test_a_queue_is_named_as_its_people_call_it(cast: Cast, enter: Enter) -> None:
    rewrite(
        cast.marketplace,
        lambda data: data.update(queues=[{"label": "Troca e devolução"}]),
        at=local("2026-11-20 00:00"),
    )
    child = ask(opener(cast)(at=NINE), "troca-e-devolucao", cast.marta)
    client = enter(cast.marta)

    for line in ('fila:"Troca e devolução"', "fila:troca", "queue:devolucao", "fila: “TROCA E DEVOLUCAO”"):
        assert listed(client, line) == [child.protocol], told(client, line)
    assert "não é um operador" in told(enter(cast.ana), "fila:troca")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("fla:ka", "não é um operador daqui"),
        ("status:zzz", "«zzz» não existe aqui"),
        ("prazo:<gato", "não é um tempo"),
        ("prazo:gato", "não é um prazo"),
        ("valor:>muito", "não é um valor"),
        ("valor:", "falta dizer qual"),
        ("canal:e", None),
        ("responsavel:zoroastro", "não existe aqui"),
        ("pedido:1", "é pouco para um pedido"),
        ("de:de", "é pouco para procurar alguém"),
    ],
)
def test_what_is_not_understood_is_said_and_lists_nothing(
    line: str, said: str | None, cast: Cast, two: tuple[Case, Case], enter: Enter
) -> None:
    client = enter(cast.ana)
    if said is None:
        assert told(client, line) == ""
        return

    assert said in told(client, line)
    assert listed(client, line) == []
    assert said in client.get("/find/", {"q": line}).text
    assert client.get("/cases/export.csv", {"tab": "all", "q": line}).status_code == 400


def test_addresses_hours_and_quoted_words_are_no_operators(cast: Cast, enter: Enter) -> None:
    case = opener(cast)(at=NINE, words="O site https://loja.example/a caiu 10:30, obs: nada")
    client = enter(cast.marta)

    assert told(client, "https://loja.example/a") == told(client, "10:30") == told(client, '"fla:ka"') == ""
    assert listed(client, "obs: nada") == [case.protocol]


@pytest.mark.parametrize("line", ["de", "%", "", "da de", "status:aberto de"])
def test_nothing_in_particular_finds_nothing(line: str, cast: Cast, two: tuple[Case, Case], enter: Enter) -> None:
    page = enter(cast.marta).get("/find/", {"q": line}).text

    assert protocols.show(two[0].protocol) not in page


def test_procurar_takes_operators_too(cast: Cast, two: tuple[Case, Case], enter: Enter) -> None:
    page = enter(cast.marta).get("/find/", {"q": "valor:>500"}).text

    assert protocols.show(two[1].protocol) in page and protocols.show(two[0].protocol) not in page


def test_one_never_reaches_anothers_cases_by_an_operator(cast: Cast, two: tuple[Case, Case], enter: Enter) -> None:
    client = enter(cast.rival)

    for line in (
        "valor:>1",
        "de:joana",
        "status:aberto",
        "responsavel:ninguem",
        "prazo:amanha",
        "transportadora:rapido",
    ):
        assert listed(client, line) == []
    assert "Ana Lima" not in client.get("/find/suggest", {"q": "responsavel:"}).text
    assert "Rápido Sul" not in client.get("/find/suggest", {"q": "transportadora:"}).text


@pytest.mark.parametrize(
    ("line", "offered", "goes_on"),
    [
        ("sta", "status:", "status:"),
        ("joana pra", "prazo:", "joana prazo:"),
        ("status:enc", "Encerrado", "status:Encerrado "),
        ("status:parceiro", "Aguardando parceiro", 'status:"Aguardando parceiro" '),
        ("responsavel:", "Celia Chefe", 'responsavel:"Celia Chefe" '),
        ("canal:telefone,whats", "WhatsApp", "canal:telefone,WhatsApp "),
        ("due:", "hoje", "due:hoje "),
    ],
)
def test_what_is_typed_is_completed(line: str, offered: str, goes_on: str, cast: Cast, enter: Enter) -> None:
    page = enter(cast.ana).get("/find/suggest", {"q": line}).text

    assert f">{offered}<" in flat(page)
    assert f'data-line="{goes_on.replace(chr(34), "&quot;")}"' in page


def test_names_are_completed_in_english_for_who_reads_english(cast: Cast, enter: Enter) -> None:
    client = enter(cast.ana)
    client.cookies["language"] = "en"

    assert 'data-line="due:"' in client.get("/find/suggest", {"q": "du"}).text


@pytest.mark.parametrize(
    ("query", "first", "second"),
    [
        ("assignee=me", False, True),
        ("assignee=nobody", True, False),
        ("channel=phone", False, True),
        ("carrier=Rápido+Sul", False, True),
        ("critical=yes", False, True),
        ("critical=no", True, False),
    ],
)
def test_the_filters_of_who_channel_carrier_and_critical(
    query: str, first: bool, second: bool, cast: Cast, two: tuple[Case, Case], enter: Enter
) -> None:
    page = enter(cast.ana).get(f"/cases/?tab=all&{query}").text

    found = set(re.findall(r'name="case" value="(\d+)"', flat(page)))
    assert found == {case.protocol for case, here in zip(two, (first, second), strict=True) if here}
    assert "chip--on" in page


def test_what_age_hides_is_said_and_shown_by_one_click(cast: Cast, enter: Enter) -> None:
    case = opener(cast)(at=NINE)
    long_ago = local("2026-02-01 09:00")
    Case.objects.filter(pk=case.pk).update(closed_at=long_ago, waiting_on="nobody", last_activity_at=long_ago)
    client = enter(cast.marta)

    page = flat(client.get("/cases/?tab=closed").text)
    whole = re.search(r'href="([^"]+)">Mostrar toda a história', page)

    assert case.protocol not in page and whole
    assert case.protocol in client.get(whole.group(1).replace("&amp;", "&")).text


def test_a_tag_is_found_by_its_own_team_alone(cast: Cast, two: tuple[Case, Case], enter: Enter) -> None:
    mine = Tag.objects.create(
        marketplace=cast.marketplace, owner_id=cast.seller.pk, word="Presente de Natal", folded="presente de natal"
    )
    Tagging.objects.create(case=two[0], tag=mine, at=NINE)
    ana = enter(cast.ana)

    for line in ('etiqueta:"Presente de Natal"', "tag:presente", "etiqueta:natal"):
        assert listed(ana, line) == [two[0].protocol], told(ana, line)
    assert "Presente de Natal" in ana.get("/find/suggest", {"q": "etiqueta:"}).text
    assert "Presente" not in enter(cast.marta).get("/find/suggest", {"q": "etiqueta:"}).text
    assert "não existe aqui" in told(enter(cast.marta), "etiqueta:presente")
