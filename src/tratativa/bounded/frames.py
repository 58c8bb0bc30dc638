"""Frames: what parent and child tell each other: JSON, and beside it the bytes it speaks of."""

import json
import struct
from typing import Any, BinaryIO

LENGTH = struct.Struct(">I")
MOST = 256 * 1024**2  # bytes of one frame; a letter of 40 MB is said back in less than three times as many
_BYTES = "$bytes"  # how JSON names the bytes that follow it, by their place


def read(pipe: BinaryIO) -> Any:
    """The next value, or None when the other side has left. Raises ValueError for what is no frame."""
    head = _taken(pipe, LENGTH.size)
    if head is None:
        return None
    told = _taken(pipe, _bounded(LENGTH.unpack(head)[0]))
    said = json.loads(told or b"")
    sizes = said["sizes"]
    _bounded(sum(sizes))
    return _filled(said["value"], [_taken(pipe, size) for size in sizes])


def write(pipe: BinaryIO, value: Any) -> None:
    """Writes one value: of dictionaries, lists, words, numbers, truths, nothing, and bytes."""
    pieces: list[bytes] = []
    emptied = _emptied(value, pieces)
    told = json.dumps({"value": emptied, "sizes": [len(piece) for piece in pieces]}).encode("ascii")
    pipe.write(LENGTH.pack(len(told)) + told)
    for piece in pieces:
        pipe.write(piece)
    pipe.flush()


def _taken(pipe: BinaryIO, size: int) -> bytes | None:
    data = pipe.read(size)
    return data if len(data) == size else None


def _bounded(size: int) -> int:
    if not 0 <= size <= MOST:
        raise ValueError("a frame of no size anybody agreed on")
    return size


def _emptied(value: Any, pieces: list[bytes]) -> Any:
    if isinstance(value, bytes):
        pieces.append(value)
        return {_BYTES: len(pieces) - 1}
    if isinstance(value, dict):
        return {name: _emptied(one, pieces) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_emptied(one, pieces) for one in value]
    return value


def _filled(value: Any, pieces: list[bytes | None]) -> Any:
    if isinstance(value, dict):
        if value.keys() == {_BYTES}:
            piece = pieces[value[_BYTES]]
            if piece is None:
                raise ValueError("bytes that were announced did not come")
            return piece
        return {name: _filled(one, pieces) for name, one in value.items()}
    if isinstance(value, list):
        return [_filled(one, pieces) for one in value]
    return value
