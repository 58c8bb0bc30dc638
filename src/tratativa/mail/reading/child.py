"""The child: reads letters in a process of its own, whose memory ends before the machine's does.

It speaks frames on its standard input and output: four bytes of length, then a pickle. It ends when its parent does,
for then its input ends.
"""

import contextlib
import pickle  # between two processes of ours, over a pipe nobody else holds
import struct
import sys
from typing import Any, BinaryIO

from tratativa.mail.reading import letter
from tratativa.mail.reading.mime import parts

LENGTH = struct.Struct(">I")


def main() -> None:
    """Answers every letter with what was read or what went wrong; the first argument bounds the memory in bytes."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - not there on every system

        memory = int(sys.argv[1])
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    answers = sys.stdout.buffer
    sys.stdout = sys.stderr  # whatever a library prints must not stand between two frames
    while (asked := read_frame(sys.stdin.buffer)) is not None:
        write_frame(answers, _answer(asked))


def _answer(asked: Any) -> Any:
    raw, parents, known = asked
    try:
        return letter.read(raw, parents, known)
    except parts.Unreadable as bound:
        return str(bound)
    except Exception as problem:  # whatever a stranger's bytes make a parser raise is the answer
        return type(problem).__name__


def read_frame(pipe: BinaryIO) -> Any:
    """The next value, or None when the other side has left."""
    head = pipe.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    body = pipe.read(LENGTH.unpack(head)[0])
    return pickle.loads(body)  # noqa: S301 – written by ourselves


def write_frame(pipe: BinaryIO, value: Any) -> None:
    """Writes one value."""
    body = pickle.dumps(value, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.write(LENGTH.pack(len(body)) + body)
    pipe.flush()


if __name__ == "__main__":
    main()
