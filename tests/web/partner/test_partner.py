"""A partner's pages: its child cases and nothing of what stands behind them, by login or by a letter's link (K19)."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
import time_machine
from django.core import mail, signing
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.mail import EmailMultiAlternatives
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from tests.cast import Cast, answerer, ask, gather, local, opener
from tests.tampering import switched_off
from tests.web.conftest import NINE, Enter
from tests.web.pages import flat
from tratativa.accounts.actors import Actor
from tratativa.accounts.audit.models import AuditLine
from tratativa.cases import door, sweeping
from tratativa.cases.acting import actions, replying
from tratativa.cases.core import live, protocols
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case
from tratativa.cases.queues import child_reports, links, sharing
from tratativa.mail.models import Letter, Mailbox
from tratativa.mail.outgoing import sending
from tratativa.web.frame import revealing

SECRETS = ("joana@cliente.example", "Joana", "Prado", "Senha da loja perdida", "11999998888", "52998224725")


@pytest.fixture
def cast(db: None) -> Cast:
    cast = gather("compra-agora")
    cast.buyer.phone = "11999998888"
    cast.buyer.save()
    return cast


@pytest.fixture
def case(cast: Cast) -> Case:
    """A case about a password, with whatever a partner must not learn said in it."""
    return opener(cast)(reason="Senha", words="Senha da loja perdida. Sou Joana Prado, joana@cliente.example.")


@pytest.fixture
def kaio(cast: Cast) -> Actor:
    """Of KA, a queue whose letters have an address."""
    return answerer(cast.marketplace, "ka", "Kaio Reis")


@pytest.fixture
def child(cast: Cast, case: Case, kaio: Actor) -> Case:
    """What the SAC asks KA, showing the order's number and nothing of its customer."""
    return ask(case, "ka", cast.marta, words="O SMS não chega. Podem ver?", share=["pedido", "valor"])


@pytest.fixture
def by_link(child: Case) -> Client:
    """The browser of somebody who received the letter and has no account."""
    browser = Client()
    browser.post(f"/partner/link/{links.make(child, at=NINE)}")
    return browser


def shown(case: Case) -> str:
    return protocols.show(case.protocol)


def page_of(browser: Client, case: Case) -> str:
    return browser.get(f"/partner/cases/{shown(case)}/", follow=True).content.decode()


@contextmanager
def heard() -> Iterator[list[tuple[set[str], dict[str, object]]]]:
    """What open pages are told meanwhile, as they would hear it."""
    told: list[tuple[set[str], dict[str, object]]] = []
    with CaptureQueriesContext(connection) as queries:
        yield told
    for query in queries:
        found = re.search(r"pg_notify\('[a-z_]+', '(\{.*\})'\)", query["sql"])
        if found:
            news = json.loads(found[1])
            told.append((set(news["topics"]), {name: news[name] for name in news if name != "topics"}))


def test_the_list_begins_with_what_waits_for_an_answer(cast: Cast, case: Case, kaio: Actor, enter: Enter) -> None:
    answered, closed, waits = (ask(case, "ka", cast.marta, words=words) for words in ("Um?", "Dois?", "Três?"))
    replying.reply(answered, Message("Sim."), by=kaio, at=NINE)
    actions.perform(closed, "Finalizar chamado", by=cast.marta, at=NINE)

    page = enter(kaio).get("/partner/").content.decode()

    places = [page.index(shown(one)) for one in (waits, answered, closed)]
    assert places == sorted(places)


def test_whoever_signs_in_for_a_partner_begins_at_its_list(kaio: Actor, child: Case, enter: Enter) -> None:
    page = enter(kaio).get("/", follow=True)

    assert page.request["PATH_INFO"] == "/partner/"
    assert shown(child) in page.content.decode()


def test_the_page_says_what_was_shared_until_when_and_what_follows(kaio: Actor, child: Case, enter: Enter) -> None:
    page = page_of(enter(kaio), child)

    assert "O SMS não chega. Podem ver?" in page
    assert "<dt>Pedido</dt>" in page and "1001" in page and "R$" in page
    assert "Responda até seg 30/11/2026 18:00 (horário de Brasília)." in page
    assert "Sem resposta até lá, o chamado fica como não respondido" in page


