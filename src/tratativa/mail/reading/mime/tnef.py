"""TNEF: Outlook's `winmail.dat`, opened into the text and the files its writer put there (MS-OXTNEF)."""

import contextlib
import logging
import signal
import threading
from collections.abc import Iterator
from types import FrameType

import compressed_rtf
from tnefparse import TNEF

from tratativa.mail.reading import bounds
from tratativa.mail.reading.mime import charsets, parameters
from tratativa.mail.reading.pieces import Body, File

_KINDS = {"application/ms-tnef", "application/vnd.ms-tnef"}
_SIGNATURE = b"\x78\x9f\x3e\x22"
# Seconds. The library believes what a file says of its own lengths; an honest one takes milliseconds.
_PATIENCE = 2.0
logging.getLogger("tnefparse").setLevel(logging.CRITICAL)
logging.getLogger("tnef-decode").setLevel(logging.CRITICAL)


class _TooLong(BaseException):
    """Raised in the middle of the library, which catches every Exception."""


def is_one(file: File) -> bool:
    """Whether a file is Outlook's parcel, whatever it is called."""
    return file.data.startswith(_SIGNATURE) and (file.kind in _KINDS or file.name.lower().endswith(".dat"))


def opened(file: File) -> tuple[list[Body], list[File]] | None:
    """The text and the files of a parcel; None for one that cannot be opened, which stays a file."""
    try:
        with _bounded():
            parcel = TNEF(file.data, do_checksum=False)
            files = list(_files(parcel))
            bodies, letter = _bodies(parcel)
    except _TooLong:
        return None
    except Exception:  # a parser of a proprietary format on a stranger's bytes: whatever it raises means the same
        return None
    found = [*letter, *files][: bounds.PARTS] if not bodies else files[: bounds.PARTS]
    return (bodies, found) if bodies or found else None


def _files(parcel: TNEF) -> Iterator[File]:
    for attached in parcel.attachments:
        data = attached.data
        if isinstance(data, bytes) and data:
            name = attached.long_filename()
            yield File(parameters.filename(name if isinstance(name, str) else ""), "application/octet-stream", data)


def _bodies(parcel: TNEF) -> tuple[list[Body], list[File]]:
    """The text to read; where the writer's words are in rich text alone, that as a file any word processor opens."""
    if parcel.htmlbody:
        return [Body(_text(parcel.htmlbody), markup=True, alternative=0)], []
    if parcel.body:
        return [Body(_text(parcel.body)[: bounds.TEXT], markup=False, alternative=0)], []
    packed = parcel._rtfbody  # the property wants the library's own import of the unpacker
    if isinstance(packed, bytes) and packed:
        return [], [File("mensagem.rtf", "application/rtf", compressed_rtf.decompress(packed))]
    return [], []


def _text(said: str | bytes) -> str:
    text = said if isinstance(said, str) else charsets.decode(said, "")
    return text.rstrip("\0")


@contextlib.contextmanager
def _bounded() -> Iterator[None]:
    """Ends what takes too long, in a process's main thread, where letters are read; elsewhere nothing is opened."""
    if threading.current_thread() is not threading.main_thread():
        raise _TooLong
    before = signal.signal(signal.SIGALRM, _give_up)
    signal.setitimer(signal.ITIMER_REAL, _PATIENCE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _give_up(_number: int, _frame: FrameType | None) -> None:
    raise _TooLong
