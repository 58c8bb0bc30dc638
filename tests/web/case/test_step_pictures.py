"""An agent sees the pictures of a procedure's step; nobody outside the marketplace's own team does (K01-14)."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests import retail
from tests.cast import MONDAY, rewrite, sign_in
from tests.retail import Retail
from tratativa.accounts.actors import Actor
from tratativa.cases.core import protocols, rulebook_versions
from tratativa.cases.models import Case, StepPicture
from tratativa.playbooks import running
from tratativa.rulebook import reading, shipped

FOLDER = shipped.FOLDER / "compra-agora"


@pytest.fixture
def agora(db: None) -> Retail:
    return retail.gather(at=MONDAY - timedelta(days=1))


def opened(agora: Retail) -> Case:
    """A case whose procedure has just told the agent what to do in the Admin."""
    case = agora.case("Alterar cadastro", words="O celular não é meu.")
    running.start(case, "Divergência de dados", by=agora.agent, at=MONDAY)
    running.choose(case, "Representante legal", by=agora.agent, at=MONDAY)
    running.verify(case, dict.fromkeys(("CNPJ", "E-mail", "Telefone"), True), by=agora.agent, at=MONDAY)
    return case


def page(case: Case, by: Actor) -> str:
    return sign_in(by).get(reverse("case", args=[protocols.show(case.protocol)])).content.decode()


def addresses(shown: str) -> list[str]:
    """The addresses of what the panel shows, in order."""
    return list(dict.fromkeys(re.findall(r'src="(/procedures/pictures/[0-9a-f]{64})"', shown)))


def test_the_agent_sees_the_six_steps_in_the_admin_and_what_each_shows(agora: Retail) -> None:
    shown = page(opened(agora), agora.agent)

    files = sorted((FOLDER / "pictures").iterdir())
    client = sign_in(agora.agent)
    assert [client.get(address).content for address in addresses(shown)] == [file.read_bytes() for file in files]
    assert "Ampliar: No menu do Admin, «Customers» abre a lista de clientes" in shown


def test_a_browser_only_ever_draws_it_and_keeps_it_for_whom_it_was_drawn(agora: Retail) -> None:
    address = addresses(page(opened(agora), agora.agent))[0]

    answer = sign_in(agora.agent).get(address)

    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert (answer["X-Content-Type-Options"], answer["Cross-Origin-Resource-Policy"]) == ("nosniff", "same-origin")
    assert answer["Cache-Control"] == "private, max-age=28800, immutable" and "Cookie" in answer["Vary"]


def test_for_another_marketplaces_agent_and_for_a_seller_it_does_not_exist(agora: Retail) -> None:
    address = addresses(page(opened(agora), agora.agent))[0]
    StepPicture.objects.exclude(digest=address[-64:]).delete()
    foreign = retail.gather_other(agora.marketplace)
    StepPicture.objects.exclude(marketplace=agora.marketplace).delete()

    answers = [sign_in(actor).get(address) for actor in (foreign, agora.seller)]

    assert [answer.status_code for answer in answers] == [404, 404]


def test_a_customer_and_a_stranger_are_led_to_the_teams_door(agora: Retail) -> None:
    address = addresses(page(opened(agora), agora.agent))[0]

    answers = [client.get(address) for client in (sign_in(agora.customer), Client())]

    assert [(one.status_code, one["Location"].split("?")[0]) for one in answers] == [(302, "/accounts/login/")] * 2


def test_a_version_adopted_without_its_pictures_says_what_they_showed(agora: Retail) -> None:
    rewrite(agora.marketplace, lambda book: book.pop("pictures"), at=MONDAY)

    shown = page(opened(agora), agora.agent)

    assert "Figura não guardada com estas regras: No menu do Admin" in shown
    assert addresses(shown) == []


def test_a_picture_two_versions_show_is_kept_once_and_stays_for_the_older(agora: Retail) -> None:
    case = opened(agora)

    rewrite(agora.marketplace, lambda book: book.update(title="Compra Agora II"), at=MONDAY)
    rulebook_versions.adopt(agora.marketplace, reading.load(FOLDER), at=MONDAY)

    assert StepPicture.objects.count() == 6
    assert len(addresses(page(case, agora.agent))) == 6
