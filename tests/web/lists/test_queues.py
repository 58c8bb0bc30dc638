"""Filas and Meus casos: each queue with its load, what is due first, and the next one taken once."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, answerer, ask, gather, opener
from tests.web.conftest import NINE, Enter
from tests.web.pages import flat
from tratativa.accounts import actors
from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Membership, Partner, Person
from tratativa.cases import sweeping
from tratativa.cases.acting import actions, opening, replying
from tratativa.cases.acting.opening import Opening
from tratativa.cases.core import protocols
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case
from tratativa.cases.queues import workload
from tratativa.cases.queues.workload import Load


@pytest.fixture
def cast(db: None) -> Cast:
    return gather("compra-agora")


@pytest.fixture
def boss(cast: Cast) -> Actor:
    person = Person.objects.create_user(email="otavio@equipe.example", password=None, name="Otávio Admin")
    return actors.of_membership(Membership.objects.create(person=person, marketplace=cast.marketplace, role="admin"))


def opened(cast: Cast, reason: str = "Senha", hours: int = 0) -> Case:
    at = NINE + timedelta(hours=hours)
    return opening.open_case(
        Opening(cast.order, reason=reason, message=Message("Preciso de ajuda.")), by=cast.cliente, at=at
    )


def shown(case: Case) -> str:
    return protocols.show(case.protocol)


def assign(case: Case, to: Actor) -> None:
    actions.perform(case, "Atribuir", by=to, at=NINE, fields={"responsavel": str(to.person)})


def test_each_queue_is_counted(cast: Cast, clock: time_machine.Traveller) -> None:
    kaio = answerer(cast.marketplace, "ka", "Kaio Reis")
    waits, answered, late = (ask(opened(cast), "ka", cast.marta) for _case in range(3))
    opened(cast)
    assign(opened(cast), cast.marta)
    assign(waits, cast.marta)
    sweeping.sweep(at=NINE + timedelta(days=30))
    replying.reply(answered, Message("Pronto."), by=kaio, at=NINE + timedelta(days=30))

    counted = workload.loads(cast.marta)

    assert late.pk
    assert counted["ka"] == Load(waiting=2, unowned=2, overdue=2, mine=1)
    assert (counted[workload.OWN].unowned, counted[workload.OWN].mine) == (1, 1)
    assert "nrp" not in counted


def test_the_page_shows_the_load_and_the_queues_own_words(cast: Cast, enter: Enter) -> None:
    ask(opened(cast), "ka", cast.marta)

    page = enter(cast.marta).get("/queues/").content.decode()

    assert "Mande sempre a evidência." in page
    assert page.index("SAC Compra Agora") < page.index(">KA<") < page.index(">NRP<")
    assert 'href="/queues/ka/?show=unowned"><strong>1</strong>' in flat(page)


def test_a_queues_note_stands_beside_the_case_sent_to_it(cast: Cast, enter: Enter) -> None:
    case = opened(cast)
    child = ask(case, "ka", cast.marta)
    marta = enter(cast.marta)

    pages = [marta.get(f"/cases/{shown(one)}/").content.decode() for one in (case, child)]

    assert all("Mande sempre a evidência." in page for page in pages)


def test_whoever_chooses_a_queue_reads_what_is_worth_knowing_of_it(cast: Cast, enter: Enter) -> None:
    case = opened(cast)

    page = enter(cast.marta).get(f"/cases/{shown(case)}/actions/criar-ticket-secundario").content.decode()
    page = flat(page)

    assert 'aria-describedby="para-ka"' in page
    assert 'id="para-ka">Analisa erros do site' in page


def test_the_list_begins_with_what_is_due_first(cast: Cast, enter: Enter) -> None:
    later = ask(opened(cast), "ka", cast.marta, at=NINE + timedelta(days=1))
    sooner = ask(opened(cast), "ka", cast.marta, at=NINE)

    page = enter(cast.marta).get("/queues/ka/").content.decode()

    assert page.index(shown(sooner)) < page.index(shown(later))


def test_the_next_one_is_the_most_urgent_that_is_nobodys(cast: Cast, enter: Enter) -> None:
    later = ask(opened(cast), "ka", cast.marta, at=NINE + timedelta(days=1))
    sooner = ask(opened(cast), "ka", cast.marta, at=NINE)
    marta = enter(cast.marta)

    pages = [marta.post("/queues/ka/take", follow=True) for _time in range(3)]

    said = [page.content.decode() for page in pages]
    assert f"O atendimento {shown(sooner)} agora é seu." in said[0]
    assert f"O atendimento {shown(later)} agora é seu." in said[1]
    assert "Nada sem responsável na fila KA." in said[2]
    sooner.refresh_from_db()
    assert sooner.assignee_id == cast.marta.person_id
    assert sooner.entries.filter(event="case.assigned").count() == 1


def test_the_teams_own_queue_gives_what_waits_for_the_team(cast: Cast, enter: Enter) -> None:
    answered = opened(cast)
    replying.reply(answered, Message("Já vai.", to="customer"), by=cast.marta, at=NINE)
    waits = opened(cast)

    page = enter(cast.marta).post("/queues/_team/take", follow=True).content.decode()

    assert f"O atendimento {shown(waits)} agora é seu." in page


def test_a_queue_that_is_not_in_the_rules_is_not_there(cast: Cast, enter: Enter) -> None:
    assert enter(cast.marta).get("/queues/nao-existe/").status_code == 404


def test_my_cases_are_those_i_am_responsible_for(cast: Cast, enter: Enter) -> None:
    mine, free, closed = opened(cast), opened(cast), opened(cast)
    assign(mine, cast.marta)
    assign(closed, cast.marta)
    actions.perform(closed, "Finalizar chamado", by=cast.marta, at=NINE)

    page = enter(cast.marta).get("/mine/").content.decode()

    assert shown(mine) in page
    assert shown(free) not in page and shown(closed) not in page


def test_what_i_took_from_a_partner_s_queue_is_mine_too(cast: Cast, enter: Enter) -> None:
    asked = ask(opened(cast), "ka", cast.marta)
    marta = enter(cast.marta)

    marta.post("/queues/ka/take")

    assert shown(asked) in marta.get("/mine/").text


def test_a_sellers_agent_has_cases_of_their_own(db: None, enter: Enter) -> None:
    cast = gather()
    case = opener(cast)()
    actions.perform(case, "Atribuir responsável", by=cast.ana, at=NINE, fields={"responsavel": str(cast.ana.person)})

    assert shown(case) in enter(cast.ana).get("/mine/").content.decode()
    assert shown(case) not in enter(cast.marta).get("/mine/").content.decode()


def test_a_long_queue_goes_on_page_by_page(cast: Cast, enter: Enter) -> None:
    case = opened(cast)
    asked = [ask(case, "ka", cast.marta) for _case in range(53)]
    marta = enter(cast.marta)
    first = marta.get("/queues/ka/").content.decode()
    after = re.search(r'href="(\?show=waiting&amp;after=[^"]+)"', first)
    assert after

    rest = marta.get("/queues/ka/" + after[1].replace("&amp;", "&")).content.decode()

    assert all((shown(one) in first) != (shown(one) in rest) for one in asked)


@pytest.mark.parametrize("path", ["/queues/", "/queues/ka/", "/mine/"])
def test_the_pages_cost_the_same_for_one_and_for_many(path: str, cast: Cast, enter: Enter) -> None:
    marta = enter(cast.marta)
    assign(opened(cast), cast.marta)
    ask(opened(cast), "ka", cast.marta)
    marta.get(path)
    with CaptureQueriesContext(connection) as one:
        marta.get(path)
    for _number in range(5):
        assign(opened(cast), cast.marta)
        ask(opened(cast), "ka", cast.marta)

    with CaptureQueriesContext(connection) as many:
        marta.get(path)

    assert len(one) == len(many) <= 11


def test_an_administrator_says_where_a_queues_letters_go(cast: Cast, boss: Actor, enter: Enter) -> None:
    browser = enter(boss)

    said = browser.post("/queues/ka/reach", {"partner": "", "email": " ka@parceiro.example "}, follow=True)

    assert "Endereço guardado" in said.content.decode() and "ka@parceiro.example" in said.content.decode()
    assert Partner.objects.get(marketplace=cast.marketplace, queue="ka").email == "ka@parceiro.example"


def test_a_wrong_address_is_refused_in_words_and_an_agent_changes_none(cast: Cast, boss: Actor, enter: Enter) -> None:
    wrong = enter(boss).post("/queues/ka/reach", {"email": "ka em lugar nenhum"})
    agents = enter(cast.marta).post("/queues/ka/reach", {"email": "ka@parceiro.example"})

    assert wrong.status_code == 422 and "Este não é um endereço de e-mail" in wrong.content.decode()
    assert agents.status_code == 403 and "Só quem administra" in agents.content.decode()
    assert not Partner.objects.filter(marketplace=cast.marketplace, email__gt="").exists()


def test_each_sellers_own_queue_has_an_address_of_its_own(cast: Cast, boss: Actor, enter: Enter) -> None:
    ask(opened(cast), "distribuidor", cast.marta)
    partner = Partner.objects.get(queue="distribuidor", seller=cast.seller)

    enter(boss).post("/queues/distribuidor/reach", {"partner": str(partner.pk), "email": "sac@aurora.example"})

    partner.refresh_from_db()
    assert partner.email == "sac@aurora.example"
    assert enter(boss).post("/queues/ka/reach", {"partner": str(partner.pk), "email": "x@y.example"}).status_code == 404


def test_what_was_asked_of_a_queue_is_no_case_of_the_teams_list_but_is_found_by_its_number(
    cast: Cast, enter: Enter
) -> None:
    parent = opened(cast)
    child = ask(parent, "ka", cast.marta)
    client = enter(cast.marta)

    everything = client.get("/cases/?tab=all")
    by_number = client.get("/cases/", {"tab": "all", "protocol": shown(child)})

    assert [row["protocol"] for row in everything.context["rows"]] == [parent.protocol]
    assert [row["protocol"] for row in by_number.context["rows"]] == [child.protocol]
