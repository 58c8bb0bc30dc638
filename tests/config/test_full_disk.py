"""A desk whose disk fills: it says so, loses nothing, and goes on by itself when there is room again."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.config.desks import Desk, until
from tests.gate.clients import heard, post, say
from tests.small_disks import fill, mounted, room_at

MEBIBYTE = 1024**2
SMALL = {"TRATATIVA_RESERVE": "24", "TRATATIVA_LEAST_FREE": "16"}


@pytest.fixture
def disk() -> Iterator[Path]:
    with mounted(320) as folder:
        yield folder


def test_a_full_disk_is_said_and_survived(disk: Path, tmp_path: Path) -> None:
    with (tmp_path / "said").open("wb") as output:
        desk = Desk(disk / "home", output, **SMALL).start()
        reserve = disk / "home" / "reserve"
        until(reserve.exists, "the reserve", desk.said)
        desk.ask("create table kept (word text)")

        filler = fill(disk, leave=12 * MEBIBYTE)
        with say(desk.port, post(10) + b"0123456789") as client:
            refused = heard(client)
        desk.ask("insert into kept values ('guardado')")
        fill(disk, leave=MEBIBYTE)
        until(lambda: not reserve.exists(), "the reserve to be given up", desk.said)
        assert desk.healthy()
        assert desk.get("/quick") == 200

        filler.unlink()
        until(reserve.exists, "the reserve to be taken again", desk.said)
        with say(desk.port, post(10, "/take", "Connection: close") + b"0123456789") as client:
            taken = heard(client)

        assert refused.startswith("HTTP/1.1 507 ")
        assert "Não há espaço para guardar o que você enviou, e nada foi guardado." in refused
        assert taken.startswith("HTTP/1.1 200 ")
        assert desk.ask("select word from kept") == [("guardado",)]
        assert "O disco está cheio: a reserva de 24 MB foi liberada" in desk.said()
        assert list((disk / "home" / "arriving").iterdir()) == []
        assert desk.stop() == 0


def test_a_database_killed_by_a_full_disk_recovers_by_itself(disk: Path, tmp_path: Path) -> None:
    with (tmp_path / "said").open("wb") as output:
        desk = Desk(disk / "home", output, **SMALL).start()
        until((disk / "home" / "reserve").exists, "the reserve", desk.said)
        desk.ask("create table kept (number int, word text)")

        filler = disk / "filler"
        kept = 0
        while kept < 400 and room_at(disk) > 0:
            fill(disk, leave=0)
            try:
                desk.ask("insert into kept select %s, repeat(md5(random()::text), 8000)", kept)
            except Exception:
                break
            kept += 1
        filler.unlink(missing_ok=True)
        until(desk.healthy, "the database to come back", desk.said)

        assert desk.ask("select count(*) from kept")[0][0] == kept
        assert desk.stop() == 0