@pytest.mark.parametrize("way", ["login", "link"])
def test_an_answer_with_a_file_brings_the_case_back_to_its_agent(
    way: str, case: Case, child: Case, kaio: Actor, enter: Enter, by_link: Client, cast: Cast
) -> None:
    browser = enter(kaio) if way == "login" else by_link
    file = SimpleUploadedFile("log.txt", b"enviado 09:12")

    page = browser.post(
        f"/partner/cases/{shown(child)}/reply", {"text": "Reenviamos o SMS.", "files": file}, follow=True
    )
    child_reports.report(child.pk)

    told = page.content.decode()
    assert "Resposta recebida. Agora é com Americanas." in told and "log.txt" in told
    case.refresh_from_db()
    assert case.waiting_on == "marketplace"
    assert "KA respondeu ao chamado filho." in enter(cast.marta).get(f"/cases/{shown(case)}/").content.decode()


def test_an_empty_answer_is_refused_and_the_file_already_there_stays(by_link: Client, child: Case) -> None:
    answer = by_link.post(
        f"/partner/cases/{shown(child)}/reply", {"text": " ", "files": SimpleUploadedFile("log.txt", b"x")}
    )

    assert answer.status_code == 422
    assert "Escreva a mensagem." in answer.content.decode() and "log.txt" in answer.content.decode()


def test_nothing_a_partner_reaches_tells_of_the_case_behind(
    cast: Cast, case: Case, child: Case, kaio: Actor, enter: Enter, by_link: Client
) -> None:
    replying.reply(child, Message("Vimos o erro."), by=kaio, at=NINE)
    replying.reply(child, Message("E a correção?"), by=cast.marta, at=NINE)
    child_reports.report(child.pk)
    actions.perform(case, "Anotar", by=cast.marta, at=NINE, fields={"texto": "Joana ligou de novo"})
    ways = [
        "",
        f"cases/{shown(child)}/",
        f"cases/{shown(child)}/timeline",
        "?show=waiting",
        "?show=open",
        "?show=closed",
    ]

    pages = [
        str(dict(answer.headers)) + answer.content.decode()
        for browser in (enter(kaio), by_link)
        for answer in (browser.get(f"/partner/{way}", follow=True) for way in ways)
    ]
    letters = [sent(letter) for letter in Letter.objects.filter(party="partner")]

    hidden = (*SECRETS, case.protocol, shown(case), str(case.pk), str(cast.buyer.pk), "Joana ligou de novo")
    assert len(letters) > 1
    assert [word for word in hidden for page in [*pages, *letters] if word.lower() in page.lower()] == []


def test_the_case_behind_is_not_there_for_a_partner(case: Case, child: Case, enter: Enter, kaio: Actor) -> None:
    browsers = [enter(kaio), Client()]
    browsers[1].post(f"/partner/link/{links.make(child, at=NINE)}")

    for browser in browsers:
        assert browser.get(f"/partner/cases/{shown(case)}/").status_code == 404
        assert browser.get(f"/cases/{shown(case)}/").status_code in {302, 403}
        assert browser.get("/cases/export.csv").status_code in {302, 403}
        assert browser.get(f"/go?q={shown(case)}").status_code in {302, 403}


def test_a_partners_page_hears_of_its_child_case_and_of_nothing_else(
    cast: Cast, case: Case, child: Case, kaio: Actor
) -> None:
    token = live.token(kaio, session="s", at=NINE), live.token(kaio, child, session="s", at=NINE)
    mine = {topic for one in token for topic in signing.loads(one, salt=live.SALT)["topics"]}

    with heard() as behind:
        replying.reply(case, Message("Ainda nada?"), by=cast.cliente, at=NINE)
        replying.reply(case, Message("Estamos vendo."), by=cast.marta, at=NINE)
        actions.perform(case, "Anotar", by=cast.marta, at=NINE, fields={"texto": "KA demora"})
    with heard() as own:
        replying.reply(child, Message("Alguma novidade?"), by=cast.marta, at=NINE)

    assert behind and [news for topics, news in behind if topics & mine] == []
    assert [(set(news), news["id"]) for topics, news in own if topics & mine] == [({"id", "at"}, str(child.pk))]


