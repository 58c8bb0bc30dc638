"""Pictures: which of a letter's files its page shows where they stand, and which of those are in the signature."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from urllib.parse import unquote

from lxml import etree
from lxml.html import HtmlElement

from tratativa.mail.reading import markup, rendering
from tratativa.mail.reading.pieces import Body, File


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
        if rendering.signature(element):
            inside += 1 if event == "start" else -1
        below = below or (event == "start" and rendering.ends_letter(element))
        source = element.get("src", "") if event == "start" and element.tag == "img" else ""
        if source.lower().startswith("cid:"):
            yield _id(source[4:]), below or inside > 0


def _id(written: str) -> str:
    return unquote(written).strip().strip("<>").lower()
