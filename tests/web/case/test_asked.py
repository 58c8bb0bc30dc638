"""What a queue answered, on the page of the case that asked: its words, its files, the way to the child case (K19)."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, answerer, ask, gather, opener
from tests.web.conftest import NINE, Enter
from tests.web.pages import flat
from tratativa.accounts.actors import Actor
from tratativa.cases.acting import actions, replying
from tratativa.cases.core import protocols
from tratativa.cases.files import attachments
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case
from tratativa.cases.queues import child_reports


@pytest.fixture
def cast(db: None) -> Cast:
    return gather("compra-agora")


@pytest.fixture
def case(cast: Cast) -> Case:
    return opener(cast)(reason="Senha", words="Perdi a senha.")


@pytest.fixture
def kaio(cast: Cast) -> Actor:
    return answerer(cast.marketplace, "ka", "Kaio Reis")


def shown(case: Case) -> str:
    return protocols.show(case.protocol)


def answer(child: Case, words: str, by: Actor, *names: str) -> None:
    files = [
        attachments.receive(SimpleUploadedFile(name, b"x"), by=by, at=NINE, limit=1000, draft=None) for name in names
    ]
    replying.reply(child, Message(words, files=files), by=by, at=NINE)


def test_the_agent_reads_the_answer_where_they_work(cast: Cast, case: Case, kaio: Actor, enter: Enter) -> None:
    child = ask(case, "ka", cast.marta)
    answer(child, "Reenviamos o SMS.", kaio, "log.txt")
    child_reports.report(child.pk)

    page = enter(cast.marta).get(f"/cases/{shown(case)}/").content.decode()

    assert "Reenviamos o SMS." in page and "log.txt" in page
    assert "só a sua equipe lê" in page


def test_both_of_two_messages_are_read_and_each_once(cast: Cast, case: Case, kaio: Actor, enter: Enter) -> None:
    child = ask(case, "ka", cast.marta)
    for words in ("Estamos vendo.", "Era o provedor."):
        answer(child, words, kaio)
    child_reports.report(child.pk)
    answer(child, "Corrigido.", kaio)
    child_reports.report(child.pk)

    page = enter(cast.marta).get(f"/cases/{shown(case)}/").content.decode()

    told = page[page.index('id="timeline"') : page.index("</section>", page.index('id="timeline"'))]
    assert [told.count(words) for words in ("Estamos vendo.", "Era o provedor.", "Corrigido.")] == [1, 1, 1]


def test_the_child_case_is_reached_from_the_timeline_too(cast: Cast, case: Case, kaio: Actor, enter: Enter) -> None:
    child = ask(case, "ka", cast.marta)
    answer(child, "Pronto.", kaio)
    child_reports.report(child.pk)

    page = flat(enter(cast.marta).get(f"/cases/{shown(case)}/").content.decode())

    for words in ("Chamado filho aberto para KA.", "KA respondeu ao chamado filho."):
        assert f'<a class="link" href="/cases/{shown(child)}/">{words}</a>' in page


def test_nobody_but_the_team_reads_it(cast: Cast, case: Case, kaio: Actor, enter: Enter) -> None:
    child = ask(case, "ka", cast.marta)
    answer(child, "Reenviamos o SMS.", kaio)
    child_reports.report(child.pk)

    page = enter(cast.cliente).get(f"/my/cases/{shown(case)}/").content.decode()

    words = re.sub(r"<[^>]*>", " ", page)  # a page's tokens may spell anything
    assert "Senha" in words and "Reenviamos o SMS." not in words and "KA" not in words.split()


def test_an_answer_that_only_closed_the_child_case_says_so(cast: Cast, enter: Enter) -> None:
    case = opener(cast)(reason="Reembolso", words="Quero o estorno.")
    fabia = answerer(cast.marketplace, "financeiro", "Fábia Finanças")
    child = ask(case, "financeiro", cast.marta)
    actions.perform(child, "Confirmar pagamento", by=fabia, at=NINE)
    child_reports.report(child.pk)

    page = enter(cast.marta).get(f"/cases/{shown(case)}/").content.decode()

    assert "Financeiro respondeu ao chamado filho." in page


def test_the_page_costs_the_same_for_one_answer_and_for_many(cast: Cast, case: Case, kaio: Actor, enter: Enter) -> None:
    marta = enter(cast.marta)

    def ask_and_hear() -> None:
        child = ask(case, "ka", cast.marta)
        answer(child, "Pronto.", kaio)
        child_reports.report(child.pk)
        marta.get(f"/cases/{shown(case)}/")

    ask_and_hear()
    with CaptureQueriesContext(connection) as one:
        marta.get(f"/cases/{shown(case)}/")
    for _number in range(4):
        ask_and_hear()

    with CaptureQueriesContext(connection) as many:
        marta.get(f"/cases/{shown(case)}/")

    assert len(one) == len(many)
