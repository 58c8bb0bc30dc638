"""The embedded PostgreSQL: one holder, private, and never confused by what a crash left."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from tests.config.desks import PATIENCE, gone, until
from tests.conftest import QUICK
from tratativa.config.trouble import Trouble
from tratativa.serve import binaries, children, postgres

Make = Callable[[Path], postgres.Server]


@pytest.fixture
def make_server() -> Iterator[Make]:
    """Makes servers and stops them at the end."""
    servers: list[postgres.Server] = []

    def make(home: Path) -> postgres.Server:
        servers.append(postgres.Server(home, QUICK))
        return servers[-1]

    yield make
    for server in servers:
        server.stop()


def test_it_listens_on_a_private_socket_only(place: Path, make_server: Make) -> None:
    server = make_server(place / "home")
    server.start()

    with psycopg.connect(server.url) as connection:
        assert connection.execute("show listen_addresses").fetchone() == ("",)
        assert connection.execute("select lower('ÁGUA')").fetchone() == ("água",)
    assert server.data.stat().st_mode & 0o777 == 0o700
    assert (server.folder / "socket").stat().st_mode & 0o777 == 0o700


def test_others_find_the_running_server_and_nothing_once_it_stopped(place: Path, make_server: Make) -> None:
    server = make_server(place / "home")
    server.start()

    found = postgres.running(place / "home")
    server.stop()

    assert found == server.url
    assert postgres.running(place / "home") is None
    assert postgres.running(place / "elsewhere") is None


def test_a_second_holder_is_told_who_the_first_is(place: Path, make_server: Make) -> None:
    make_server(place / "home").start()

    with pytest.raises(postgres.Busy, match=rf"processo {os.getpid()}\)"):
        make_server(place / "home").start()


def test_a_lock_file_that_names_a_stranger_does_not_keep_it_from_starting(place: Path, make_server: Make) -> None:
    server = make_server(place / "home")
    server.start()
    server.stop()
    user = (server.data.stat().st_uid, server.data.stat().st_gid) if os.geteuid() == 0 else None
    stranger = children.start(["sleep", "600"], dying=signal.SIGKILL, env={"PATH": os.defpath}, user=user)
    left = f"{stranger.pid}\n{server.data}\n"
    (server.data / "postmaster.pid").write_text(left)
    (server.folder / "socket" / f"{postgres.SOCKET}.lock").write_text(left)

    again = make_server(place / "home")
    again.start()

    assert again.alive()
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait(PATIENCE)


def test_an_interrupted_first_start_is_simply_begun_again(place: Path, make_server: Make) -> None:
    half = place / "home" / "postgres" / "data.new"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18")

    server = make_server(place / "home")
    server.start()

    assert server.alive()
    assert not half.exists()


def test_a_path_too_long_for_a_socket_gets_a_short_private_one(place: Path, make_server: Make) -> None:
    home = place / ("a" * 50) / ("b" * 50)
    server = make_server(home)
    server.start()
    folder = Path((home / "address").read_text())

    assert len(str(folder)) < postgres.LONGEST_SOCKET
    assert folder.stat().st_mode & 0o777 == 0o700
    server.stop()
    assert not folder.exists()


def test_it_stops_when_its_keeper_is_killed(place: Path) -> None:
    keep = (
        "import sys, pathlib, time; from tratativa.serve import postgres\n"
        "server = postgres.Server(pathlib.Path(sys.argv[1])); server.start()\n"
        "print(server.process.pid, flush=True); time.sleep(600)"
    )
    command = [sys.executable, "-c", keep, str(place / "home")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as keeper:
        assert keeper.stdout
        server = int(keeper.stdout.readline())
        assert not gone(server)

        keeper.kill()

        until(lambda: gone(server), "the server to follow its keeper")


def test_a_server_that_cannot_begin_says_so_with_its_last_words(place: Path) -> None:
    server = postgres.Server(place / "home", {"shared_buffers": "nonsense"})

    with pytest.raises(Trouble, match=r"não começou(.|\n)*shared_buffers"):
        server.start()
    server.stop()


def test_a_folder_that_cannot_be_made_is_named_with_the_way_out(place: Path) -> None:
    (place / "file").write_text("in the way")

    with pytest.raises(Trouble, match=r"Não consigo gravar em .*file/home .*--data"):
        postgres.Server(place / "file" / "home")


def test_programs_the_servers_user_cannot_reach_run_from_a_copy_beside_the_data(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(binaries, "reachable", lambda path, user: False)

    folder = binaries.folder(place, (os.getuid(), os.getgid()))
    again = binaries.folder(place, (os.getuid(), os.getgid()))

    assert folder == again
    assert folder.is_relative_to(place)
    said = subprocess.run(
        [folder / "initdb", "--version"], capture_output=True, text=True, check=True, timeout=PATIENCE
    )
    assert said.stdout.startswith("initdb (PostgreSQL) 18")


def test_reach_is_what_the_folders_above_grant(place: Path) -> None:
    closed = place / "closed"
    closed.mkdir()
    (closed / "postgres").touch(0o755)
    someone = (54321, 54321)
    assert binaries.reachable(closed / "postgres", someone)

    closed.chmod(0o700)

    assert not binaries.reachable(closed / "postgres", someone)
