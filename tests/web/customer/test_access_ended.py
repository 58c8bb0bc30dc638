"""What a customer came in by can be taken away: by themselves, by the team, and with the link it hung on."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests.cast import Cast
from tests.web.conftest import NINE, Enter
from tratativa.accounts import clock, signing_in
from tratativa.accounts.access import customer_access
from tratativa.accounts.models import Key
from tratativa.cases.core import protocols
from tratativa.cases.models import Case, Entry


def by_link(cast: Cast, case: Case) -> Client:
    """A browser that came in by the link of a letter."""
    browser = Client()
    secret = signing_in.make_link(cast.buyer, case.pk, at=clock.now())
    address = reverse("customer_link", args=[secret])
    browser.get(address)
    browser.post(address)
    assert browser.get("/my/").status_code == 200
    return browser


def test_a_session_that_came_by_a_link_ends_with_the_link(cast: Cast, case: Case) -> None:
    browser = by_link(cast, case)

    Key.objects.update(revoked_at=clock.now())

    assert browser.get("/my/").status_code == 302


def test_a_session_that_came_by_a_link_ends_when_the_link_does(cast: Cast, case: Case) -> None:
    browser = by_link(cast, case)

    Key.objects.update(expires_at=clock.now() - timedelta(seconds=1))

    assert browser.get("/my/").status_code == 302


def test_leaving_everywhere_ends_every_session_and_every_link(cast: Cast, case: Case, enter: Enter) -> None:
    telephone, computer = by_link(cast, case), enter(cast.cliente)
    secret = signing_in.make_link(cast.buyer, case.pk, at=NINE)

    answer = computer.post(reverse("customer_leave_everywhere"), follow=True)

    assert "Você saiu em todos os aparelhos" in answer.content.decode()
    assert [browser.get("/my/").status_code for browser in (telephone, computer)] == [302, 302]
    assert Client().get(reverse("customer_link", args=[secret])).status_code == 410


def test_the_team_shuts_a_customer_out_and_the_case_says_so(cast: Cast, case: Case, enter: Enter) -> None:
    telephone = by_link(cast, case)
    desk = enter(cast.marta)
    page = reverse("case", args=[protocols.show(case.protocol)])
    assert "Encerrar os acessos do cliente" in desk.get(page).content.decode()

    answer = desk.post(reverse("shut_out", args=[protocols.show(case.protocol)]), follow=True)

    assert "Acessos encerrados: as sessões do cliente e 1 link que ainda abria." in answer.content.decode()
    assert telephone.get("/my/").status_code == 302
    assert Entry.objects.filter(case=case, event="customer.shut_out").exists()
    assert "já não abrem nada" in answer.content.decode()


@pytest.mark.parametrize("who", ["ana", "chefe"])
def test_a_seller_shuts_nobody_out(cast: Cast, case: Case, enter: Enter, who: str) -> None:
    browser = enter(getattr(cast, who))
    page = reverse("case", args=[protocols.show(case.protocol)])

    assert "Encerrar os acessos do cliente" not in browser.get(page).content.decode()
    assert browser.post(reverse("shut_out", args=[protocols.show(case.protocol)])).status_code == 403


def test_who_was_shut_out_comes_in_anew(cast: Cast, case: Case, enter: Enter) -> None:
    enter(cast.marta).post(reverse("shut_out", args=[protocols.show(case.protocol)]))

    with time_machine.travel(clock.now() + timedelta(seconds=1), tick=False):
        assert by_link(cast, case).get("/my/").status_code == 200


def test_a_session_of_the_very_moment_of_the_shutting_out_is_over(cast: Cast, case: Case, enter: Enter) -> None:
    browser, now = enter(cast.cliente), clock.now()  # the clock of these tests stands still
    session = browser.session
    session["entered"] = now.timestamp()
    session.save()
    assert browser.get("/my/").status_code == 200

    customer_access.shut_out(cast.buyer.pk, at=now)

    assert browser.get("/my/").status_code == 302
