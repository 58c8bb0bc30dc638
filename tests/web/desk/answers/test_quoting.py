"""«Usar na resposta»: a piece of an article stands in the composer, filled from the case; nobody is told anything."""

import re
from datetime import timedelta
from typing import Any

import pytest

from tests.cast import Cast, opener, rewrite
from tests.web.conftest import NINE, Enter
from tests.web.pages import flat
from tratativa.cases.messages import drafts
from tratativa.cases.models import Case, Entry
from tratativa.mail.models import Letter

REASON = {"kind": "reason", "name": "atraso-na-entrega"}


@pytest.fixture
def place(case: Case) -> str:
    return f"/cases/{case.protocol}/quote"


def test_from_the_case_the_article_of_its_reason_offers_each_piece(cast: Cast, case: Case, enter: Enter) -> None:
    client = enter(cast.ana)
    link = re.search(r'href="(/articles/reason/atraso-na-entrega[^"]*)"', client.get(f"/cases/{case.protocol}/").text)
    assert link

    page = flat(client.get(link.group(1)).text)
    alone = client.get("/articles/reason/atraso-na-entrega").text

    assert f"/cases/{case.protocol[:8]}" in page
    assert page.count("Usar na resposta") == 1 + len(
        re.findall(r'<section class="stack"><h2>(?!Artigos|Para saber)', page)
    )
    assert "?case=" in page
    assert "Usar na resposta" not in alone


def test_a_piece_stands_after_what_was_written_and_is_sent_to_nobody(
    cast: Cast, case: Case, place: str, enter: Enter
) -> None:
    client = enter(cast.ana)
    drafts.keep(
        case, by=cast.ana, at=NINE, words="Oi, Joana.", rich="<p><strong>Oi, Joana.</strong></p>", to="customer"
    )
    before = (Entry.objects.count(), Letter.objects.count())

    answer = client.post(place, {**REASON, "section": "0"})
    page = flat(client.get(answer["Location"]).text)

    draft = drafts.of(case, cast.ana)
    assert draft is not None
    assert draft.body.startswith("Oi, Joana.\n\n") and len(draft.body) > 20
    assert draft.rich.startswith("<p><strong>Oi, Joana.</strong></p>")
    assert draft.to == "customer"
    assert (Entry.objects.count(), Letter.objects.count()) == before
    assert "Nada foi enviado." in page
    assert "Oi, Joana." in page


def test_a_list_is_quoted_as_lines(cast: Cast, case: Case, place: str, enter: Enter) -> None:
    enter(cast.ana).post(place, {**REASON, "section": "1"})

    draft = drafts.of(case, cast.ana)
    assert draft is not None
    assert all(line.startswith("- ") for line in draft.body.split("\n"))


def test_gaps_are_filled_from_the_case_and_what_it_lacks_cannot_be_sent(cast: Cast, enter: Enter) -> None:
    def lengthen(book: dict[str, Any]) -> None:
        (one,) = (one for one in book["reasons"] if one["label"] == "Atraso na entrega")
        one["help"] = "O pedido {{ order }} de {{ customer }}: faltam {{ shortage }}."

    rewrite(cast.marketplace, lengthen, at=NINE - timedelta(days=1))
    case, client = opener(cast)(at=NINE), enter(cast.ana)

    page = flat(
        client.get(client.post(f"/cases/{case.protocol}/quote", {**REASON, "section": "lead"})["Location"]).text
    )
    draft = drafts.of(case, cast.ana)
    assert draft is not None
    sending = {"text": draft.body, "to": "customer", "customer_reads": "yes", "switch": "shown", "confirmed": "yes"}
    refused = client.post(f"/cases/{case.protocol}/reply", sending)

    assert draft.body == "O pedido 1001 de Joana Prado: faltam ⟦o valor da ruptura⟧."
    assert "Preencha antes de enviar: o valor da ruptura." in page
    assert refused.status_code == 422


@pytest.mark.parametrize(
    "given",
    [
        {}, {"kind": "reason", "name": "nenhum", "section": "0"}, {**REASON, "section": "99"},
        {**REASON, "section": "-1"}, {**REASON, "section": "x"}, {**REASON},
    ],
)  # fmt: skip
def test_what_is_no_piece_of_an_article_is_not_there(
    cast: Cast, case: Case, place: str, enter: Enter, given: dict[str, str]
) -> None:
    assert enter(cast.ana).post(place, given).status_code == 404
    assert drafts.of(case, cast.ana) is None


def test_only_who_may_answer_the_case_quotes_into_it(cast: Cast, case: Case, place: str, enter: Enter) -> None:
    assert enter(cast.rival).post(place, {**REASON, "section": "0"}).status_code == 404
    assert enter(cast.rival).get(f"/articles/reason/atraso-na-entrega?case={case.protocol}").status_code == 404
