"""The desk's processes: what dies comes back, what stops stops in order, and refusals are sentences."""

import os
import signal
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.config.desks import PATIENCE, Desk, free_port, gone, until
from tests.conftest import QUICK
from tratativa.serve import postgres


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_desk_stops_in_order_and_says_where_the_data_lie(desk: Desk, number: signal.Signals) -> None:
    assert desk.process
    until(lambda: len(desk.children("")) == 3, "a database, a web process and a worker, and nothing else")
    everything = desk.children("")

    status = desk.stop(number)

    assert status == 0
    assert f"Parado. Os dados ficam em {desk.home}." in desk.said()
    assert "Traceback" not in desk.said()
    assert all(gone(pid) for pid in everything)


def test_data_and_secret_survive_a_restart(make_desk: Callable[..., Desk]) -> None:
    first = make_desk().start()
    first.ask("create table kept (word text)")
    first.ask("insert into kept values ('guardado')")
    secret = (first.home / "secret").read_text()
    first.stop()

    second = make_desk().start()

    assert second.ask("select word from kept") == [("guardado",)]
    assert (second.home / "secret").read_text() == secret
    assert (second.home / "secret").stat().st_mode & 0o777 == 0o600


def test_a_killed_web_process_is_replaced(lasting_desk: Desk) -> None:
    (killed,) = lasting_desk.children("web_process")

    os.kill(killed, signal.SIGKILL)
    until(lambda: lasting_desk.children("web_process") not in ([], [killed]), "another web process")
    until(lasting_desk.healthy, "its pages")

    assert "O processo web 1 terminou (sinal 9) e será reiniciado." in lasting_desk.said()


def test_a_killed_worker_is_replaced(lasting_desk: Desk) -> None:
    (killed,) = lasting_desk.children("tratativa.cli worker")

    os.kill(killed, signal.SIGKILL)
    until(lambda: lasting_desk.children("tratativa.cli worker") not in ([], [killed]), "another worker")

    assert "O worker terminou (sinal 9) e será reiniciado." in lasting_desk.said()


def test_a_killed_database_comes_back_with_what_was_committed(lasting_desk: Desk) -> None:
    lasting_desk.ask("create table kept (word text)")
    lasting_desk.ask("insert into kept values ('guardado')")
    (killed,) = lasting_desk.children("bin/postgres")

    os.kill(killed, signal.SIGKILL)
    until(lambda: lasting_desk.children("bin/postgres") not in ([], [killed]), "another server")
    until(lasting_desk.healthy, "pages that reach it")

    assert lasting_desk.ask("select word from kept") == [("guardado",)]


def test_a_desk_on_a_database_of_its_own_says_so_while_it_is_away_and_returns_with_it(
    place: Path, make_desk: Callable[..., Desk]
) -> None:
    server = postgres.Server(place / "database", QUICK)
    server.start()
    desk = make_desk(DATABASE_URL=server.url).start()

    server.stop()
    assert desk.get("/healthz") == 503
    server.start()
    until(desk.healthy, "the pages to be back")

    until(lambda: len(desk.children("")) == 2, "a web process and a worker, and no server of its own")
    assert desk.stop() == 0
    server.stop()


def test_nothing_outlives_a_killed_supervisor_and_the_next_one_starts(make_desk: Callable[..., Desk]) -> None:
    first = make_desk().start()
    assert first.process
    everything = first.children("")

    first.process.kill()
    first.process.wait(PATIENCE)
    second = make_desk()
    second.port = first.port
    until(lambda: all(gone(pid) for pid in everything), "the orphans to leave")
    second.start()

    assert second.healthy()


def test_a_taken_port_is_named_with_the_way_out(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk()
    with socket.create_server(("127.0.0.1", desk.port)):
        refused = desk.run("serve", "--port", str(desk.port))

    assert refused.returncode == 1
    assert refused.stderr.startswith(f"tratativa: A porta {desk.port} já está em uso")
    assert "--port" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_a_second_copy_on_the_same_data_is_refused(lasting_desk: Desk) -> None:
    assert lasting_desk.process

    refused = lasting_desk.run("serve", "--port", str(free_port()))

    assert refused.returncode == 1
    assert f"Outra cópia já usa os dados de {lasting_desk.home} (processo {lasting_desk.process.pid})" in refused.stderr
    assert lasting_desk.healthy()


def test_begin_anew_stops_what_runs_and_removes_only_its_data(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk()
    parent = desk.home
    desk.home = parent / "demo"
    desk.start()
    (desk.home / "notes.txt").write_text("mine")
    assert desk.process

    desk.home = parent
    done = desk.run("demo", "--reset")

    assert done.returncode == 0, done.stderr
    assert desk.process.wait(5) == 0
    assert [path.name for path in (parent / "demo").iterdir()] == ["notes.txt"]


def test_the_doctor_finds_a_desk_well_but_for_its_mail(lasting_desk: Desk) -> None:
    until(lambda: lasting_desk.ask("select 1 from procrastinate_workers"), "the worker's first sign of life")

    seen = lasting_desk.run("doctor")

    assert seen.returncode == 1
    ill = [line for line in seen.stdout.splitlines() if line.startswith("✗")]
    as_root = [line for line in ill if "roda como root" in line]  # where the program lies out of others' reach
    assert {line.partition(":")[0].partition(".")[0] for line in ill if line not in as_root} == {
        "✗ Não há nenhum marketplace", "✗ Não há nenhum administrador", "✗ Não há nenhuma caixa postal",
        "✗ Não há servidor de e-mail",
        "✗ As cartas sairiam em nome de Tratativa <atendimento@localhost>, que ninguém conhece",
    }  # fmt: skip
    served_by = [Path(f"/proc/{pid}").stat().st_uid for pid in lasting_desk.children("web_process")]
    assert bool(as_root) or 0 not in served_by
    assert "✓ HTTPS está desligado: serve enquanto só esta máquina abre" in seen.stdout
    assert "✓ As tabelas estão em dia." in seen.stdout


def test_the_doctor_says_when_nothing_runs(make_desk: Callable[..., Desk]) -> None:
    seen = make_desk().run("doctor")

    assert seen.returncode == 1
    assert "não existe: nada foi instalado nela" in seen.stdout
