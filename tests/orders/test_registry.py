"""Asking the Receita: in a job, once at a time, with its answer kept as a fact that grows old."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from pytest_django import Settings

from tests import retail
from tests.cast import MONDAY
from tests.retail import Retail
from tratativa.accounts.models import Registration
from tratativa.cases.core import facts
from tratativa.cases.core.refusals import NotAllowed
from tratativa.cases.models import Case
from tratativa.cases.queues import receita
from tratativa.orders import registrations, registry, streets
from tratativa.orders.models import Lookup
from tratativa.playbooks import running

LATER = MONDAY + timedelta(minutes=1)


@pytest.fixture
def cast(db: None, settings: Settings) -> Iterator[Retail]:
    settings.REGISTRY = "tratativa.demo.recorded:Recorded"
    yield retail.gather()


def asked(cast: Retail, document: str = retail.FLOWER) -> tuple[Case, Lookup]:
    """The Receita asked about the retailer, whose CNPJ is this one, and its answer brought."""
    case = cast.case()
    cast.retailer.document = document
    cast.retailer.save()
    lookup = receita.ask(case, by=cast.agent, at=MONDAY)
    receita.carry(lookup.pk, at=LATER)
    lookup.refresh_from_db()
    case.refresh_from_db()
    return case, lookup


def test_the_answer_is_kept_with_its_date_and_the_case_hears_of_it_once(cast: Retail) -> None:
    case, lookup = asked(cast)
    receita.carry(lookup.pk, at=LATER)

    registration = Registration.objects.get(customer=cast.retailer)
    events = list(case.entries.filter(event__startswith="registry").values_list("event", flat=True))
    assert lookup.state == "answered"
    assert (registration.registry_state, registration.registry_at) == ("active", LATER)
    assert events == ["registry.asked", "registry.answered"]


def test_an_accent_and_a_country_code_are_no_difference_and_another_address_is(cast: Retail) -> None:
    _case, lookup = asked(cast)
    registration = registrations.of(cast.retailer)
    company = registry.company(lookup.answer)
    assert company

    compared = {one.name: one.differs for one in registry.compare(cast.retailer, registration, company)}

    assert compared == {"name": False, "address": False, "email": True, "phone": False}


def test_what_the_receita_said_is_a_fact_for_a_day(cast: Retail) -> None:
    case, _lookup = asked(cast)

    today, tomorrow = (facts.of_customer(case, LATER + timedelta(hours=hours)) for hours in (23, 25))

    assert (today["customer.registry"], today["customer.registry_match"]) == ("outdated", "differs")
    assert today["customer.same_root"] is True
    assert "customer.registry" not in tomorrow


@pytest.mark.parametrize(("document", "state"), [(retail.UNKNOWN, "unknown"), (retail.AWAY, "failed")])
def test_a_cnpj_nobody_knows_and_a_receita_that_is_away_are_told_apart(cast: Retail, document: str, state: str) -> None:
    case, lookup = asked(cast, document)

    assert lookup.state == state
    assert case.entries.get(event="registry.answered").data["state"] == state
    assert receita.ask(case, by=cast.agent, at=LATER).state == "asked"  # and it may be asked again


def test_an_alphanumeric_cnpj_is_asked_about(cast: Retail) -> None:
    _case, lookup = asked(cast, retail.SISTERS)

    assert lookup.answer["trade_name"] == "Empório Três Irmãs"


def test_nobody_asks_twice_at_once_and_a_lost_question_does_not_block_the_next(cast: Retail) -> None:
    case = cast.case()
    first = receita.ask(case, by=cast.agent, at=MONDAY)

    with pytest.raises(NotAllowed, match="já está sendo consultada"):
        receita.ask(case, by=cast.boss, at=LATER)
    receita.ask(case, by=cast.boss, at=MONDAY + timedelta(minutes=3))

    first.refresh_from_db()
    assert first.state == "failed"


def test_only_the_team_asks_and_only_where_a_registry_is_installed(cast: Retail, settings: Settings) -> None:
    case = cast.case()

    with pytest.raises(NotAllowed, match="da equipe"):
        receita.ask(case, by=cast.customer, at=MONDAY)
    settings.REGISTRY = ""
    with pytest.raises(NotAllowed, match="não tem consulta"):
        receita.ask(case, by=cast.agent, at=MONDAY)


def test_a_procedure_that_stands_at_the_check_goes_on_when_the_answer_comes(cast: Retail) -> None:
    case = cast.case("Alterar cadastro")
    running.start(case, "Endereço", by=cast.agent, at=MONDAY)
    lookup = receita.ask(case, by=cast.agent, at=MONDAY)

    receita.carry(lookup.pk, at=LATER)

    run = running.of(case)
    assert run
    assert run.path[-1] == ["endereco", "receita", "outdated"]
    assert run.step == "fim"


def test_a_check_answers_itself_from_a_fresh_answer_and_the_agent_answers_without_one(cast: Retail) -> None:
    case, _lookup = asked(cast)
    known = running.start(case, "Endereço", by=cast.agent, at=LATER)
    other = cast.case("Alterar cadastro")

    unknown = running.start(other, "Endereço", by=cast.agent, at=LATER + timedelta(days=2))

    assert (known.step, unknown.step) == ("fim", "receita")
    assert running.choose(other, "Não atualizado", by=cast.agent, at=LATER + timedelta(days=2)).step == "fim"


def test_a_connector_nobody_installed_fails_in_words_and_names_the_setting(cast: Retail, settings: Settings) -> None:
    settings.REGISTRY = "nowhere"

    _case, lookup = asked(cast)

    assert lookup.state == "failed"
    assert "TRATATIVA_REGISTRY" in lookup.trouble


@pytest.mark.parametrize(
    ("ours", "theirs", "same"),
    [
        ("R. das Camélias, nº 45, Vila Nova", "RUA DAS CAMELIAS, 45, VL NOVA", True),
        ("Av. Dr. Paulo Ayres, 9, CEP 18000-120", "Avenida Doutor Paulo Ayres 9 18000120", True),
        ("Rod. BR-101, km 3", "Rodovia BR 101, KM 3", True),
        ("R. das Camélias, 45", "R. das Camélias, 46", False),
        ("Rua Sta. Rita, 1", "Rua São Rita, 1", False),
    ],
)
def test_an_abbreviation_is_no_other_address(ours: str, theirs: str, same: bool) -> None:
    assert (streets.plain(ours) == streets.plain(theirs)) is same
