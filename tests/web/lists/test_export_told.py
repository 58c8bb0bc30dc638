"""Whoever takes a list along is told of in the audit log, with how much it was; and not too often in an hour."""

from collections.abc import Callable, Iterator

import pytest
from django.core import mail
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from tests.cast import Cast
from tests.web.conftest import Enter
from tratativa.accounts import jobs, reach
from tratativa.accounts.audit.models import AuditLine
from tratativa.accounts.models import Membership, Person, Role
from tratativa.cases.core import protocols
from tratativa.cases.models import Case

EXPORT = {"tab": "all"}


def test_an_export_is_a_line_with_its_filters_and_how_much_it_was(cast: Cast, case: Case, enter: Enter) -> None:
    enter(cast.marta).get(reverse("export"), {**EXPORT, "order": "1001"})

    line = AuditLine.objects.get()
    assert (line.what, line.who_id, line.whence) == ("cases.exported", cast.marta.person_id, "127.0.0.1")
    assert line.after == {"lines": 1, "tab": "all", "order": "1001"}


def test_a_sellers_export_is_a_line_its_administrator_reads(cast: Cast, case: Case, enter: Enter) -> None:
    enter(cast.ana).get(reverse("export"), EXPORT)

    page = enter(cast.chefe).get(reverse("audit")).content.decode()

    assert AuditLine.objects.get().seller == cast.seller
    assert "Exportou a lista de atendimentos" in page
    assert "Ana Lima" in page


def test_the_line_is_there_before_anything_has_left(cast: Cast, case: Case, enter: Enter) -> None:
    answer = enter(cast.marta).get(reverse("export"), EXPORT)  # nothing is read of the stream

    assert answer.streaming
    assert AuditLine.objects.filter(what="cases.exported").exists()


@pytest.fixture
def of_nobody() -> Iterator[None]:
    """The process as it serves: what is read after a page was made is read for nobody who does not say so."""
    reach.of_nobody()
    yield
    reach.of_the_operator()


def test_the_file_is_whole_though_it_is_read_when_the_page_is_over(
    cast: Cast, case: Case, enter: Enter, of_nobody: None
) -> None:
    client, administrator = enter(cast.ana), enter(cast.chefe)

    cases = client.get(reverse("export"), EXPORT).getvalue().decode()
    lines = administrator.get(reverse("audit_export")).getvalue().decode()

    assert protocols.show(case.protocol) in cases
    assert "Exportou a lista de atendimentos" in lines


def test_an_export_too_many_in_the_hour_is_refused_in_words(
    cast: Cast, case: Case, enter: Enter, settings: Settings
) -> None:
    settings.DISCLOSURES = {"exports": 2}
    client = enter(cast.marta)
    for _turn in range(2):
        assert client.get(reverse("export"), EXPORT).status_code == 200

    refused = client.get(reverse("export"), EXPORT)

    assert refused.status_code == 429
    assert "Você exportou 2 vezes na última hora" in refused.content.decode()
    assert int(refused["Retry-After"]) > 0
    codes = list(AuditLine.objects.values_list("what", flat=True))
    assert sorted(codes) == ["cases.exported", "cases.exported", "disclosures.refused"]


def test_the_log_itself_counts_among_the_exports(cast: Cast, enter: Enter, settings: Settings) -> None:
    settings.DISCLOSURES = {"exports": 1}
    client = enter(cast.chefe)
    client.get(reverse("audit_export"))

    assert client.get(reverse("export"), EXPORT).status_code == 429


def test_a_large_export_is_told_to_another_administrator(
    cast: Cast, open_case: Callable[..., Case], enter: Enter, settings: Settings
) -> None:
    settings.DISCLOSURES = {"large": 2}
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    open_case()
    open_case(reason="Produto com defeito")

    enter(cast.ana).get(reverse("export"), EXPORT)
    jobs.tell_disclosure(**ProcrastinateJob.objects.get(task_name="accounts.tell_disclosure").args)

    assert [letter.to for letter in mail.outbox] == [["celia@equipe.example"]]
    assert "grande" in mail.outbox[0].subject


def test_who_administers_is_not_told_of_what_they_took_themselves(
    cast: Cast, case: Case, enter: Enter, settings: Settings
) -> None:
    settings.DISCLOSURES = {"large": 1}
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    boss = Person.objects.create_user(email="boss@equipe.example", password=None, name="Bruna Boss")
    Membership.objects.create(person=boss, marketplace=cast.marketplace, role=Role.ADMIN)

    enter(cast.chefe).get(reverse("export"), EXPORT)  # the only administrator of the seller
    jobs.tell_disclosure(**ProcrastinateJob.objects.get(task_name="accounts.tell_disclosure").args)

    assert [letter.to for letter in mail.outbox] == [["boss@equipe.example"]]


@pytest.mark.parametrize("wrong", [{"opened_from": "2026-02-31"}])
def test_what_is_refused_for_its_filters_is_no_export(cast: Cast, enter: Enter, wrong: dict[str, str]) -> None:
    assert enter(cast.marta).get(reverse("export"), wrong).status_code == 400

    assert not AuditLine.objects.exists()
