"""Guided procedures on the case page: what to say, one key per answer, the picture with the step lit, child cases."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast, gather, opener
from tests.web.conftest import Enter
from tratativa.cases import protocols
from tratativa.cases.models import Case, Escalation
from tratativa.playbooks.models import Run

Do = Callable[..., str]


@pytest.fixture
def cast(db: None) -> Cast:
    return gather("compra-agora")


@pytest.fixture
def case(cast: Cast) -> Case:
    return opener(cast)(reason="Senha", words="Perdi a senha da loja.")


@pytest.fixture
def do(cast: Cast, case: Case, enter: Enter) -> Do:
    """What an agent posts about the case's procedure; gives back the case's page."""
    marta = enter(cast.marta)

    def posted(**given: object) -> str:
        return marta.post(f"/cases/{case.protocol}/run", given, follow=True).content.decode()

    return posted


def test_an_agent_chooses_among_the_procedures_and_the_reasons_own_comes_first(
    cast: Cast, case: Case, enter: Enter
) -> None:
    page = enter(cast.marta).get(f"/cases/{case.protocol}/").content.decode()

    first = page[page.index('<select class="input" id="playbook"') :]
    assert first.index("Senha") < first.index("Alterar cadastro")


def test_a_procedure_is_followed_from_its_first_question_to_its_end(case: Case, do: Do) -> None:
    asked = do(playbook="senha")
    said = do(answer="Recuperar senha", step="problema")
    told = do(answer="Sim", step="acesso")
    ended = do(answer="Finalizar", step="fim")

    assert "Qual é o problema?" in asked and 'data-key="1"' in asked
    assert "O cliente tem acesso ao e-mail e ao telefone do cadastro?" in said
    assert "Esqueci minha senha" in told and "Tudo resolvido?" in told
    assert "Este roteiro terminou." in ended
    assert Run.objects.get(case=case).finished_at


def test_an_answer_to_a_step_that_passed_changes_nothing(case: Case, do: Do) -> None:
    do(playbook="senha")
    do(answer="Recuperar senha", step="problema")

    page = do(answer="Esqueci o login", step="problema")

    assert "O roteiro já passou deste passo" in page
    assert Run.objects.get(case=case).step == "acesso"


@pytest.mark.parametrize("given", [{}, {"answer": "x" * 5000}, {"playbook": "\x00"}, {"answer": "'; drop table"}])
def test_what_no_step_asks_for_is_refused_in_words(case: Case, do: Do, given: dict[str, str]) -> None:
    do(playbook="senha")

    page = do(**given)

    assert "notice--error" in page
    assert Run.objects.get(case=case).step == "problema"


def test_what_was_asked_of_a_queue_stands_beside_the_case_and_the_procedure_waits(case: Case, do: Do) -> None:
    do(playbook="senha")
    do(answer="Não recebi e-mail ou SMS", step="problema")

    page = do(answer="Sim", step="persiste")

    child = Escalation.objects.get(parent=case).child
    assert "Espera a resposta de quem foi perguntado" in page
    assert protocols.show(child.protocol) in page and "Aguardando parceiro" in page


def test_the_picture_lights_the_step_the_case_is_at(cast: Cast, case: Case, do: Do, enter: Enter) -> None:
    do(playbook="senha")

    page = enter(cast.marta).get("/playbooks/senha/", {"case": case.protocol}).content.decode()

    assert page.count("diagram__step--current") == 1
    assert 'aria-label="Qual é o problema?' in page[: page.index("diagram__step--current") + 200]


def test_the_customer_and_a_seller_see_nothing_of_the_procedure(cast: Cast, case: Case, do: Do, enter: Enter) -> None:
    do(playbook="senha")

    theirs = enter(cast.cliente).get(f"/my/cases/{case.protocol}/").content.decode()

    assert "Qual é o problema?" not in theirs and "Roteiro" not in theirs
    assert enter(cast.ana).post(f"/cases/{case.protocol}/run", {"playbook": "senha"}).status_code == 403


def test_a_long_way_costs_no_more_queries_than_a_short_one(cast: Cast, case: Case, do: Do, enter: Enter) -> None:
    marta = enter(cast.marta)
    do(playbook="senha")
    marta.get(f"/cases/{case.protocol}/")
    with CaptureQueriesContext(connection) as short:
        marta.get(f"/cases/{case.protocol}/")
    do(answer="Recuperar senha", step="problema")
    do(answer="Sim", step="acesso")

    with CaptureQueriesContext(connection) as long:
        marta.get(f"/cases/{case.protocol}/")

    assert len(long) <= len(short)
