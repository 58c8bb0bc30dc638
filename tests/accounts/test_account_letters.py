"""Letters about accounts: whom they go to, and that they lead to the desk and nowhere else."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import Settings
from time_machine import TimeMachineFixture

from tests.cast import MONDAY, Cast, gather, sign_in
from tratativa.accounts import jobs
from tratativa.accounts.audit.models import AuditLine
from tratativa.accounts.models import Membership, Person
from tratativa.accounts.people import guarding, hiring, invitations, leaving
from tratativa.accounts.people.team import Doer, Team


@pytest.fixture
def cast(db: None, settings: Settings) -> Cast:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    settings.SITE_URL = "https://mesa.example"
    settings.ALLOWED_HOSTS = ["mesa.example", "ladrao.example"]
    return gather()


def ask(email: str, host: str = "mesa.example") -> HttpResponse:
    """Asks for a new password, and lets the job run that the page left."""
    answer = Client().post("/accounts/password/reset/", {"email": email}, headers={"host": host})
    jobs.send_reset(**ProcrastinateJob.objects.filter(task_name="accounts.send_reset").latest("id").args)
    return answer


@pytest.mark.parametrize("host", ["mesa.example", "ladrao.example"])
def test_the_link_of_a_new_password_is_the_configured_address_s(cast: Cast, host: str) -> None:
    ask("ana@equipe.example", host)

    (letter,) = mail.outbox
    assert letter.to == ["ana@equipe.example"]
    assert "https://mesa.example/accounts/password/reset/key/" in letter.body
    assert "ladrao" not in letter.body + letter.subject


def test_the_link_of_a_new_password_opens(cast: Cast) -> None:
    ask("ana@equipe.example")
    address = next(word for word in mail.outbox[0].body.split() if "/reset/key/" in word)

    page = Client().get(address.removeprefix("https://mesa.example"), follow=True, headers={"host": "mesa.example"})

    assert 'name="password1"' in page.text


def test_the_letter_goes_to_the_accounts_address_and_to_none_that_only_looks_alike(cast: Cast) -> None:
    """allauth folds «ſ» into «s»: whoever owns the mailbox with the one would get the other's link."""
    Person.objects.create_user(email="susana@equipe.example", password="uma senha bem longa", name="Susana")

    ask("ſusana@equipe.example")

    assert [letter.to for letter in mail.outbox] in ([], [["susana@equipe.example"]])


def test_whom_the_provider_alone_lets_in_makes_no_password_behind_its_back(cast: Cast, settings: Settings) -> None:
    ana = Person.objects.get(pk=cast.ana.person_id)
    ana.set_unusable_password()
    ana.save()
    settings.OIDC_ISSUER = "https://entrada.example"
    ask("ana@equipe.example")
    assert mail.outbox == []

    settings.OIDC_ISSUER = ""  # there is none any more: the letter is the way back in
    ask("ana@equipe.example")

    assert [letter.to for letter in mail.outbox] == [["ana@equipe.example"]]


def test_nobody_without_an_account_is_written_to(cast: Cast) -> None:
    known = ask("ana@equipe.example")
    before = len(mail.outbox)

    unknown = ask("x@fora.example")

    assert len(mail.outbox) == before
    assert (unknown.status_code, unknown["Location"]) == (known.status_code, known["Location"])


@pytest.mark.parametrize(
    ("what", "do", "said"),
    [
        ("reset", guarding.reset_second_factor, "retirou a verificação em duas etapas"),
        ("out", guarding.sign_out, "encerrou todas as sessões"),
        ("left", lambda member, by: leaving.leave(member, by=by, at=MONDAY), "desativou o seu acesso à equipe"),
    ],
)
def test_whose_access_another_takes_away_or_loosens_is_told_by_letter(
    cast: Cast, what: str, do: Any, said: str
) -> None:
    place = Membership.objects.get(person=cast.ana.person_id)
    boss = Person.objects.create_user(email="boss@equipe.example", password="uma senha bem longa", name="Bruna Boss")

    do(place, by=Doer(boss))
    (asked,) = ProcrastinateJob.objects.filter(task_name="accounts.warn")
    jobs.warn(**asked.args)

    (letter,) = mail.outbox
    assert letter.to == ["ana@equipe.example"]
    assert said in letter.body and "Bruna Boss" in letter.body and "Casa Aurora" in letter.body
    assert "fale já com quem administra" in letter.body


