"""Saúde: the page says what `tratativa doctor` says, what is not well first."""

from django.utils.html import escape

from tests.cast import Cast, local
from tests.web.conftest import Enter
from tests.web.settings.test_people import admin
from tratativa.accounts import actors
from tratativa.accounts.models import Marketplace, Membership, Person, Role
from tratativa.cases.core import rulebook_versions
from tratativa.cases.models import Case, Stuck
from tratativa.cli import diagnosis
from tratativa.rulebook import reading, shipped

ROOM = "/settings/health/"


def test_what_the_command_says_the_page_says_with_what_to_do(cast: Cast, enter: Enter) -> None:
    desk = enter(admin(cast))
    page = desk.get(ROOM).text
    # Free space and the clocks' distance are never as they were a moment ago.
    said = [
        one.sentence for one in diagnosis.served(outward=False)
        if " MB " not in one.sentence and " s um do outro" not in one.sentence
    ]  # fmt: skip

    assert len(said) > 15
    assert [one for one in said if escape(one) not in page] == []
    assert "Nenhum worker está vivo" in page.split("Em ordem")[0]
    assert "Rode tratativa serve" in page


def test_the_mail_server_is_asked_only_by_the_button(cast: Cast, enter: Enter) -> None:
    desk = enter(admin(cast))
    looked, asked = desk.get(ROOM).text, desk.post(ROOM).text

    assert "servidor de e-mail" not in looked.replace("Olhar também o servidor de e-mail", "")
    assert "Não há servidor de e-mail: avisos não saem" in asked


def test_a_case_whose_clock_fails_is_named_to_its_own_marketplace_alone(cast: Cast, case: Case, enter: Enter) -> None:
    Stuck.objects.create(
        what="sweep", key=case.pk, case=case, since=local("2026-11-23 09:00"), next_at=local("2026-11-23 10:00"),
        trouble="quebrou aqui",
    )  # fmt: skip
    other = Marketplace.objects.create(slug="outra", name="Outra", rulebook="americanas")
    folder = shipped.folder("americanas")
    assert folder is not None
    rulebook_versions.adopt(other, reading.load(folder), at=local("2026-01-01 00:00"))
    person = Person.objects.create_user(email="chefe@outra.example", password=None, name="Chefe de Outra")
    foreign = actors.of_membership(Membership.objects.create(person=person, marketplace=other, role=Role.ADMIN))

    assert case.protocol in enter(admin(cast)).get(ROOM).text
    assert case.protocol not in enter(foreign).get(ROOM).text