def test_a_link_opens_its_case_alone(cast: Cast, case: Case, child: Case, kaio: Actor, by_link: Client) -> None:
    other = ask(case, "ka", cast.marta, words="E o e-mail?")

    listed = by_link.get("/partner/", follow=True).content.decode()

    assert shown(child) in listed and shown(other) not in listed
    assert by_link.get(f"/partner/cases/{shown(other)}/").status_code == 404


def test_a_scanner_that_follows_the_link_first_uses_nothing_up(child: Case) -> None:
    secret = links.make(child, at=NINE)
    before = child.entries.count()

    for _visitor in ("scanner", "another scanner"):
        seen = Client().get(f"/partner/link/{secret}", follow=True)
        assert "O SMS não chega" not in seen.content.decode()
    last = Client().post(f"/partner/link/{secret}", follow=True)

    assert "O SMS não chega" in last.content.decode()
    assert child.entries.count() == before


def test_a_link_opens_for_as_long_as_its_case_is_open_and_a_month_more(
    cast: Cast, child: Case, clock: time_machine.Traveller
) -> None:
    address = f"/partner/link/{links.make(child, at=NINE)}"
    clock.move_to(NINE + timedelta(days=200))
    open_still = Client().post(address, follow=True)
    actions.perform(child, "Finalizar chamado", by=cast.marta, at=NINE + timedelta(days=200))
    clock.move_to(NINE + timedelta(days=229))
    reader = Client()
    read_only = reader.post(address, follow=True).content.decode()
    clock.move_to(NINE + timedelta(days=231))

    assert "O SMS não chega" in open_still.content.decode()
    assert "O SMS não chega" in read_only and 'name="text"' not in read_only
    assert Client().get(address).status_code == 410
    assert page_of(reader, child).count("O SMS não chega") == 0


def test_a_revoked_link_opens_nothing_and_lets_out_whoever_is_in(
    cast: Cast, child: Case, by_link: Client, enter: Enter
) -> None:
    address = f"/partner/link/{links.make(child, at=NINE)}"

    told = enter(cast.marta).post(f"/cases/{shown(child)}/links/revoke", follow=True).content.decode()

    assert "Links revogados." in told
    assert Client().get(address).status_code == 410
    assert "O SMS não chega" not in page_of(by_link, child)
    assert Client().get(f"/partner/link/{links.make(child, at=NINE)}").status_code == 200


@pytest.mark.parametrize("mailbox", [True, False])
def test_a_closed_case_can_be_read_and_says_whom_to_write_to(
    mailbox: bool, cast: Cast, child: Case, kaio: Actor, enter: Enter
) -> None:
    if mailbox:
        Mailbox.objects.create(marketplace=cast.marketplace, address="sac@loja.example", kind="smtp")
    actions.perform(child, "Finalizar chamado", by=cast.marta, at=NINE)

    page = page_of(enter(kaio), child)

    assert "Este chamado foi encerrado em" in page and "O SMS não chega" in page
    assert ("escreva para sac@loja.example" if mailbox else "procure a equipe de Americanas") in page
    assert 'name="text"' not in page


def test_after_the_term_the_page_says_that_an_answer_still_arrives(
    cast: Cast, child: Case, kaio: Actor, enter: Enter, clock: time_machine.Traveller
) -> None:
    clock.move_to(local("2026-12-01 09:00"))
    sweeping.sweep(at=local("2026-12-01 09:00"))

    page = page_of(enter(kaio), child)

    assert "O prazo para responder terminou em seg 30/11/2026 18:00 (horário de Brasília)." in page
    assert "Prazo «Resposta ao chamado» perdido" in page


def to_be_paid(cast: Cast) -> tuple[Case, Actor]:
    """A case whose queue was shown an account, and one of that queue's people."""
    fabia = answerer(cast.marketplace, "financeiro", "Fábia Finanças")
    child = ask(opener(cast)(reason="Reembolso"), "financeiro", cast.marta, share=["loja"])
    with door.judging(child.pk, by=cast.marta, at=NINE) as change:
        sharing.show(change, sharing.Shared(sealed=[("Conta", "12345-6")], names=["conta"]))
    return child, fabia


def revealed(browser: Client, child: Case) -> str:
    """The page once somebody asked to see the bank data, where there are any."""
    browser.post(f"/partner/cases/{shown(child)}/reveal")
    return page_of(browser, child)


