"""A rulebook in two languages on the pages: each reader's own; the ledger and letters have the rulebook's."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.cast import MONDAY, Cast, gather, opener, rewrite
from tests.web.conftest import Enter
from tratativa.accounts.actors import Actor
from tratativa.cases.acting import actions
from tratativa.cases.core import rulebook_versions
from tratativa.cases.models import Case, Entry
from tratativa.mail.models import Letter
from tratativa.mail.outgoing import writing


@pytest.fixture
def cast(db: None) -> Cast:
    return gather("essencial")


@pytest.fixture
def case(cast: Cast) -> Case:
    return opener(cast)(reason="Late delivery", at=MONDAY)


def in_english(enter: Enter, who: Actor) -> Client:
    client = enter(who)
    client.cookies["language"] = "en"
    return client


def test_the_same_case_is_read_in_each_ones_language(cast: Cast, case: Case, enter: Enter) -> None:
    theirs = in_english(enter, cast.ana).get(f"/cases/{case.protocol}/").content.decode()
    ours = enter(cast.ana).get(f"/cases/{case.protocol}/").content.decode()

    assert case.reason == "atraso"
    for english, portuguese in (
        ("Late delivery", "Atraso na entrega"),
        ("Waiting for the seller", "Aguardando vendedor"),
    ):
        assert english in theirs and portuguese not in theirs
        assert portuguese in ours and english not in ours


def test_what_is_done_in_english_is_kept_in_the_rulebooks_own_language(cast: Cast, case: Case, enter: Enter) -> None:
    cast.order.stage = "shipped"
    cast.order.save()
    agent = in_english(enter, cast.ana)

    agent.post(
        f"/cases/{case.protocol}/actions/informar-nova-previsao",
        {"previsao": "2026-11-27", "seen": case.row_version},
    )

    told = Entry.objects.select_related("words").get(case=case, event="message.told")
    assert told.said == "Seu pedido 1001 tem uma nova previsão de entrega: 27/11/2026."
    page = agent.get(f"/cases/{case.protocol}/").content.decode()
    assert "Tell a new date" in page


def test_a_list_is_filtered_by_a_status_in_any_language(cast: Cast, case: Case, enter: Enter) -> None:
    for client, status in (
        (enter(cast.ana), "Waiting for the seller"),
        (in_english(enter, cast.ana), "Aguardando vendedor"),
    ):
        page = client.get("/cases/", {"tab": "all", "status": status}).content.decode()
        assert "Joana Prado" in page


def test_a_letter_speaks_the_marketplaces_language(cast: Cast, enter: Enter) -> None:
    rewrite(cast.marketplace, lambda data: data.update(language="en"), at=MONDAY - timedelta(days=1))
    case = opener(cast)(reason="Late delivery", at=MONDAY)
    letter = Letter.objects.filter(case=case, party="seller").first()
    assert letter is not None

    with rulebook_versions.letters_in(rulebook_versions.of(case)):
        content = writing.write(letter, at=MONDAY)

    assert "Late delivery" in content.subject
    assert content.greeting.startswith("Hello")


def test_a_reader_whose_browser_asks_for_nothing_reads_the_rulebooks_language(cast: Cast, enter: Enter) -> None:
    rewrite(cast.marketplace, lambda data: data.update(language="en"), at=MONDAY - timedelta(days=1))
    case = opener(cast)(reason="Late delivery", at=MONDAY)

    page = enter(cast.ana).get(f"/cases/{case.protocol}/").content.decode()
    asked = enter(cast.ana).get(f"/cases/{case.protocol}/", headers={"accept-language": "pt-BR,pt;q=0.9"})

    assert 'lang="en"' in page
    assert "Waiting for the seller" in page
    assert "Aguardando vendedor" in asked.content.decode()


def test_a_refusal_is_said_in_the_language_of_who_tried(cast: Cast, case: Case, enter: Enter) -> None:
    answer = in_english(enter, cast.marta).post(f"/cases/{case.protocol}/actions/decidir-a-mediacao", {"seen": 1})

    assert "Nobody asked for mediation" in answer.content.decode()
    assert actions.verdict(case, cast.marta, at=MONDAY).find("Decide the mediation") is not None
