"""Choosing what happened: groups of plain words, those of the order's stage, and one's own words for it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, gather, rewrite
from tests.web.conftest import NINE, Enter
from tests.web.pages import flat
from tratativa.cases.core import rulebook_versions
from tratativa.cases.models import Case
from tratativa.orders.models import Order
from tratativa.rulebook import reading, shipped
from tratativa.web.customer import reasons
from tratativa.web.customer.reasons import Choice

OPEN = "/my/orders/1001/open"
GROUPED = [name for name in shipped.names() if (shipped.FOLDER / name / "reasons.yaml").exists()]


def offered(rulebook: str, stage: str = "delivered", sought: str = "", chosen: str = "") -> Choice:
    """What a customer of this marketplace is offered."""
    book = reading.load(shipped.FOLDER / rulebook).book
    own = [reason for reason in book.reasons if "customer" in reason.offered_to]
    return reasons.choice(book, own, stage, sought=sought, chosen=chosen)


def first(choice: Choice, count: int = 1) -> list[str]:
    """The labels that come first."""
    return [reason.label for group in choice.groups for reason in group.reasons][:count]


def test_every_rulebook_with_customers_reasons_has_six_groups_of_them() -> None:
    assert len(GROUPED) == 5
    for name in GROUPED:
        book = reading.load(shipped.FOLDER / name).book
        assert len(book.groups) == 6
        assert all(reason.group for reason in book.reasons if "customer" in reason.offered_to)


def test_a_page_shows_groups_and_asks_for_no_scrolling_through_twenty_one_reasons() -> None:
    shown = offered("madeiramadeira")

    headings = [group.label for group in shown.groups]
    assert len(shown.groups) <= 7
    assert headings[1] == "Chegou quebrado ou com defeito"
    assert headings[-1] == "Não é nada disso?"


def test_a_group_of_one_reason_is_that_reason_in_the_groups_words() -> None:
    alone = offered("madeiramadeira").groups[0]

    assert (alone.label, alone.title) == ("", "Ainda não chegou")
    assert [reason.label for reason in alone.reasons] == ["Pedido com Alegação de não entregue"]


def test_what_is_not_of_the_stage_stands_aside_and_may_still_be_chosen() -> None:
    before, after = offered("madeiramadeira", "paid"), offered("madeiramadeira", "delivered")
    early, late = (
        "Cancelamento de pedido/produto antes da entrega",
        "Cancelamento de pedido/produto depois da entrega",
    )

    assert early in {reason.label for group in before.groups[:-1] for reason in group.reasons}
    assert late in {reason.label for reason in before.groups[-1].reasons}
    assert early in {reason.label for reason in after.groups[-1].reasons}
    for shown in (before, after):
        assert len({reason.id for group in shown.groups for reason in group.reasons}) == 21


@pytest.mark.parametrize(
    ("rulebook", "stage", "words", "label"),
    [
        ("madeiramadeira", "shipped", "não chegou", "Atraso na entrega"),
        ("madeiramadeira", "shipped", "NAO CHEGOU", "Atraso na entrega"),
        ("madeiramadeira", "delivered", "veio quebrado", "Avaria em produto entregue"),
        ("madeiramadeira", "delivered", "o armário quebrou", "Avaria em produto entregue"),
        ("madeiramadeira", "delivered", "quero meu dinheiro", "Cancelamento de pedido/produto depois da entrega"),
        ("madeiramadeira", "paid", "quero meu dinheiro", "Cancelamento de pedido/produto antes da entrega"),
        ("americanas", "shipped", "nao cheg", "Atraso na entrega"),
        ("americanas", "delivered", "veio quebrado", "Produto com defeito"),
        ("americanas", "delivered", "quero meu dinheiro", "Devolução"),
        ("americanas", "delivered", "danf", "Nota fiscal"),
        ("casas-bahia", "shipped", "não chegou", "Atraso na entrega"),
        ("casas-bahia", "delivered", "veio quebrado", "Devolução do produto"),
        ("casas-bahia", "delivered", "quero meu dinheiro", "Devolução do produto"),
        ("compra-agora", "delivered", "não chegou", "Pedidos"),
        ("compra-agora", "delivered", "quero meu dinheiro", "Reembolso"),
        ("compra-agora", "delivered", "segunda via do boleto", "2ª via boleto"),
        ("essencial", "shipped", "não chegou", "Atraso na entrega"),
        ("essencial", "delivered", "veio quebrado", "Produto com defeito"),
        ("essencial", "delivered", "quero meu dinheiro", "Devolução"),
    ],
)  # fmt: skip
def test_a_customer_finds_it_by_their_own_words(rulebook: str, stage: str, words: str, label: str) -> None:
    assert first(offered(rulebook, stage, words)) == [label]


def test_words_nobody_has_are_said_to_be_found_nowhere() -> None:
    nothing = offered("americanas", sought="xyzzy")

    assert nothing.count == 0
    assert nothing.sought == "xyzzy"


def test_what_was_chosen_stays_while_somebody_looks_on() -> None:
    shown = offered("americanas", sought="veio quebrado", chosen="nota-fiscal")

    assert first(shown) == ["Nota fiscal"]
    assert shown.count == len(shown.groups[0].reasons) - 1


def test_the_page_has_its_groups_and_marks_what_was_chosen(cast: Cast, enter: Enter) -> None:
    Order.objects.filter(pk=cast.order.pk).update(stage="delivered")
    client = enter(cast.cliente)

    page, refused = client.get(OPEN).text, client.post(OPEN, {"reason": "produto-errado", "text": ""}).text

    assert page.count("<details") >= 2 and "Chegou com problema" in page
    assert "open>" not in "".join(re.findall(r'<details class="group"[^>]*>', page))
    assert re.search(r'<details class="group" name="groups" open>.*?Chegou com problema.*?checked', flat(refused))


def test_one_looks_without_scripts_too(cast: Cast, enter: Enter) -> None:
    page = enter(cast.cliente).get(OPEN, {"q": "quero meu dinheiro"}).text

    assert 'name="q"' in page and 'value="quero meu dinheiro"' in page
    assert "Devolução" in page and "Nota fiscal" not in page
    assert "2 motivos encontrados" in flat(page)


def test_a_search_that_finds_nothing_leads_back_to_all(cast: Cast, enter: Enter) -> None:
    page = enter(cast.cliente).get(OPEN, {"q": "<b>nada</b>"}).text

    assert "Nenhum motivo com «&lt;b&gt;nada&lt;/b&gt;»." in flat(page)
    assert "Ver todos" in page


def test_looking_asks_the_database_no_more_than_the_page_does(cast: Cast, enter: Enter) -> None:
    client = enter(cast.cliente)
    client.get(OPEN)
    counts = []
    for words in ("", "quero meu dinheiro"):
        with CaptureQueriesContext(connection) as queries:
            client.get(OPEN, {"q": words})
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_a_rulebook_without_groups_has_its_one_list(cast: Cast, enter: Enter) -> None:
    def as_before(data: dict[str, object]) -> None:
        del data["groups"]
        for reason in data["reasons"]:
            for word in ("group", "said_as", "order_stages"):
                reason.pop(word, None)

    rewrite(cast.marketplace, as_before, at=NINE)

    page = enter(cast.cliente).get(OPEN).text

    assert page.count('name="reason"') == 9
    assert '<details class="group"' not in page and 'name="q"' not in page


def test_a_reason_without_a_group_comes_last_in_plain_words(cast: Cast) -> None:
    book = reading.load(shipped.FOLDER / "americanas").book
    lost = [reason.model_copy(update={"group": ""}) for reason in book.reasons[-2:]]

    shown = reasons.choice(book, [*book.reasons[:-2], *lost], "delivered")

    assert [group.label for group in shown.groups][-2:] == ["Outros motivos", "Não é nada disso?"]
    assert [reason.label for reason in shown.groups[-2].reasons] == ["Dúvida sobre o produto", "Outros assuntos"]


def test_a_case_may_be_opened_for_what_is_not_of_the_stage(cast: Cast, enter: Enter) -> None:
    Order.objects.filter(pk=cast.order.pk).update(stage="shipped")

    opened = enter(cast.cliente).post(OPEN, {"reason": "produto-com-defeito", "text": "Chegou hoje, quebrado."})

    assert opened.status_code == 302
    assert Case.objects.get().reason == "produto-com-defeito"


def test_an_english_reader_looks_in_english(db: None, enter: Enter) -> None:
    cast = gather("essencial")
    book = rulebook_versions.in_force(cast.marketplace.pk)
    assert book.groups
    client = enter(cast.cliente)
    client.cookies["language"] = "en"

    page = client.get(OPEN, {"q": "broke"}).text

    assert "Defective product" in page and "Invoice" not in page
