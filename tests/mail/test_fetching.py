"""A mailbox read from a real IMAP server, over real connections: everything once, nothing touched."""

import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone, translation

from tests.cast import Cast, gather
from tests.mail import tls_front
from tests.mail.reading.writing import letter
from tools import imap_server as imap
from tools.drill import chaos
from tratativa.mail import jobs
from tratativa.mail.intake import fetching, mailbox_secrets, mailboxes, troubles
from tratativa.mail.models import Arrival, Mailbox
from tratativa.outward import authorities


@pytest.fixture(scope="module")
def server() -> Iterator[imap.Server]:
    with imap.serving() as running:
        yield running


@pytest.fixture
def cast(db: None) -> Cast:
    return gather()


@pytest.fixture
def box(cast: Cast, server: imap.Server, monkeypatch: pytest.MonkeyPatch, record_property: object) -> Mailbox:
    monkeypatch.setenv("SENHA_DO_TESTE", imap.PASSWORD)
    made = Mailbox.objects.create(
        marketplace=cast.marketplace, address="sac@loja.example", kind="imap", host="127.0.0.1", port=server.port,
        security="none", user=imap.USER, secret="SENHA_DO_TESTE",
    )  # fmt: skip
    fetching.fetch(made, at=timezone.now())  # what the server brought along, and other tests put in
    return made


