"""Reading in a child: a letter that hangs or devours stops nobody else."""

from collections.abc import Iterator

import pytest

from tests.mail.reading.hostile import ATTACKS
from tests.mail.reading.writing import ANSWER, letter
from tratativa.mail.reading import guarded
from tratativa.mail.reading.mime.parts import Unreadable


@pytest.fixture
def reader() -> Iterator[guarded.Reader]:
    reader = guarded.Reader()
    yield reader
    reader.close()


def test_a_letter_is_read_as_it_would_be_here(reader: guarded.Reader) -> None:
    read = reader.read(letter(ANSWER))

    assert read.visible == ANSWER
    assert read.sender is not None
    assert read.sender.address == "joana@cliente.example"


def test_a_letter_beyond_the_bounds_is_refused_by_name(reader: guarded.Reader) -> None:
    with pytest.raises(Unreadable, match="depth"):
        reader.read(ATTACKS["multiparts 5,000 deep"]())


def test_the_next_letter_is_read_after_one_that_took_too_long() -> None:
    reader = guarded.Reader(patience=0.001)
    with pytest.raises(Unreadable, match="time"):
        reader.read(letter(ANSWER))
    reader.close()

    patient = guarded.Reader()
    assert patient.read(letter(ANSWER)).visible == ANSWER
    patient.close()


def test_a_reader_whose_child_was_killed_starts_another(reader: guarded.Reader) -> None:
    reader.read(letter(ANSWER))
    child = reader.process.child
    assert child is not None
    child.kill()
    child.wait(30)

    assert reader.read(letter(ANSWER)).visible == ANSWER
    assert reader.process.child is not child


def test_what_devours_memory_is_ended_and_others_are_read() -> None:
    reader = guarded.Reader(memory=200 * 1024**2)
    with pytest.raises(Unreadable):
        reader.read(ATTACKS["a 39 MB file"]())

    assert reader.read(letter(ANSWER)).visible == ANSWER
    reader.close()