def test_who_administers_reads_who_invited_the_newcomer_and_who_invited_reads_nothing(cast: Cast) -> None:
    team, boss = Team(cast.marketplace), Person.objects.get(pk=cast.marta.person_id)
    Membership.objects.filter(person=boss).update(role="admin")
    other = Person.objects.create_user(email="vera@equipe.example", password="uma senha bem longa", name="Vera")
    Membership.objects.create(person=other, marketplace=cast.marketplace, role="admin")
    asked, _new = invitations.invite(team, "nova@x.example", "Nova", "admin", by=Doer(boss), at=MONDAY)

    invitations.accept(asked, name="Nova", password="uma senha bem longa 7", at=MONDAY)
    for one in ProcrastinateJob.objects.filter(task_name="accounts.warn"):
        jobs.warn(**one.args)

    (letter,) = mail.outbox
    assert letter.to == ["vera@equipe.example"]
    assert "nova@x.example passou a administrar" in letter.body and f"Quem deu esse papel: {boss.name}." in letter.body


@pytest.mark.parametrize("way", ["joined", "promoted"])
def test_who_administers_learns_by_letter_that_somebody_else_does(cast: Cast, way: str) -> None:
    team, boss = Team(cast.marketplace), Person.objects.get(pk=cast.marta.person_id)
    Membership.objects.filter(person=boss).update(role="admin")
    other = Person.objects.create_user(email="vera@equipe.example", password="uma senha bem longa", name="Vera")
    hiring.place(team, other, "admin" if way == "joined" else "agent", by=Doer(boss))
    if way == "promoted":
        hiring.change_role(Membership.objects.get(person=other), "admin", by=Doer(command="people role"))

    asked = list(ProcrastinateJob.objects.filter(task_name="accounts.warn"))
    for one in asked:
        jobs.warn(**one.args)

    assert [letter.to for letter in mail.outbox] == ([] if way == "joined" else [[boss.email]])
    if way == "promoted":
        assert "vera@equipe.example passou a administrar" in mail.outbox[0].body


def test_who_loses_the_role_first_reads_of_it_and_of_who_gets_it_and_is_no_newcomer_when_it_comes_back(
    cast: Cast,
) -> None:
    team, boss = Team(cast.marketplace), Person.objects.get(pk=cast.marta.person_id)
    Membership.objects.filter(person=boss).update(role="admin")
    other = Person.objects.create_user(email="vera@equipe.example", password="uma senha bem longa", name="Vera")
    theirs = Membership.objects.create(person=other, marketplace=cast.marketplace, role="admin", role_at=MONDAY)

    hiring.change_role(theirs, "agent", by=Doer(boss))
    puppet = Person.objects.create_user(email="nova@x.example", password="uma senha bem longa", name="Nova")
    hiring.place(team, puppet, "admin", by=Doer(boss))
    hiring.change_role(Membership.objects.get(pk=theirs.pk), "admin", by=Doer(boss))
    for one in ProcrastinateJob.objects.filter(task_name="accounts.warn").order_by("id"):
        jobs.warn(**one.args)

    theirs.refresh_from_db()
    to_them = [letter.body for letter in mail.outbox if letter.to == ["vera@equipe.example"]]
    assert ["já não administra" in to_them[0], "nova@x.example passou a administrar" in to_them[1]] == [True, True]
    assert theirs.role_at == MONDAY


