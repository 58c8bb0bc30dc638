"""Whoever installs gets the files that were looked at, and a lock of yesterday's wishes is noticed."""

import re
import shutil
from pathlib import Path

import pytest

from tools import lock

LOCKS = ("dev", "desk", "build")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of what the lock is made from, and of the lock."""
    shutil.copy(lock.ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(lock.FOLDER, tmp_path / "locked")
    return tmp_path


def test_the_lock_is_this_projects() -> None:
    assert lock.stale() == []


@pytest.mark.parametrize(
    ("was", "becomes", "old"),
    [
        ("    \"tzdata\",\n", "    \"tzdata\",\n    \"humanize\",\n", ["dev", "desk"]),
        ("    \"types-tqdm\",\n", "", ["dev"]),
        ("\"brotli==1.2.1\"", "\"brotli==1.2.0\"", ["build"]),
    ],
)  # fmt: skip
def test_another_wish_makes_the_locks_it_concerns_stale(project: Path, was: str, becomes: str, old: list[str]) -> None:
    asked = project / "pyproject.toml"
    assert was in asked.read_text()

    asked.write_text(asked.read_text().replace(was, becomes, 1))

    assert lock.stale(project) == old


def test_a_lock_that_is_not_there_is_stale(project: Path) -> None:
    (project / "locked" / "desk.txt").unlink()

    assert lock.stale(project) == ["desk"]


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_stands_with_one_version_and_the_sha256_of_its_files(name: str) -> None:
    for package in _packages(name):
        assert re.match(r"[\w.\[\],-]+==[\w.]+ ", package), package
        assert re.search(r"--hash=sha256:[0-9a-f]{64}", package), package


def test_a_package_has_the_same_version_wherever_it_is_installed() -> None:
    versions = {
        name: dict(re.match(r"([\w.-]+)\S*?==([\w.]+)", one).groups() for one in _packages(name)) for name in LOCKS
    }

    assert versions["desk"].items() <= versions["dev"].items()
    assert versions["build"].items() <= versions["dev"].items()


def _packages(name: str) -> list[str]:
    said = (lock.FOLDER / f"{name}.txt").read_text()
    return re.sub(r"^#.*\n| *#.*$", "", said, flags=re.M).replace("\\\n", "").splitlines()
