"""Inline pictures: what came with a letter, drawn anew, put where its page shows it (`cid:`, RFC 2392)."""

import base64
import html
import re
from collections.abc import Iterator
from urllib.parse import unquote

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.safestring import SafeString, mark_safe

from tratativa.cases.core.refusals import Invalid
from tratativa.cases.files import photographs
from tratativa.mail.reading.letter import Letter
from tratativa.mail.reading.pages import inert
from tratativa.mail.reading.pieces import File

# Of one letter: so many pictures, each from at most so many bytes and drawn in at most so many.
_MOST, _FROM, _DRAWN = 8, 8 * 1024**2, 400 * 1024
_SHOWN = re.compile(r'\bsrc="cid:([^"]{1,300})"')
_KINDS = {".jpg": "image/jpeg", ".png": "image/png"}


def page(read: Letter) -> SafeString:
    """The letter's page, inert, with its own pictures in it. What cannot be drawn is left out."""
    shown = inert.page(read.page)
    wanted = {_id(found) for found in _SHOWN.findall(shown)}
    drawn = dict(_drawn([file for file in read.files if file.cid and file.cid.lower() in wanted]))
    return mark_safe(_SHOWN.sub(lambda found: drawn.get(_id(found[1]), ""), shown))  # noqa: S308 – cleaned above


def _id(written: str) -> str:
    return unquote(html.unescape(written)).strip().strip("<>").lower()


def _drawn(files: list[File]) -> Iterator[tuple[str, str]]:
    """For each picture its id and the attribute that shows it, whole inside the page."""
    for file in files[:_MOST]:
        if len(file.data) > _FROM:
            continue
        try:
            picture = photographs.redraw(SimpleUploadedFile("p.bin", file.data), "p", limit=_DRAWN)
        except Invalid:
            continue
        kind = _KINDS.get((picture.name or "")[-4:])
        if kind:
            data = base64.b64encode(picture.read()).decode()
            yield file.cid.lower(), f'src="data:{kind};base64,{data}"'
