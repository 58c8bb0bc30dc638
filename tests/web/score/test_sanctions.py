"""Sanctions on the pages: notice, defence and decision, each in its own hands and readable by the other."""

from collections.abc import Callable
from dataclasses import replace

import pytest
import time_machine

from tests.cast import Cast, local
from tests.web.conftest import Enter
from tratativa.accounts.models import Membership, Role, Seller
from tratativa.cases import sweeping
from tratativa.cases.models import Case
from tratativa.reputation.models import Sanction

WHY = "Seis clientes ficaram sem resposta neste mês."


@pytest.fixture
def six_missed(cast: Cast, open_case: Callable[..., Case], clock: time_machine.Traveller) -> None:
    """Enough for the rulebook to propose a suspension; Marta administers the marketplace's team."""
    for number in range(6):
        open_case(words=f"Cadê? {number}")
    Membership.objects.filter(person=cast.marta.person_id).update(role=Role.ADMIN)
    clock.move_to(local("2026-11-24 10:00"))
    sweeping.sweep(at=local("2026-11-24 10:00"))


def notify(cast: Cast, enter: Enter, words: str = WHY) -> str:
    marta = enter(replace(cast.marta, role="admin"))
    address = f"/sellers/{cast.seller.pk}/sanctions"
    return marta.post(address, {"proposal": "0", "text": words}, follow=True).content.decode()


def test_the_marketplace_gives_notice_from_the_proposal(cast: Cast, six_missed: None, enter: Enter) -> None:
    page = notify(cast, enter)

    assert "O lojista foi avisado e já pode se defender." in page
    assert "O lojista pode se defender até" in page
    assert WHY in page and "Marta Mesa" in page
    assert "Aplicar a sanção" not in page  # not before the seller was heard


def test_a_notice_without_words_keeps_the_form_and_says_so(cast: Cast, six_missed: None, enter: Enter) -> None:
    page = notify(cast, enter, words=" ")

    assert "Escreva o motivo." in page
    assert not Sanction.objects.exists()


@pytest.mark.parametrize("proposal", ["", "7", "-1", "²", "999999999"])
def test_a_proposal_that_does_not_exist_is_refused(cast: Cast, six_missed: None, enter: Enter, proposal: str) -> None:
    answer = enter(cast.marta).post(f"/sellers/{cast.seller.pk}/sanctions", {"proposal": proposal, "text": WHY})

    assert answer.status_code == 422
    assert not Sanction.objects.exists()


def test_the_seller_defends_itself_and_the_marketplace_decides(cast: Cast, six_missed: None, enter: Enter) -> None:
    notify(cast, enter)
    key, chefe, marta = Sanction.objects.get().pk, enter(cast.chefe), enter(cast.marta)

    read = chefe.get("/standing/").content.decode()
    chefe.post(f"/standing/sanctions/{key}", {"decision": "defend", "text": "O sistema caiu."})
    heard = marta.get(f"/sellers/{cast.seller.pk}/").content.decode()
    marta.post(f"/sanctions/{key}/decide", {"decision": "impose", "text": "Não há registro de queda."})
    after = chefe.get("/standing/").content.decode()

    assert WHY in read and "Enviar a defesa" in read
    assert "O sistema caiu." in heard and "Aplicar a sanção" in heard
    assert "Vendas suspensas desde" in after and "Recorrer" in after
    assert Seller.objects.get(pk=cast.seller.pk).suspended_at


def test_a_seller_does_not_decide_and_an_agent_of_it_sees_nothing(cast: Cast, six_missed: None, enter: Enter) -> None:
    notify(cast, enter)
    key = Sanction.objects.get().pk

    assert enter(cast.chefe).post(f"/standing/sanctions/{key}", {"decision": "lift", "text": "x"}).status_code == 422
    assert WHY not in enter(cast.ana).get("/standing/").content.decode()