def test_who_lost_the_role_long_ago_is_new_to_it_again_and_reads_nothing_of_others(
    cast: Cast, time_machine: TimeMachineFixture
) -> None:
    team, boss = Team(cast.marketplace), Person.objects.get(pk=cast.marta.person_id)
    Membership.objects.filter(person=boss).update(role="admin")
    other = Person.objects.create_user(email="vera@equipe.example", password="uma senha bem longa", name="Vera")
    theirs = Membership.objects.create(person=other, marketplace=cast.marketplace, role="admin", role_at=MONDAY)
    time_machine.move_to(MONDAY + timedelta(days=1), tick=False)
    hiring.change_role(theirs, "agent", by=Doer(command="prova"))
    ProcrastinateJob.objects.all().delete()

    time_machine.move_to(MONDAY + timedelta(days=1) + hiring.LATELY, tick=False)
    puppet = Person.objects.create_user(email="nova@x.example", password="uma senha bem longa", name="Nova")
    hiring.place(team, puppet, "admin", by=Doer(boss))
    asked = ProcrastinateJob.objects.filter(task_name="accounts.warn").count()
    hiring.change_role(Membership.objects.get(pk=theirs.pk), "admin", by=Doer(boss))

    theirs.refresh_from_db()
    assert (asked, theirs.role_at) == (0, MONDAY + timedelta(days=1) + hiring.LATELY)


def test_a_password_set_by_letter_is_on_the_log_of_every_team_and_the_account_known_to_be_opened_anew(
    cast: Cast,
) -> None:
    person = Person.objects.get(pk=cast.ana.person_id)
    ask(person.email)
    (place,) = re.findall(r"https://mesa.example(/accounts/password/reset/key/\S+)", mail.outbox[0].body)
    client, host = Client(), {"host": "mesa.example"}
    form = client.get(place, headers=host)

    client.post(form["Location"], {"password1": "outra senha bem longa 9", "password2": "outra senha bem longa 9"},
                headers=host)  # fmt: skip

    person.refresh_from_db()
    (line,) = AuditLine.objects.filter(what="people.password_by_letter")
    assert person.check_password("outra senha bem longa 9") and person.regained_at
    assert (line.about, line.who_id) == (person.email, person.pk)
    (asked,) = ProcrastinateJob.objects.filter(task_name="accounts.warn")
    jobs.warn(**asked.args)
    told = mail.outbox[-1]
    assert (told.to, told.subject) == ([person.email], "A senha da sua conta mudou")
    assert "por um link que pediram para este e-mail" in told.body and "fale já com quem administra" in told.body


def test_a_password_changed_on_the_page_is_told_by_letter(cast: Cast) -> None:
    person = Person.objects.get(pk=cast.ana.person_id)
    client = sign_in(cast.ana)
    person.set_password("a senha de antes 5")
    person.save()
    client.force_login(person, backend="tratativa.accounts.signing_in.Backend")
    client.post("/accounts/password/change/", {"oldpassword": "a senha de antes 5",
                "password1": "outra senha bem longa 9", "password2": "outra senha bem longa 9"},
                headers={"host": "mesa.example"})  # fmt: skip

    (asked,) = ProcrastinateJob.objects.filter(task_name="accounts.warn")
    jobs.warn(**asked.args)

    (told,) = mail.outbox
    assert told.to == ["ana@equipe.example"] and "sessão aberta" in told.body


def test_the_letter_and_pages_of_a_new_password_are_in_the_desk_s_own_words_and_lead_on(cast: Cast) -> None:
    host = {"host": "mesa.example"}
    asking = Client().get("/accounts/password/reset/", headers=host).text
    ask("ana@equipe.example")
    (letter,) = mail.outbox
    (place,) = re.findall(r"https://mesa.example(/accounts/password/reset/key/\S+)", letter.body)
    sent = Client().get("/accounts/password/reset/done/", headers=host).text
    spent = Client().get(place[:-3] + "zz/", headers=host, follow=True).text
    done = Client().get("/accounts/password/reset/key/done/", headers=host).text

    assert letter.subject == "Uma senha nova para a sua conta em Casa Aurora"
    assert "em Casa Aurora (mesa.example)" in letter.body and "por 3 dias" in letter.body
    assert not {"Olá da", "Obrigado por usar"} & set(letter.body.split("\n"))
    for page in (asking, sent, spent, done):
        assert 'href="/accounts/login/"' in page and "entre em contato" not in page.lower()
    assert "Este link não abre mais" in spent and "Token" not in spent and 'href="/accounts/password/reset/"' in spent


def test_who_signs_themselves_out_is_written_nothing(cast: Cast) -> None:
    place = Membership.objects.get(person=cast.ana.person_id)

    guarding.sign_out(place, by=Doer(place.person))

    assert not ProcrastinateJob.objects.filter(task_name="accounts.warn").exists()
