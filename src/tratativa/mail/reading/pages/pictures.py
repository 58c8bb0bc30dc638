"""Pictures: which of a letter's files its page shows where they stand, and which of those are in the signature."""

import binascii
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import unquote, unquote_to_bytes

from lxml import etree
from lxml.html import HtmlElement

from tratativa.mail.reading import bounds
from tratativa.mail.reading.pages import client_marks, markup, rendering
from tratativa.mail.reading.pieces import Body, File

# A picture in the page's own text (RFC 2397), as web mails paste it.
_PASTED = re.compile(
    r"""(?i)(\bsrc\s{0,5}=\s{0,5})(?:"(data:image/[^"]*)"|'(data:image/[^']*)'|(data:image/[^\s>"']*))"""
)
_ID = "pasted-{}@letter.invalid"


def unpasted(files: Sequence[File], bodies: Sequence[Body]) -> tuple[list[File], list[Body]]:
    """The files and bodies, every picture that stands in a page's text made a file which the page shows by its id.

    Without them the page is cut to its bound.
    """
    found, pages = list(files), []

    def taken(match: re.Match[str]) -> str:
        file = _data(match[2] or match[3] or match[4], _ID.format(len(found)))
        if file is None or len(found) >= bounds.PARTS:
            return match[0]
        found.append(file)
        return f'{match[1]}"cid:{file.cid}"'

    for body in bodies:
        text = _PASTED.sub(taken, body.text)[: bounds.MARKUP] if body.markup else body.text
        pages.append(replace(body, text=text))
    return found, pages


def _data(address: str, cid: str) -> File | None:
    """The file that a `data:` address holds, or nothing where it holds none."""
    head, comma, held = address.partition(",")
    kind, *said = head[len("data:") :].lower().split(";")
    data = unquote_to_bytes(held)
    if "base64" in (word.strip() for word in said):
        kept = re.sub(rb"[^A-Za-z0-9+/]", b"", data)
        kept = kept[: len(kept) - (1 if len(kept) % 4 == 1 else 0)]
        try:
            data = binascii.a2b_base64(kept + b"=" * (-len(kept) % 4))
        except binascii.Error:
            return None
    return File("", kind.strip(), data, cid) if comma and data else None


def placed(files: Sequence[File], bodies: Sequence[Body]) -> tuple[File, ...]:
    """The files, those that the page shows marked as shown, and as signed where only the signature shows them."""
    if not any(file.cid for file in files):
        return tuple(files)
    trees = [tree for body in bodies if body.markup and (tree := markup.tree(body.text)) is not None]
    shown: set[str] = set()
    written: set[str] = set()
    for tree in trees:
        for cid, signed in _shown(tree):
            shown.add(cid)
            if not signed:
                written.add(cid)
    return tuple(
        replace(file, shown=_id(file.cid) in shown, signed=_id(file.cid) in shown - written) if file.cid else file
        for file in files
    )


def _shown(tree: HtmlElement) -> Iterator[tuple[str, bool]]:
    """Every picture shown by its id, in order, and whether it stands in a signature or below a «-- » line."""
    inside, below = 0, False
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        if client_marks.signature(element):
            inside += 1 if event == "start" else -1
        below = below or (event == "start" and rendering.ends_letter(element))
        source = element.get("src", "") if event == "start" and element.tag == "img" else ""
        if source.lower().startswith("cid:"):
            yield _id(source[4:]), below or inside > 0


def _id(written: str) -> str:
    return unquote(written).strip().strip("<>").lower()
