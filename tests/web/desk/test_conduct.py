"""Conduct on the page: held, warned of, insisted on, told while typing; nothing typed is lost (A-34, M-05)."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast, gather, lenient, opener
from tests.web.conftest import NINE, Enter
from tests.web.pages import flat
from tratativa.cases.acting import opening
from tratativa.cases.acting.opening import Opening
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case, Text

CHARGE = "Para liberar a troca, faça um Pix de R$ 30."
OUTSIDE = "Me chama no zap que resolvo."


@pytest.fixture
def warned_case(cast: Cast, tmp_path: Path) -> Case:
    """A case where the marketplace only warns of other channels."""
    return opener(lenient(cast, tmp_path))()


def answer(client: Client, case: Case, text: str, **given: Any) -> Any:
    """Posts the composer's form, to the customer, readable and confirmed unless told otherwise."""
    usual = {"text": text, "to": "customer", "customer_reads": "yes", "switch": "shown", "confirmed": "yes"}
    return client.post(f"/cases/{case.protocol}/reply", {**usual, **given})


def said(case: Case) -> list[str]:
    """The words written in the case after its opening."""
    return list(Text.objects.filter(case=case).order_by("entry__number").values_list("body", flat=True))[1:]


def test_a_charge_is_refused_beside_the_text_and_cannot_be_insisted_on(cast: Cast, case: Case, enter: Enter) -> None:
    client = enter(cast.ana)

    pages = [answer(client, case, CHARGE), answer(client, case, CHARGE, warned="yes")]

    for page in pages:
        words = page.content.decode()
        assert page.status_code == 422
        assert "É proibido cobrar o cliente" in words
        assert CHARGE in words
        assert "Enviar mesmo assim" not in words
    assert said(case) == []


def test_a_warning_keeps_the_text_and_offers_to_send_it_all_the_same(
    cast: Cast, warned_case: Case, enter: Enter
) -> None:
    client = enter(cast.ana)

    warned = answer(client, warned_case, OUTSIDE)
    sent = answer(client, warned_case, OUTSIDE, warned="yes")

    words = warned.content.decode()
    assert warned.status_code == 422
    assert 'id="conduct-warning"' in words
    assert '<button class="button" name="warned" value="yes">' in flat(words)
    assert OUTSIDE in words
    assert sent.status_code == 302
    assert said(warned_case) == [OUTSIDE]


def test_without_javascript_the_confirmation_remembers_the_warning(cast: Cast, warned_case: Case, enter: Enter) -> None:
    client = enter(cast.ana)

    first = answer(client, warned_case, OUTSIDE, confirmed="")
    asked = answer(client, warned_case, OUTSIDE, confirmed="", warned="yes")

    assert first.status_code == 422
    assert '<input type="hidden" name="warned" value="yes">' in flat(asked.content.decode())
    assert said(warned_case) == []


def test_seller_and_marketplace_read_that_it_was_sent_all_the_same_and_the_customer_does_not(
    cast: Cast, warned_case: Case, enter: Enter
) -> None:
    answer(enter(cast.ana), warned_case, OUTSIDE, warned="yes")

    for actor in (cast.ana, cast.marta):
        assert "mesmo avisado da regra" in enter(actor).get(f"/cases/{warned_case.protocol}/").content.decode()
    assert "mesmo avisado" not in enter(cast.cliente).get(f"/my/cases/{warned_case.protocol}/").content.decode()


@pytest.mark.parametrize(
    ("given", "texts"),
    [
        ({"text": CHARGE, "to": "customer", "customer_reads": "yes"}, 1),
        ({"text": CHARGE, "to": "customer"}, 0),
        ({"text": OUTSIDE, "to": "customer", "customer_reads": "yes"}, 1),
        ({"text": OUTSIDE, "to": "marketplace"}, 0),
        ({"text": "Chega amanhã.", "to": "customer", "customer_reads": "yes"}, 0),
        ({"text": OUTSIDE}, 0),
    ],
)
def test_while_typing_the_page_asks_what_conduct_says(
    given: dict[str, str], texts: int, cast: Cast, case: Case, enter: Enter
) -> None:
    told = enter(cast.ana).post(f"/cases/{case.protocol}/conduct", given)

    assert len(told.json()["texts"]) == texts
    assert said(case) == []


def test_opening_with_a_warning_keeps_what_was_written(cast: Cast, enter: Enter, tmp_path: Path) -> None:
    lenient(cast, tmp_path)
    client = enter(cast.ana)
    form = {
        "reason": "atraso-na-entrega",
        "text": OUTSIDE,
        "to": "customer",
        "customer_reads": "yes",
        "switch": "shown",
    }

    warned = client.post(f"/orders/{cast.order.number}/open", form)
    opened = client.post(f"/orders/{cast.order.number}/open", {**form, "warned": "yes"})

    assert warned.status_code == 422
    assert OUTSIDE in warned.content.decode()
    assert "Enviar mesmo assim" in warned.content.decode()
    assert opened.status_code == 302
    assert Case.objects.count() == 1


def test_an_actions_form_shows_the_warning_and_is_sent_all_the_same(enter: Enter, db: None, tmp_path: Path) -> None:
    cast = lenient(gather("casas-bahia"), tmp_path)
    case = opening.open_case(
        Opening(cast.order, reason="Atraso na entrega", message=Message("Cadê?")), by=cast.cliente, at=NINE
    )
    client, place = enter(cast.ana), f"/cases/{case.protocol}/actions/converse-com-o-a-cliente"

    warned = client.post(place, {"mensagem": OUTSIDE})
    sent = client.post(place, {"mensagem": OUTSIDE, "warned": "yes"})

    assert warned.status_code == 422
    assert "Enviar mesmo assim" in warned.content.decode()
    assert OUTSIDE in warned.content.decode()
    assert sent.status_code == 302
    assert said(case) == [OUTSIDE]


def test_what_leads_elsewhere_is_kept_back_and_nobody_offers_to_send_it_all_the_same(
    cast: Cast, case: Case, enter: Enter
) -> None:
    client = enter(cast.ana)

    kept = answer(client, case, OUTSIDE, warned="yes")

    words = client.get(kept["Location"]).content.decode()
    assert "Mensagem retida" in words
    assert "Enviar mesmo assim" not in words
    assert OUTSIDE not in enter(cast.cliente).get(f"/my/cases/{case.protocol}/").content.decode()


def test_an_opening_refused_for_what_it_says_tells_that_nothing_was_opened(cast: Cast, enter: Enter) -> None:
    form = {
        "reason": "atraso-na-entrega",
        "text": OUTSIDE,
        "to": "customer",
        "customer_reads": "yes",
        "switch": "shown",
    }

    refused = enter(cast.ana).post(f"/orders/{cast.order.number}/open", {**form, "warned": "yes"})

    words = refused.content.decode()
    assert refused.status_code == 422
    assert "não foi aberto e nada foi enviado" in words
    assert "será lida pela equipe" not in words
    assert OUTSIDE in words
    assert not Case.objects.exists()
