"""The summary of a letter as plain data, for the command line and for measuring."""

from collections.abc import Sequence
from typing import Any

from tratativa.mail.reading import letter
from tratativa.mail.reading.letter import Letter
from tratativa.mail.reading.mime import parts


def summary(raw: bytes, parents: Sequence[str] = ()) -> dict[str, Any]:
    """What was read of a letter: its writer's words, the folded rest, files with their sizes in bytes, who and what.

    Of a letter beyond the bounds only the headers are told, and `unread` says which bound it was.
    """
    try:
        return _told(letter.read(raw, parents))
    except parts.Unreadable as bound:
        return _told(letter.outline(raw)) | {"unread": str(bound)}


def _told(read: Letter) -> dict[str, Any]:
    return {
        "visible_text": read.visible,
        "quoted_text": read.folded,
        "attachments": [{"name": file.name, "size": len(file.data)} for file in read.files],
        "from": read.sender.address if read.sender else "",
        "subject": read.subject,
        "message_id": read.message_id,
        "references": list(read.references),
        "is_auto": bool(read.machine),
        "no_autoreply": read.quiet,
    }
