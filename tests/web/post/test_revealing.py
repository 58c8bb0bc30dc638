"""Data of people that a page masks until somebody asks to see them: told in the audit log, and not too many an hour."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings

from tests.cast import Cast
from tests.papers import answer_with
from tests.web.conftest import Enter
from tests.web.pages import flat
from tratativa.accounts import actors, jobs
from tratativa.accounts.actors import Actor
from tratativa.accounts.audit.models import AuditLine
from tratativa.accounts.models import Membership, Person, Role
from tratativa.cases.core import protocols
from tratativa.cases.files import attachments
from tratativa.cases.models import Attachment, Case
from tratativa.web.frame import revealing

WHOLE = "529.982.247-25"


@pytest.fixture
def boss(cast: Cast) -> Actor:
    person = Person.objects.create_user(email="boss@equipe.example", password=None, name="Bruna Boss")
    member = Membership.objects.create(person=person, marketplace=cast.marketplace, role=Role.ADMIN)
    return actors.of_membership(member)


@pytest.fixture
def case(open_case: Callable[..., Case], cast: Cast) -> Case:
    cast.buyer.phone = "11987654321"
    cast.buyer.save()
    return open_case()


def page_of(client: Client, case: Case) -> str:
    return flat(client.get(reverse("case", args=[case.protocol])).content.decode())


def ask(client: Client, cast: Cast, field: str, case: Case) -> str:
    here = reverse("case", args=[protocols.show(case.protocol)])
    asked = client.post(reverse("reveal", args=[cast.buyer.pk, field]), {"case": case.protocol}, follow=True)
    assert asked.redirect_chain[-1][0] == here
    return flat(asked.content.decode())


def test_a_telephone_is_shown_to_whoever_asks_and_the_log_says_who(cast: Cast, case: Case, enter: Enter) -> None:
    client = enter(cast.marta)
    before = page_of(client, case)

    after = ask(client, cast, "phone", case)

    assert "11987654321" not in before
    assert "••• 4321" in before
    assert "11987654321" in after
    assert WHOLE not in after
    line = AuditLine.objects.get()
    assert (line.what, line.who_id, line.whence, line.about) == (
        revealing.PHONE, cast.marta.person_id, "127.0.0.1", "Joana Prado",
    )  # fmt: skip
    assert line.after == {"case": protocols.show(case.protocol)}
    assert "11987654321" not in f"{line.before}{line.after}{line.about}"


def test_what_was_asked_for_stays_through_news_and_is_masked_again_after_ten_minutes(
    cast: Cast, case: Case, enter: Enter, clock: time_machine.Traveller
) -> None:
    client = enter(cast.marta)
    ask(client, cast, "document", case)

    soon = page_of(client, case)
    clock.shift(timedelta(minutes=11))
    later = page_of(client, case)

    assert WHOLE in soon
    assert WHOLE not in later
    assert AuditLine.objects.count() == 1


def test_what_one_asked_for_is_masked_to_another(cast: Cast, case: Case, boss: Actor, enter: Enter) -> None:
    ask(enter(cast.marta), cast, "document", case)

    assert WHOLE not in page_of(enter(boss), case)


def test_a_seller_is_shown_a_masked_document_and_offered_no_more(cast: Cast, case: Case, enter: Enter) -> None:
    page = page_of(enter(cast.ana), case)

    assert "***.982.247-**" in page
    assert "/reveal/" not in page
    assert "4321" not in page


def test_nothing_else_of_a_customer_can_be_asked_for(cast: Cast, enter: Enter) -> None:
    answer = enter(cast.marta).post(reverse("reveal", args=[cast.buyer.pk, "email"]))

    assert answer.status_code == 404
    assert not AuditLine.objects.exists()


def test_the_reveal_goes_back_to_no_address_but_ours(cast: Cast, enter: Enter) -> None:
    answer = enter(cast.marta).post(
        reverse("reveal", args=[cast.buyer.pk, "phone"]), {"next": "https://ladrao.example/"}
    )

    assert answer["Location"] == "/"


def test_whoever_opens_much_in_an_hour_is_refused_and_an_administrator_is_told(
    cast: Cast, case: Case, boss: Actor, enter: Enter, settings: Settings, clock: time_machine.Traveller
) -> None:
    settings.DISCLOSURES = {"reveals": 3}
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    client = enter(cast.marta)
    for _turn in range(3):
        ask(client, cast, "phone", case)
    clock.shift(timedelta(minutes=11))

    refused = ask(client, cast, "document", case)
    ask(client, cast, "document", case)
    jobs.tell_disclosure(**ProcrastinateJob.objects.get(task_name="accounts.tell_disclosure").args)

    assert "Você abriu 3 dados na última hora" in refused
    assert WHOLE not in refused
    assert AuditLine.objects.filter(what="disclosures.refused").count() == 1
    assert "Marta Mesa: Foi recusado" in flat(enter(boss).get(reverse("audit")).content.decode())
    (letter,) = mail.outbox
    assert letter.to == ["boss@equipe.example"]
    assert "Marta Mesa" in letter.subject
    assert reverse("audit") in letter.body


def test_an_hour_later_they_may_again(
    cast: Cast, case: Case, enter: Enter, settings: Settings, clock: time_machine.Traveller
) -> None:
    settings.DISCLOSURES = {"reveals": 1}
    client = enter(cast.marta)
    ask(client, cast, "phone", case)

    clock.shift(timedelta(hours=1, minutes=1))

    assert WHOLE in ask(client, cast, "document", case)


def test_one_who_is_refused_stops_nobody_else(
    cast: Cast, case: Case, boss: Actor, enter: Enter, settings: Settings
) -> None:
    settings.DISCLOSURES = {"reveals": 1}
    client = enter(cast.marta)
    ask(client, cast, "phone", case)
    ask(client, cast, "document", case)

    assert WHOLE in ask(enter(boss), cast, "document", case)


def test_an_identity_paper_is_a_reveal_and_one_too_many_is_refused_in_words(
    cast: Cast, case: Case, enter: Enter, settings: Settings
) -> None:
    settings.DISCLOSURES = {"reveals": 1}
    paper = _paper(cast, case)
    client = enter(cast.marta)

    first = client.get(reverse("file", args=[paper.pk]))
    second = client.get(reverse("file", args=[paper.pk]))

    assert first.getvalue() == b"rg"
    assert second.status_code == 429
    assert "Você abriu 1 dados na última hora" in second.content.decode()
    assert AuditLine.objects.filter(what=revealing.PAPER).count() == 1
    assert case.entries.filter(event="document.opened").count() == 1  # the ledger tells of no opening that was refused


def test_an_identity_paper_is_opened_by_nobody_whose_role_only_reads(cast: Cast, case: Case, enter: Enter) -> None:
    paper = _paper(cast, case)
    person = Person.objects.create_user(email="nina@equipe.example", password=None, name="Nina")
    reader = Membership.objects.create(person=person, marketplace=cast.marketplace, role=Role.ANALYST)

    answer = enter(actors.of_membership(reader)).get(reverse("file", args=[paper.pk]))

    assert answer.status_code == 403
    assert not AuditLine.objects.filter(what=revealing.PAPER).exists()


def _paper(cast: Cast, case: Case) -> Attachment:
    """An identity paper the customer sent."""
    at = case.opened_at
    paper = attachments.receive(SimpleUploadedFile("rg.txt", b"rg"), by=cast.cliente, at=at, limit=100)
    answer_with(case, paper, by=cast.cliente, at=at)
    return paper


def test_a_right_taken_away_takes_along_what_it_had_opened(cast: Cast, case: Case, enter: Enter) -> None:  # P-12
    client = enter(cast.marta)
    ask(client, cast, "phone", case)
    ask(client, cast, "document", case)
    assert "11987654321" in page_of(client, case) and WHOLE in page_of(client, case)

    Membership.objects.filter(person=cast.marta.person_id).update(role=Role.ANALYST)

    seen = page_of(client, case)
    assert "11987654321" not in seen and WHOLE not in seen