def test_which_server_this_was(box: Mailbox, server: imap.Server, capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        print(f" [{server.name}]", end="")

    assert fetching.probe(box) >= 0


def test_what_is_new_comes_in_once(box: Mailbox, server: imap.Server) -> None:
    before = Arrival.objects.count()
    server.put(letter("um", Message_ID="<1@x.example>"))
    server.put(letter("dois", Message_ID="<2@x.example>"))

    taken = fetching.fetch(box, at=timezone.now())
    again = fetching.fetch(box, at=timezone.now())

    assert (taken, again) == (2, 0)
    assert Arrival.objects.count() == before + 2


def test_nothing_in_the_mailbox_is_marked_or_deleted(box: Mailbox, server: imap.Server) -> None:
    server.put(letter("três", Message_ID="<3@x.example>"))
    before = server.flags()

    fetching.fetch(box, at=timezone.now())

    assert [line.replace(b"\\Recent", b"") for line in server.flags()] == [
        line.replace(b"\\Recent", b"") for line in before
    ]


def test_a_mailbox_numbered_anew_is_read_again_and_nothing_is_doubled(box: Mailbox, server: imap.Server) -> None:
    server.put(letter("quatro", Message_ID="<4@x.example>"))
    fetching.fetch(box, at=timezone.now())
    before = Arrival.objects.count()
    box.validity += 1
    box.save()

    fetching.fetch(box, at=timezone.now())

    assert Arrival.objects.count() == before


def test_a_letter_came_when_the_server_got_it(box: Mailbox, server: imap.Server) -> None:
    server.put(letter("cinco", Message_ID="<5@x.example>"))

    fetching.fetch(box, at=timezone.now() + timedelta(hours=5))

    arrival = Arrival.objects.get(message_id="5@x.example")
    assert abs(arrival.at - timezone.now()) < timedelta(minutes=5)


def test_a_wrong_password_is_said_on_the_mailbox_and_loses_nothing(
    box: Mailbox, server: imap.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SENHA_DO_TESTE", "errada")

    fetching.look(box, at=timezone.now())

    box.refresh_from_db()
    standing = troubles.of(box, at=timezone.now())
    assert standing.said == "O servidor recusou o usuário ou a senha."
    assert "senha de aplicativo" in standing.remedy
    with translation.override("en"):
        assert "refused" in troubles.of(box, at=timezone.now()).said


def test_a_server_that_is_away_is_said_on_the_mailbox(box: Mailbox) -> None:
    box.port = 1
    box.save()

    fetching.look(box, at=timezone.now())

    box.refresh_from_db()
    standing = troubles.of(box, at=timezone.now())
    assert (standing.well, standing.said) == (False, "«127.0.0.1» não atende na porta 1.")
    assert (box.looked_at is not None, box.answered_at) == (True, None)


def test_when_a_mailbox_last_answered_stays_while_it_does_not(box: Mailbox) -> None:
    then, later = timezone.now(), timezone.now() + timedelta(hours=2)
    fetching.look(box, at=then)
    Mailbox.objects.filter(pk=box.pk).update(port=1)
    box.refresh_from_db()

    fetching.look(box, at=later)

    box.refresh_from_db()
    assert (box.answered_at, box.looked_at) == (then, later)


def test_a_mailbox_nobody_asks_any_more_is_not_called_well(box: Mailbox) -> None:
    fetching.look(box, at=timezone.now())
    box.refresh_from_db()

    assert troubles.of(box, at=timezone.now()).well
    assert "worker" in troubles.of(box, at=timezone.now() + timedelta(minutes=16)).remedy


def test_a_mailbox_tried_and_found_well_is_called_broken_no_longer(box: Mailbox) -> None:
    Mailbox.objects.filter(pk=box.pk).update(trouble="login")

    fetching.probe(box)

    box.refresh_from_db()
    assert box.trouble == ""


def test_a_folder_that_is_not_there_is_said(box: Mailbox) -> None:
    box.folder = "Atendimento"

    with pytest.raises(fetching.Unreachable, match="A pasta «Atendimento» não existe"):
        fetching.probe(box)


def test_a_server_nobody_knows_is_said(box: Mailbox) -> None:
    box.host = "nao-existe.invalid"

    with pytest.raises(fetching.Unreachable, match="Não há servidor com o nome"):
        fetching.probe(box)


def test_a_server_that_speaks_no_tls_is_said(box: Mailbox) -> None:
    box.security = "tls"

    with pytest.raises(fetching.Unreachable, match=r"não fala TLS|não respondeu|caiu"):
        fetching.probe(box)


def test_a_server_with_a_house_s_own_certificate_is_believed_by_its_authority_alone(
    box: Mailbox, server: imap.Server
) -> None:
    with tls_front.facing(server.port) as front:
        box.security, box.port = "tls", front.port
        with pytest.raises(fetching.Unreachable, match="não confere"):
            fetching.probe(box)

        box.authority = authorities.clean(tls_front.authority("Outra")[0])
        with pytest.raises(fetching.Unreachable, match="não confere"):
            fetching.probe(box)

        box.authority = authorities.clean(front.authority)
        assert fetching.probe(box) >= 0


def test_a_password_kept_sealed_opens_the_mailbox(box: Mailbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SENHA_DO_TESTE")
    box.password = mailbox_secrets.seal(imap.PASSWORD)

    assert fetching.probe(box) >= 0
    assert imap.PASSWORD not in box.password


def test_a_password_sealed_under_another_key_is_asked_for_again(box: Mailbox, settings: Any, tmp_path: Path) -> None:
    box.password = mailbox_secrets.seal(imap.PASSWORD)
    settings.KEYS = tmp_path / "others"

    with pytest.raises(fetching.Unreachable, match="escreva-a de novo"):
        fetching.probe(box)


def test_a_mailbox_that_is_paused_is_not_looked_at(box: Mailbox, server: imap.Server) -> None:
    server.put(letter("sete", Message_ID="<7@x.example>"))
    mailboxes.pause(box, at=timezone.now())

    jobs.look_at_mailbox(str(box.pk))
    assert not Arrival.objects.filter(message_id="7@x.example").exists()

    mailboxes.resume(box)
    jobs.look_at_mailbox(str(box.pk))
    assert Arrival.objects.filter(message_id="7@x.example").exists()


def test_a_letter_too_large_is_put_aside_unfetched(
    box: Mailbox, server: imap.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetching.bounds, "LETTER", 2_000)
    server.put(letter("seis " * 1_000, Message_ID="<6@x.example>"))

    fetching.fetch(box, at=timezone.now())

    arrival = Arrival.objects.get(message_id="6@x.example")
    assert (arrival.state, arrival.trouble, arrival.size > 5_000) == ("quarantined", "size", True)


def test_a_connection_cut_again_and_again_brings_every_letter_once(
    box: Mailbox, server: imap.Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chaos, "LIFE", (2_000, 6_000))
    names = [f"cortada.{number}@x.example" for number in range(12)]
    for name in names:
        server.put(letter("oi " * 300, Message_ID=f"<{name}>"))
    wire = chaos.Wire(server.port)
    box.port = wire.port
    box.save()

    for _look in range(60):
        box.refresh_from_db()
        fetching.look(box, at=timezone.now())
        if Arrival.objects.filter(message_id__in=names).count() == len(names):
            break
    wire.close()

    assert sorted(Arrival.objects.filter(message_id__in=names).values_list("message_id", flat=True)) == sorted(names)
    assert wire.cuts > 0


def test_a_server_without_starttls_is_said_to_have_none(box: Mailbox) -> None:
    box.security = "starttls"

    with pytest.raises(fetching.Unreachable, match="não oferece STARTTLS"):
        fetching.probe(box)


@pytest.mark.parametrize("greeting", [b"", b"220 smtp.loja.example ESMTP\r\n"], ids=["hangs up", "speaks SMTP"])
@pytest.mark.parametrize("security", ["none", "starttls"])
def test_a_port_that_is_not_that_of_letters_is_said_to_be_so_and_no_next_time_is_promised(
    box: Mailbox, greeting: bytes, security: str
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as door:
        answering = threading.Thread(target=_greet, args=(door, greeting))
        answering.start()
        box.port, box.security = door.getsockname()[1], security

        with pytest.raises(fetching.Unreachable, match="não atendeu como um servidor IMAP na porta"):
            fetching.probe(box)
        answering.join()


def test_tls_spoken_to_a_plain_port_is_said_with_its_protection(box: Mailbox) -> None:
    box.security = "tls"

    with pytest.raises(fetching.Unreachable, match="não fala TLS na porta"):
        fetching.probe(box)


def _greet(door: socket.socket, greeting: bytes) -> None:
    client, _whence = door.accept()
    client.sendall(greeting)
    client.close()
