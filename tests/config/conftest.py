"""Desks for the tests of processes, on data folders of their own, stopped and removed at the end."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.config.desks import Desk


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder the database's own user can reach, which pytest's is not when root runs it."""
    with _open_folder() as folder:
        yield folder


@pytest.fixture
def make_desk(place: Path) -> Iterator[Callable[..., Desk]]:
    """Makes desks on one data folder; whatever still runs at the end is stopped."""
    with _desks(place) as make:
        yield make


@pytest.fixture
def desk(make_desk: Callable[..., Desk]) -> Desk:
    """A desk that is ready, and may be stopped."""
    return make_desk().start()


@pytest.fixture(scope="module")
def lasting_desk() -> Iterator[Desk]:
    """A desk several tests share: what they kill in it comes back."""
    with _open_folder() as folder, _desks(folder) as make:
        yield make().start()


@pytest.fixture(scope="module")
def open_desk() -> Iterator[Desk]:
    """A desk several tests share, with the pages people see and not a drill's."""
    with _open_folder() as folder, _desks(folder) as make:
        yield make(DJANGO_SETTINGS_MODULE="tratativa.config.settings").start()


@contextmanager
def _open_folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="tratativa-drill-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _desks(folder: Path) -> Iterator[Callable[..., Desk]]:
    desks: list[Desk] = []

    def make(**env: str) -> Desk:
        output = (folder / f"said-{len(desks)}").open("wb")
        desks.append(Desk(folder / "home", output, **env))
        return desks[-1]

    yield make
    for desk in desks:
        if desk.process and desk.process.poll() is None:
            desk.stop()
        desk.output.close()
