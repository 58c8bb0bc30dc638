"""Saúde: the page says what `tratativa doctor` says, what is not well first."""

import subprocess
import sys
from pathlib import Path

from django.utils import timezone, translation
from django.utils.html import escape

from tests.cast import MONDAY, Cast, answerer, gather, local
from tests.web.conftest import Enter
from tests.web.pages import flat
from tests.web.settings.test_people import admin
from tratativa.accounts import actors
from tratativa.accounts.models import Marketplace, Membership, Partner, Person, Role, Seller
from tratativa.accounts.people.models import Invitation
from tratativa.accounts.people.team import Doer
from tratativa.cases.core import rulebook_versions
from tratativa.cases.models import Case, Judged, Stuck
from tratativa.cli import diagnosis
from tratativa.founding import beginnings, first_administrators, unstaffed
from tratativa.mail.models import Mailbox
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


def test_every_sentence_is_english_in_english(cast: Cast, enter: Enter) -> None:
    Mailbox.objects.create(
        marketplace=cast.marketplace, address="sac@loja.example", kind="imap", host="127.0.0.1", trouble="login",
        looked_at=timezone.now(),
    )  # fmt: skip
    Judged.objects.create(at=local("2026-11-23 09:00"), trouble="ahead 864000")
    with translation.override("pt-br"):
        native = [one.sentence for one in diagnosis.served(outward=True)]
    with translation.override("en"):
        told = [one.sentence for one in diagnosis.served(outward=True)]
    desk = enter(admin(cast))
    desk.cookies["language"] = "en"
    page = desk.get(ROOM).text

    names = {one for one in native if one.startswith("Marketplaces:")}
    assert [one for one in told if one in native and one not in names] == []
    assert any("10 days ahead" in one for one in told)
    assert any("sac@loja.example (asked " in one and "refused" in one for one in told)
    assert "No deadline is judged" in page and "Nenhum" not in page and 'lang="pt-BR"' not in page


def test_before_there_are_settings_a_command_says_it_in_the_language_asked_for(tmp_path: Path) -> None:
    asked = [sys.executable, "-m", "tratativa.cli", "doctor", "--data", str(tmp_path)]
    env = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path)}

    def said(*language: str) -> str:
        return subprocess.run([*asked, *language], env=env, capture_output=True, text=True, timeout=60).stdout

    assert "There is no database" in said("--language", "en") and "The data are in" in said("--language", "en")
    assert "Não há banco de dados" in said()


def test_who_cannot_be_answered_is_warned_about_with_the_way_to_mend_it(cast: Cast, enter: Enter) -> None:
    desk = enter(admin(cast))
    page = desk.get(ROOM).text

    assert "Lojistas sem quem os administre: 1 (Loja Rival)." in page and 'href="/settings/sellers/?who=nobody"' in page
    rooms = desk.get("/settings/sellers/?who=nobody").text
    rival = Seller.objects.get(name="Loja Rival")
    assert f'href="/settings/sellers/{rival.pk}/#invite"' in rooms and "Casa Aurora" not in rooms
    assert "ninguém responde" in desk.get("/settings/sellers/").text
    assert 'href="#invite"' in desk.get(f"/settings/sellers/{rival.pk}/").text

    person = Person.objects.create_user(email="dona@rival.example", password=None, name="Dona")
    Membership.objects.create(person=person, marketplace=cast.marketplace, seller=rival, role=Role.ADMIN)
    assert "Todo lojista tem quem o administre." in desk.get(ROOM).text


def test_who_is_asked_and_has_not_come_in_is_no_nobody_until_the_invitation_is_over(cast: Cast, enter: Enter) -> None:
    rival = Seller.objects.get(name="Loja Rival")
    by, boss = Doer(command="seller add"), admin(cast)
    asked, _new = first_administrators.invite(rival, "dona@rival.example", "", by=by, at=MONDAY)
    desk = enter(boss)

    health, room = desk.get(ROOM).text, flat(desk.get("/settings/sellers/").text)
    theirs = desk.get(f"/settings/sellers/{rival.pk}/").text

    assert "convidado e ainda não entrou: 1 (Loja Rival, 23/11/2026)" in health
    assert "convidado em 23/11/2026, ainda não entrou" in room and "Convidar de novo" in room
    assert "ninguém responde" not in health.lower() + room.lower()
    assert "foi convidado e ainda não entrou" in theirs
    beginnings.begin(cast.marketplace)
    label = "Lojistas cujo administrador foi convidado e ainda não entrou"
    assert label in [one.label for one in beginnings.lacking(cast.marketplace)]
    Invitation.objects.filter(pk=asked.pk).update(expires_at=MONDAY)
    assert "ninguém responde" in desk.get("/settings/sellers/").text
    assert "Lojistas sem quem os administre: 1" in desk.get(ROOM).text


def test_a_queue_nobody_answers_is_warned_about_until_it_has_people_or_an_address(db: None, enter: Enter) -> None:
    cast = gather("compra-agora")
    desk = enter(admin(cast))
    first = unstaffed.queues(cast.marketplace)
    assert first and "Filas a que ninguém responde" in desk.get(ROOM).text
    assert f'href="/settings/queues/{first[0].id}/#invite"' in desk.get("/settings/queues/").text
    assert 'href="#invite"' in desk.get(f"/settings/queues/{first[0].id}/").text

    answerer(cast.marketplace, first[0].id, "Sônia Sócia")
    for queue in first[1:]:
        Partner.objects.create(marketplace=cast.marketplace, queue=queue.id, name=queue.label, email="fila@x.example")
    assert unstaffed.queues(cast.marketplace) == []
    assert "Toda fila de parceiro tem quem responda." in desk.get(ROOM).text