def test_bank_data_reach_the_queue_that_pays_and_are_gone_once_it_says_so(cast: Cast, enter: Enter) -> None:
    case = opener(cast)(reason="Reembolso", words="Quero o estorno.")
    fabia = answerer(cast.marketplace, "financeiro", "Fábia Finanças")
    child = ask(case, "financeiro", cast.marta, share=["loja"])
    with door.judging(child.pk, by=cast.marta, at=NINE) as change:
        sharing.show(change, sharing.Shared(sealed=[("Conta", "12345-6")], names=["conta"]))
    browser = enter(fabia)
    before = revealed(browser, child)

    paid = browser.post(f"/partner/cases/{shown(child)}/actions/confirmar-pagamento", follow=True)
    child_reports.report(child.pk)

    assert "12345-6" in before and "Confirmar pagamento" in before
    assert "Feito: Confirmar pagamento." in paid.content.decode()
    assert "12345-6" not in paid.content.decode()  # not even before they are erased
    assert "12345-6" not in page_of(browser, child)
    assert browser.post(f"/partner/cases/{shown(child)}/reveal").status_code == 404


@pytest.mark.parametrize(
    ("words", "ticked", "kept"),
    [("Preciso saber se a conta é corrente.", True, True), ("Pago hoje, tudo bem?", False, False)],
)
def test_bank_data_stay_while_the_queue_says_that_it_only_asks(
    cast: Cast, enter: Enter, words: str, ticked: bool, kept: bool
) -> None:
    case = opener(cast)(reason="Reembolso", words="Quero o estorno.")
    browser = enter(answerer(cast.marketplace, "financeiro", "Fábia Finanças"))
    child = ask(case, "financeiro", cast.marta, share=["loja"])
    with door.judging(child.pk, by=cast.marta, at=NINE) as change:
        sharing.show(change, sharing.Shared(sealed=[("Conta", "12345-6")], names=["conta"]))
    assert "ainda preciso dos dados bancários" in page_of(browser, child)

    posted = {"text": words} | ({"wait_for_answer": "yes"} if ticked else {})
    browser.post(f"/partner/cases/{shown(child)}/reply", posted)
    child_reports.report(child.pk)

    assert ("Mostrar os dados bancários" in page_of(browser, child)) is kept
    assert ("12345-6" in revealed(browser, child)) is kept


def test_bank_data_are_masked_until_somebody_of_the_queue_asks_and_the_log_says_who(cast: Cast, enter: Enter) -> None:
    child, fabia = to_be_paid(cast)
    browser = enter(fabia)
    masked = page_of(browser, child)

    opened = revealed(browser, child)

    assert "12345-6" not in masked and "Conta" in masked
    assert "12345-6" in opened
    line = AuditLine.objects.get()
    assert (line.what, line.who_id, line.partner) == (revealing.BANK, fabia.person_id, child.partner)
    assert "12345-6" not in f"{line.after}{line.about}"


def test_whoever_has_the_letters_link_is_told_of_by_the_link_and_counted_by_the_queue(
    cast: Cast, settings: Settings
) -> None:
    settings.DISCLOSURES = {"reveals": 1}
    child, _fabia = to_be_paid(cast)
    other = ask(opener(cast)(reason="Senha"), "ka", cast.marta)
    with door.judging(other.pk, by=cast.marta, at=NINE) as change:
        sharing.show(change, sharing.Shared(sealed=[("Conta", "98765-4")], names=["conta"]))
    first, second = Client(), Client()
    first.post(f"/partner/link/{links.make(child, at=NINE)}")
    second.post(f"/partner/link/{links.make(other, at=NINE)}")

    opened = [revealed(first, child), revealed(second, other)]

    assert ["12345-6" in opened[0], "98765-4" in opened[1]] == [True, True]
    assert "Você abriu 1 dados" in flat(first.post(f"/partner/cases/{shown(child)}/reveal", follow=True).text)
    lines = AuditLine.objects.filter(what=revealing.BANK).order_by("at")
    assert [(line.who, line.by_command, line.partner) for line in lines] == [
        (None, "", child.partner), (None, "", other.partner)
    ]  # fmt: skip


