"""Caixas e remetente: where letters come in, and the server they leave by, tried out and told of."""

from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from procrastinate.contrib.django.models import ProcrastinateJob
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast
from tests.config.desks import free_port
from tests.web.conftest import Enter
from tests.web.first_run.test_first_run import Sink
from tests.web.settings.test_people import admin
from tratativa.accounts.audit.models import AuditLine
from tratativa.accounts.models import Marketplace, Membership, Person
from tratativa.mail import jobs
from tratativa.mail.models import Mailbox, OutgoingServer

ROOM = "/settings/mail/"
SERVER = {"host": "smtp.loja.example", "security": "tls", "user": "sac", "sender": "sac@loja.example", "do": "keep"}


@pytest.fixture
def sink() -> Iterator[tuple[Sink, int]]:
    kept = Sink()
    server = Controller(kept, hostname="127.0.0.1", port=free_port())
    server.start()
    yield kept, server.port
    server.stop()


def changes() -> list[tuple[dict[str, object], dict[str, object]]]:
    lines = AuditLine.objects.filter(what="mail.server_changed").order_by("at", "id")
    return list(lines.values_list("before", "after"))


def test_the_mailboxes_there_are_lead_to_their_pages_and_without_one_a_way_to_make_it(cast: Cast, enter: Enter) -> None:
    desk = enter(admin(cast))
    empty = desk.get(ROOM).text
    box = Mailbox.objects.create(marketplace=cast.marketplace, address="sac@loja.example")

    page = desk.get(ROOM).text

    assert "Nenhuma caixa ainda" in empty and 'href="/post/boxes/new"' in empty
    assert f'href="/post/boxes/{box.pk}"' in page


def test_a_change_of_the_server_is_told_by_what_differs_and_its_password_never(cast: Cast, enter: Enter) -> None:
    desk = enter(admin(cast))
    first = desk.post(ROOM, {**SERVER, "password": "s3gr3do-longo"}, follow=True).text
    desk.post(ROOM, {**SERVER, "sender": "outro@loja.example"})
    desk.post(ROOM, {**SERVER, "sender": "outro@loja.example"})

    assert "O servidor foi guardado" in first and "s3gr3do" not in first
    assert changes() == [
        ({}, {"host": "smtp.loja.example", "port": 465, "security": "tls", "user": "sac",
              "sender": "sac@loja.example", "password": True}),
        ({"sender": "sac@loja.example"}, {"sender": "outro@loja.example"}),
    ]  # fmt: skip


@pytest.mark.parametrize("security", ["none", "starttls"])
def test_the_password_of_before_goes_nowhere_else_and_under_no_other_protection(
    cast: Cast, enter: Enter, security: str
) -> None:
    desk = enter(admin(cast))
    desk.post(ROOM, {**SERVER, "password": "s3gr3do-longo"})

    answers = [
        desk.post(ROOM, {**SERVER, **other}) for other in ({"host": "mx.ladrao.example"}, {"security": security})
    ]

    assert [one.status_code for one in answers] == [422, 422]
    assert OutgoingServer.objects.get().security == "tls"


def test_a_wrong_server_is_said_at_its_field_and_not_kept(cast: Cast, enter: Enter) -> None:
    page = enter(admin(cast)).post(ROOM, {**SERVER, "host": "não é", "password": "x"})

    assert (page.status_code, OutgoingServer.objects.count(), changes()) == (422, 0, [])
    assert "Escreva o nome do servidor" in page.text and "sac@loja.example" in page.text


def test_a_test_letter_leaves_by_the_form_s_server_and_keeps_nothing(
    cast: Cast, enter: Enter, sink: tuple[Sink, int]
) -> None:
    kept, port = sink
    desk, given = enter(admin(cast)), {"host": "127.0.0.1", "security": "none", "sender": "sac@loja.example"}

    tried = desk.post(ROOM, {**given, "port": str(port), "do": "try"})
    shut = desk.post(ROOM, {**given, "port": "1", "do": "try"})

    assert "aceitou uma carta de teste para otavio@equipe.example" in tried.text
    assert [one.rcpt_tos for one in kept.letters] == [["otavio@equipe.example"]]
    assert (shut.status_code, "não atende nesta porta" in shut.text) == (422, True)
    assert (OutgoingServer.objects.count(), changes()) == (0, [])


def test_who_administers_beside_reads_of_another_server_in_a_letter_that_leaves_by_the_old_one(
    cast: Cast, enter: Enter, sink: tuple[Sink, int]
) -> None:
    kept, port = sink
    vera = Person.objects.create_user(email="vera@equipe.example", password="uma senha bem longa", name="Vera")
    Membership.objects.create(person=vera, marketplace=cast.marketplace, role="admin")
    desk = enter(admin(cast))
    old = {"host": "127.0.0.1", "security": "none", "sender": "sac@loja.example", "do": "keep"}

    desk.post(ROOM, {**old, "port": str(port)})
    first = ProcrastinateJob.objects.filter(task_name="mail.tell_of_move").count()
    desk.post(ROOM, {**old, "port": str(port), "sender": "outro@loja.example"})
    same = ProcrastinateJob.objects.filter(task_name="mail.tell_of_move").count()
    desk.post(ROOM, {**SERVER, "host": "smtp.ladrao.example", "password": "s3gr3do-longo"})
    (asked,) = ProcrastinateJob.objects.filter(task_name="mail.tell_of_move")
    jobs.tell_of_move(**asked.args)

    (letter,) = kept.letters
    assert (first, same, letter.rcpt_tos) == (0, 0, ["vera@equipe.example"])
    body = message_from_bytes(letter.content, policy=default).get_content()
    assert "para smtp.ladrao.example" in body and "saiu pelo servidor anterior" in body
    assert "loja.example" not in str(asked.args["old"])


def test_a_server_of_several_marketplaces_is_nobody_s_to_change(cast: Cast, enter: Enter) -> None:
    Marketplace.objects.create(slug="outra", name="Outra", rulebook="americanas")
    desk = enter(admin(cast))

    assert "outros marketplaces também saem" in desk.get(ROOM).text and 'name="host"' not in desk.get(ROOM).text
    assert desk.post(ROOM, SERVER | {"password": "x"}).status_code == 403
    assert OutgoingServer.objects.count() == 0


@pytest.mark.parametrize("count", [1, 12])
def test_the_room_asks_as_often_for_many_boxes_as_for_few(
    count: int, cast: Cast, enter: Enter, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for index in range(count):
        Mailbox.objects.create(marketplace=cast.marketplace, address=f"sac{index}@loja.example")
    desk = enter(admin(cast))

    with django_assert_max_num_queries(10):
        assert desk.get(ROOM).status_code == 200
