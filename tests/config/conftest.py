"""Desks for the tests of processes, on data folders of their own, stopped and removed at the end."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.config.desks import Desk


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder the database's own user can reach, which pytest's is not when root runs it."""
    folder = Path(tempfile.mkdtemp(prefix="tratativa-drill-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def make_desk(place: Path) -> Iterator[Callable[..., Desk]]:
    """Makes desks on one data folder; whatever still runs at the end is stopped."""
    desks: list[Desk] = []

    def make(**env: str) -> Desk:
        output = (place / f"said-{len(desks)}").open("wb")
        desks.append(Desk(place / "home", output, **env))
        return desks[-1]

    yield make
    for desk in desks:
        if desk.process and desk.process.poll() is None:
            desk.stop()
        desk.output.close()


@pytest.fixture
def desk(make_desk: Callable[..., Desk]) -> Desk:
    """A desk that is ready."""
    return make_desk().start()
