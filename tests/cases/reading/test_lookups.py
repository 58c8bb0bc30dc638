"""Who looks for many documents is stopped: what is shown masked leaves a thousand that it may be."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache
from django.db import connections
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from tests import retail
from tests.cast import MONDAY, Cast
from tests.web.conftest import sign_in
from tratativa.accounts.actors import Actor
from tratativa.accounts.audit.disclosures import TooMuch
from tratativa.accounts.audit.models import AuditLine
from tratativa.accounts.models import Customer, Membership, Role
from tratativa.cases.models import Case
from tratativa.cases.reading import finding

MOST = 3


@pytest.fixture(autouse=True)
def few(db: None, settings: Settings) -> Iterator[None]:
    settings.DISCLOSURES = {"lookups": MOST}
    cache.clear()
    yield
    cache.clear()


def cpf(first: int) -> str:
    """A whole CPF with its two check digits."""
    digits = [int(one) for one in f"{first:09d}"]
    for weight in (10, 11):
        rest = sum(one * by for one, by in zip(digits, range(weight, 1, -1), strict=False)) * 10 % 11
        digits.append(rest % 10)
    return "".join(map(str, digits))


@pytest.fixture
def case(open_case: Callable[..., Case]) -> Case:
    return open_case()


def role(actor: Actor, role: Role) -> Actor:
    Membership.objects.filter(person=actor.person_id).update(role=role)
    return Actor(actor.party, actor.marketplace_id, actor.name, role, actor.person_id, actor.seller_id)


def test_a_document_is_found_whole_and_not_by_its_beginning(cast: Cast, case: Case) -> None:
    whole = cast.buyer.document

    for actor in (cast.marta, role(cast.marta, Role.ANALYST), cast.ana):
        assert cast.buyer in finding.find(actor, whole, at=MONDAY).people
        for digits in range(3, 11):
            assert not finding.find(actor, whole[:digits], at=MONDAY).people
            assert not finding.find(actor, whole[-digits:], at=MONDAY).people


def test_who_may_not_open_a_telephone_finds_nobody_by_the_end_of_one(cast: Cast, case: Case) -> None:
    Customer.objects.filter(pk=cast.buyer.pk).update(phone="+55 11 98765-4321")
    analyst = role(cast.marta, Role.ANALYST)

    assert cast.buyer in finding.find(cast.marta, "4321", at=MONDAY).people
    assert not finding.find(analyst, "4321", at=MONDAY).people
    assert not finding.find(analyst, "98765-4321", at=MONDAY).people
    assert cast.buyer in finding.find(analyst, "11 98765-4321", at=MONDAY).people


def test_many_documents_in_an_hour_are_refused_told_and_counted_once_each(cast: Cast, case: Case) -> None:
    for number in range(MOST):
        finding.find(cast.ana, cpf(number + 100_000_000), at=MONDAY)
        finding.find(cast.ana, cpf(number + 100_000_000), at=MONDAY)  # a page drawn again

    for _again in range(2):
        with pytest.raises(TooMuch, match="3 documentos diferentes"):
            finding.find(cast.ana, cast.buyer.document, at=MONDAY)

    (line,) = AuditLine.objects.filter(what="disclosures.refused")
    assert line.who_id == cast.ana.person_id and line.after == {"lookups": MOST}
    assert ProcrastinateJob.objects.filter(task_name="accounts.tell_disclosure").count() == 1
    assert cast.buyer in finding.find(cast.marta, cast.buyer.document, at=MONDAY).people


@pytest.mark.parametrize(
    "address",
    ["/find/?q=cliente:{all}", "/find/?q={one}", "/cases/?tab=all&document={one}", "/cases/?tab=all&q=cliente:{all}",
     "/cases/export.csv?tab=all&document={one}", "/go?q={one}"],
)  # fmt: skip
def test_no_way_of_looking_is_past_the_count(address: str, cast: Cast, case: Case) -> None:
    client = sign_in(cast.marta)
    tried = [cpf(number + 100_000_000) for number in range(MOST + 1)]
    if "{all}" in address:
        answers = [client.get(address.format(all=",".join(tried)))]
    else:
        answers = [client.get(address.format(one=one), follow=True) for one in tried]

    assert answers[-1].status_code == 429
    assert "documentos diferentes na última hora" in answers[-1].text


@pytest.mark.parametrize("sign", ["５", "⑤", "⁵", "₅", "𝟓"])
def test_a_digit_in_another_dress_is_counted_as_itself(cast: Cast, case: Case, sign: str) -> None:
    for number in range(MOST):
        finding.find(cast.ana, cpf(number + 100_000_000), at=MONDAY)
    whole = cast.buyer.document
    assert "5" in whole

    with pytest.raises(TooMuch):
        finding.find(cast.ana, whole.replace("5", sign), at=MONDAY)


@pytest.mark.django_db(transaction=True)
def test_what_was_refused_is_refused_however_often_it_is_asked(cast: Cast, case: Case) -> None:
    for number in range(MOST):
        finding.find(cast.ana, cpf(number + 100_000_000), at=MONDAY)

    def ask(_number: int) -> bool:
        try:
            return bool(finding.find(cast.ana, cast.buyer.document, at=MONDAY).people)
        except TooMuch:
            return False
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        assert not any(pool.map(ask, range(24)))


def test_an_analyst_s_whole_telephones_are_counted_too(cast: Cast, case: Case) -> None:
    analyst = role(cast.marta, Role.ANALYST)
    for number in range(MOST):
        finding.find(analyst, f"11 98765-432{number}", at=MONDAY)

    with pytest.raises(TooMuch):
        finding.find(analyst, "11 98765-4329", at=MONDAY)


def test_opening_a_case_for_a_document_is_a_look_for_it_too(db: None) -> None:
    client = sign_in(retail.gather().agent)
    tried = [cpf(number + 100_000_000) for number in range(MOST + 1)]

    answers = [client.post("/cases/open", {"document": one, "find": "1"}) for one in tried]

    assert [one.status_code for one in answers] == [422] * MOST + [429]
