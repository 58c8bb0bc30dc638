"""What reads strangers' bytes reaches nothing else, and what comes out of it is believed only in its declared shape."""

import os
import pickle
import re
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import tratativa
from tests.mail.reading.writing import letter
from tratativa.bounded import frames, probe, values
from tratativa.bounded.process import Failed, Process
from tratativa.mail.reading import guarded
from tratativa.mail.reading.letter import Letter
from tratativa.mail.reading.pieces import File

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="namespaces, landlock and seccomp are Linux's")


def swallow(asked: Any) -> Any:
    """Work that takes more memory than a child has."""
    return len(bytearray(asked["size"]))


def forge(asked: Any) -> Any:
    """Work that has been taken over, and answers with what is no letter."""
    return {"visible": ["not", "words"]}


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret@db/desk")
    return tmp_path


@pytest.fixture
def own_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Children find the work that stands in this file."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))


@linux
def test_a_child_reaches_no_network_no_file_no_program_and_no_secret(data: Path) -> None:
    assert probe.reached(data) == set()


def where(asked: Any) -> list[str]:
    """Work that says which namespaces it lives in."""
    return [str(Path(f"/proc/self/ns/{name}").readlink()) for name in ("net", "ipc", "uts")]


@linux
def test_a_child_lives_in_a_network_of_its_own_where_the_machine_gives_it_one(own_work: None) -> None:
    if os.geteuid() != 0 and subprocess.run(["unshare", "--user", "--net", "true"], capture_output=True).returncode:
        pytest.skip("nobody but root makes namespaces here")
    hermit = Process(f"{__name__}:where", patience=20, memory=1024**3)

    there = hermit.ask({})

    assert not set(there) & set(where({}))
    hermit.close()


def test_the_probe_sees_what_can_be_reached(data: Path) -> None:
    (data / "file").write_bytes(b"data")
    with socket.create_server(("127.0.0.1", 0)) as door:
        asked = {"port": door.getsockname()[1], "file": str(data / "file"), "folder": str(data)}
        found = probe.look(asked)  # here, where nothing was given up

    assert all(found.values()), found


def test_nothing_in_the_desk_is_unpickled() -> None:
    package = Path(tratativa.__file__).parent
    users = [
        path
        for path in package.rglob("*.py")
        if re.search(r"^\s*(import|from) (pickle|marshal|shelve)", path.read_text(), re.M)
    ]

    assert users == []


def test_a_pickle_in_place_of_a_frame_is_no_frame() -> None:
    reading, writing = os.pipe()
    with os.fdopen(writing, "wb") as pipe:
        body = pickle.dumps(os.getpid)
        pipe.write(frames.LENGTH.pack(len(body)) + body)
    with os.fdopen(reading, "rb") as pipe, pytest.raises(ValueError, match=r"codec|JSON|Expecting"):
        frames.read(pipe)


def test_bytes_and_lone_surrogates_come_through_as_they_were() -> None:
    told = {"words": "S\udce3o\x00", "files": [b"\x00\xff", b""], "none": None, "many": [1, True]}
    reading, writing = os.pipe()
    with os.fdopen(writing, "wb") as pipe:
        frames.write(pipe, told)
    with os.fdopen(reading, "rb") as pipe:
        assert frames.read(pipe) == told


@pytest.mark.parametrize(
    "forged",
    [
        {"name": "a.pdf", "kind": "application/pdf", "data": b"", "cid": "", "shown": False},
        {"name": "a.pdf", "kind": "application/pdf", "data": "words", "cid": "", "shown": False, "signed": False},
        {"name": ["a"], "kind": "application/pdf", "data": b"", "cid": "", "shown": False, "signed": False},
        {"name": "a", "kind": "b", "data": b"", "cid": "", "shown": 1, "signed": False},
        [],
        None,
    ],
)
def test_what_is_not_of_its_declared_shape_is_not_believed(forged: Any) -> None:
    with pytest.raises(ValueError, match="not a"):
        values.built(File, forged)


def test_a_letter_is_the_same_on_both_sides() -> None:
    raw = letter("Olá\n", subject="Pedido 1001")
    reader = guarded.Reader()
    there = reader.read(raw)
    reader.close()

    assert values.plain(there) == values.plain(values.built(Letter, values.plain(there)))
    assert there.fields.text("subject") == "Pedido 1001"


def test_a_child_that_was_taken_over_is_not_believed(own_work: None) -> None:
    forger = Process(f"{__name__}:forge", patience=20, memory=1024**3)

    with pytest.raises(ValueError, match="not a"):
        values.built(Letter, forger.ask({}))
    forger.close()


def test_a_child_has_no_more_memory_than_it_was_given(own_work: None) -> None:
    glutton = Process(f"{__name__}:swallow", patience=20, memory=1024**3)

    with pytest.raises(Failed) as failed:
        glutton.ask({"size": 2 * 1024**3})
    assert failed.value.reason in {"MemoryError", "died"}
    assert glutton.ask({"size": 10}) == 10
    glutton.close()
