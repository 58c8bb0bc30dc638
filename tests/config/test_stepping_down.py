"""Root opens the port and serves as somebody else; where nobody else can read the program, it says so."""

import os
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path

import pytest

import tratativa
from tests.config.desks import Desk, children_of
from tratativa.serve import binaries, owner

ROOT = os.geteuid() == 0
pytestmark = pytest.mark.skipif(not ROOT, reason="only root has anything to step down from")


def a_python(user: owner.User) -> tuple[str, str] | None:
    """An interpreter of this version that the user can run, and the path by which it finds the program."""
    packages, source = Path(sysconfig.get_path("purelib")), Path(tratativa.__file__).parents[1]
    if not all(binaries.reachable(folder, user) for folder in (packages, source)):
        return None
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    for found in (Path(sys.executable), *(Path(folder) / version for folder in ("/usr/bin", "/usr/local/bin"))):
        if found.exists() and binaries.reachable(found, user):
            return str(found), f"{source}:{packages}"
    return None


@pytest.fixture
def readable(place: Path, make_desk: Callable[..., Desk]) -> Desk:
    """A desk on a program that others than root can read."""
    user = owner.of(place / "nothing")
    assert user
    if (python := a_python(user)) is None:
        pytest.skip("no Python here that another user can run with this checkout: python or checkout lie under /root")
    desk = make_desk(PYTHONPATH=python[1], DJANGO_SETTINGS_MODULE="tratativa.config.settings")
    desk.python = python[0]
    return desk


def owners(pids: list[int]) -> set[int]:
    return {Path(f"/proc/{pid}").stat().st_uid for pid in pids}


def test_nothing_of_a_desk_that_root_starts_runs_as_root_nor_writes_as_root(readable: Desk) -> None:
    desk = readable.start()
    assert desk.process
    family = [desk.process.pid, *children_of(desk.process.pid)]

    assert 0 not in owners(family)
    assert len(owners(family)) == 1
    assert "root" not in desk.said()
    written = {path: path.lstat().st_uid for path in desk.home.rglob("*")}
    assert [path for path, uid in written.items() if uid == 0] == []

    made = desk.run("ledger", "new-key")

    assert made.returncode == 0, made.stderr
    assert [path for path in desk.home.rglob("*") if path.lstat().st_uid == 0] == []


def test_what_root_served_before_belongs_to_whoever_serves_now(readable: Desk) -> None:
    (readable.home / "files").mkdir(parents=True)
    (readable.home / "files" / "nota.pdf").write_bytes(b"%PDF")
    (readable.home / "secret").write_text("guardado")

    readable.start()

    assert (readable.home / "files" / "nota.pdf").stat().st_uid != 0
    assert (readable.home / "secret").read_text() == "guardado"


def test_where_the_program_is_roots_alone_the_desk_says_so_and_a_named_user_is_refused(
    make_desk: Callable[..., Desk], place: Path
) -> None:
    (place / "home").mkdir()
    (place / "home" / "contas.ods").write_text("de outra pessoa")

    refused = make_desk(TRATATIVA_USER="nobody", DJANGO_SETTINGS_MODULE="tratativa.config.settings")
    told = refused.run("serve", "--port", str(refused.port))

    assert told.returncode == 1
    assert "o usuário nobody, que serviria, não alcança" in told.stderr
    assert "TRATATIVA_USER=root" in told.stderr
    assert (place / "home" / "contas.ods").stat().st_uid == 0


def test_a_user_that_is_not_there_is_named(make_desk: Callable[..., Desk]) -> None:
    desk = make_desk(TRATATIVA_USER="ninguem-assim")

    told = desk.run("serve", "--port", str(desk.port))

    assert (told.returncode, "Não há usuário «ninguem-assim»" in told.stderr) == (1, True)
