"""Handing a case over: with a summary that begins with what is known, and the colleague told of it (K19, point 7)."""

import html
import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from pytest_django import Settings

from tests.cast import Cast, ask, gather, opener
from tests.web.conftest import NINE, Enter
from tratativa.accounts import actors
from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Membership, Person
from tratativa.cases import door
from tratativa.cases.acting import follow_ups, replying
from tratativa.cases.core import protocols
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case
from tratativa.cases.reading import open_cases
from tratativa.mail.models import Letter
from tratativa.mail.outgoing import sending
from tratativa.playbooks import running


@pytest.fixture
def cast(db: None) -> Cast:
    return gather("compra-agora")


@pytest.fixture
def case(cast: Cast) -> Case:
    """A case with a bit of everything: told, asked of a queue, left for later, in the middle of a procedure."""
    case = opener(cast)(reason="Senha", words="Perdi a senha.")
    running.start(case, "Senha", by=cast.marta, at=NINE)
    replying.reply(case, Message("Enviamos outro SMS agora.", to="customer"), by=cast.marta, at=NINE)
    ask(case, "ka", cast.marta, at=NINE)
    with door.judging(case.pk, by=cast.marta, at=NINE) as change:
        follow_ups.leave(change, "Ligar de novo", NINE + timedelta(days=1))
    return case


@pytest.fixture
def iara(cast: Cast) -> Actor:
    """A colleague of Marta's."""
    person = Person.objects.create_user(email="iara@equipe.example", password=None, name="Iara Nunes")
    return actors.of_membership(Membership.objects.create(person=person, marketplace=cast.marketplace))


def filled(case: Case, person: object, summary: str) -> dict[str, object]:
    """The form as the page of this moment sends it."""
    return {"responsavel": str(person), "resumo": summary, "seen": Case.objects.get(pk=case.pk).row_version}


def form_of(case: Case) -> str:
    return f"/cases/{protocols.show(case.protocol)}/actions/passar-para-outra-pessoa"


def test_the_summary_begins_with_what_is_known(cast: Cast, case: Case, iara: Actor, enter: Enter) -> None:
    page = html.unescape(enter(cast.marta).get(form_of(case)).content.decode())

    for line in (
        "Situação: Aguardando parceiro (Senha).",
        "Roteiro: Senha, em «Qual é o problema?».",
        "Última coisa dita ao cliente, em seg 23/11/2026 09:00: «Enviamos outro SMS agora.»",
        "KA deve responder até seg 30/11/2026 18:00 (horário de Brasília).",
        "Tarefa para ter 24/11/2026 09:00 (horário de Brasília): Ligar de novo",
    ):
        assert line in page


def test_an_agent_hands_over_to_any_colleague_but_not_to_nobody(
    cast: Cast, case: Case, iara: Actor, enter: Enter
) -> None:
    marta = enter(cast.marta)
    page = marta.get(form_of(case)).content.decode()

    nobody = marta.post(form_of(case), filled(case, "", "Falta a KA."))
    silent = marta.post(form_of(case), filled(case, iara.person, " "))

    options = re.findall(r'<option value="([^"]*)"', page)
    assert options == ["", str(iara.person)]
    assert nobody.status_code in {409, 422} and "Falta a KA." in nobody.content.decode()
    assert silent.status_code == 422
    case.refresh_from_db()
    assert case.assignee_id != iara.person


def test_the_colleague_is_written_to_and_finds_the_case_on_their_desk(
    cast: Cast, case: Case, iara: Actor, enter: Enter, settings: Settings, clock: time_machine.Traveller
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    enter(cast.marta).post(form_of(case), filled(case, iara.person, "Falta a KA responder."))

    case.refresh_from_db()
    assert case.assignee_id == iara.person
    letter = Letter.objects.get(case=case, kind="case.handed_over")
    sending.send(letter.pk, at=NINE)
    assert mail.outbox[0].to == ["iara@equipe.example"]
    assert "Olá, Iara." in mail.outbox[0].body and "Falta a KA responder." in mail.outbox[0].body
    opened = open_cases.of(iara)
    assert [one.case_id for one in opened] == [case.pk] and opened[0].seen < case.row_version
    desk = enter(iara).get("/mine/").content.decode()
    assert protocols.show(case.protocol) in desk
    assert f'data-open-case="{case.pk}"' in desk  # though nothing was opened since they signed in


def test_the_summary_is_the_teams_alone(cast: Cast, case: Case, iara: Actor, enter: Enter) -> None:
    enter(cast.marta).post(form_of(case), filled(case, iara.person, "Cliente irritado."))

    shown = protocols.show(case.protocol)
    assert "Cliente irritado." in enter(iara).get(f"/cases/{shown}/").content.decode()
    assert "Cliente irritado." not in enter(cast.cliente).get(f"/my/cases/{shown}/").content.decode()
    assert not Letter.objects.filter(kind="case.handed_over", party="customer").exists()


def test_who_hands_a_case_to_themselves_is_not_written_to(cast: Cast, case: Case, enter: Enter) -> None:
    enter(cast.marta).post(form_of(case), filled(case, cast.marta.person, "Fico com ele."))

    assert not Letter.objects.filter(kind="case.handed_over").exists()