def test_bank_data_of_a_case_that_ended_are_shown_to_nobody_before_they_are_erased(cast: Cast, enter: Enter) -> None:
    child, fabia = to_be_paid(cast)
    actions.perform(child, "Confirmar pagamento", by=fabia, at=NINE)  # and they are not erased yet

    assert enter(fabia).post(f"/partner/cases/{shown(child)}/reveal").status_code == 404
    assert not AuditLine.objects.exists()


def test_the_letter_to_a_queue_carries_a_link_and_the_one_to_a_person_an_address(child: Case, kaio: Actor) -> None:
    bodies = {letter.address: sent(letter) for letter in Letter.objects.filter(case=child, party="partner")}

    assert "/partner/link/" in bodies["ka@parceiro.example"] and "Abrir o chamado" in bodies["ka@parceiro.example"]
    assert f"/partner/cases/{child.protocol}/" in bodies["kaio@ka.example"]
    kept = Letter.objects.get(address="ka@parceiro.example")
    assert "/partner/link/" not in kept.text + kept.html


def test_the_letters_link_opens_the_case(child: Case) -> None:
    letter = Letter.objects.get(case=child, address="ka@parceiro.example")
    address = re.search(r"/partner/link/[\w-]+", sent(letter))
    assert address

    assert "O SMS não chega" in Client().post(address[0], follow=True).content.decode()


def test_who_has_no_account_and_no_link_is_shown_the_way(child: Case) -> None:
    page = Client().get(f"/partner/cases/{shown(child)}/", follow=True).content.decode()

    assert "Entrar com a minha conta" in page
    assert f"next=%2Fpartner%2Fcases%2F{shown(child)}" in page


def test_the_lists_cost_the_same_for_one_and_for_many(cast: Cast, case: Case, kaio: Actor, enter: Enter) -> None:
    ask(case, "ka", cast.marta)
    browser = enter(kaio)
    browser.get("/partner/")
    with CaptureQueriesContext(connection) as one:
        browser.get("/partner/")
    for _number in range(6):
        ask(case, "ka", cast.marta)

    with CaptureQueriesContext(connection) as many:
        browser.get("/partner/")

    assert len(one) == len(many) <= 6


def test_a_long_list_goes_on_page_by_page(cast: Cast, case: Case, kaio: Actor, enter: Enter) -> None:
    asked = [ask(case, "ka", cast.marta, words=f"Pergunta {number}?") for number in range(53)]
    browser = enter(kaio)
    whole = browser.get("/partner/?show=waiting").content.decode()
    after = re.search(r'href="(/partner/\?show=waiting&amp;after=[^"]+)"', whole)
    assert after

    rest = browser.get(after[1].replace("&amp;", "&")).content.decode()

    found = [one for one in asked if (shown(one) in whole) != (shown(one) in rest)]
    assert len(found) == 53
    assert "Ver todos" in browser.get("/partner/").content.decode()


def sent(letter: Letter) -> str:
    """A letter as it leaves, its link included."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.EMAIL_BACKEND", "django.core.mail.backends.locmem.EmailBackend")
        mail.outbox = []
        sending.send(letter.pk, at=NINE)
        message = mail.outbox[0]
    assert isinstance(message, EmailMultiAlternatives)
    return f"{message.subject}\n{message.body}\n{message.alternatives}\n{message.extra_headers}"


def test_a_link_opens_nothing_once_its_case_is_another_partners(cast: Cast, child: Case) -> None:
    browser = Client()
    secret = links.make(child, at=NINE)
    browser.post(f"/partner/link/{secret}")
    assert browser.get(f"/partner/cases/{shown(child)}/").status_code == 200
    nrp = answerer(cast.marketplace, "nrp", "Nara Reis")

    with switched_off():
        Case.objects.filter(pk=child.pk).update(partner=nrp.partner_id)

    assert browser.get(f"/partner/cases/{shown(child)}/").status_code == 302
    assert Client().get(f"/partner/link/{secret}").status_code == 410


def test_who_belongs_to_the_queue_keeps_all_of_it_after_opening_a_letters_link(
    cast: Cast, child: Case, kaio: Actor, enter: Enter
) -> None:
    other = ask(opener(cast)(reason="Senha"), "ka", cast.marta, words="E este?")
    browser = enter(kaio)

    browser.post(f"/partner/link/{links.make(child, at=NINE)}")

    assert browser.get(f"/partner/cases/{shown(other)}/").status_code == 200
