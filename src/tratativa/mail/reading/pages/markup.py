"""Markup: HTML of strangers into a tree whose depth and size are bounded, in linear time."""

import re

from lxml import etree, html

from tratativa.mail.reading import bounds

# A tag with more than this is no letter's: one tag of two megabytes of attributes takes any parser half a minute.
_TAG = 16 * 1024
_DEPTH = 200
_XML_HEADER = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def tree(markup: str) -> html.HtmlElement | None:
    """The tree of a page, or nothing where there is none to be had."""
    text = bounded(_XML_HEADER.sub("", _FORBIDDEN.sub("", markup[: bounds.MARKUP])))
    if not text.strip():
        return None
    parser = html.HTMLParser(encoding="utf-8", remove_pis=True, huge_tree=False, no_network=True)
    try:
        found = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser, ensure_head_body=False)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError):
        return None
    return found if isinstance(found, html.HtmlElement) else None


def bounded(markup: str) -> str:
    """The markup without tags longer than 16 KB and without what is nested beyond 200 elements."""
    kept: list[str] = []
    at, depth, end = 0, 0, -1
    while True:
        start = markup.find("<", at)
        if start < 0:
            kept.append(markup[at:])
            return "".join(kept)
        kept.append(markup[at:start])
        if end < start:
            end = markup.find(">", start)
            end = len(markup) + _TAG if end < 0 else end
        if end - start > _TAG:
            # No end in reach: the sign is text, or the tag too long to be one.
            kept.append("&lt;")
            at = start + 1
            continue
        depth += _step(markup, start, end)
        if 0 <= depth <= _DEPTH or markup[start + 1] == "/":
            kept.append(markup[start : end + 1])
        depth = max(depth, 0)
        at = end + 1


_VOID = {
    "br",
    "hr",
    "img",
    "meta",
    "link",
    "input",
    "area",
    "base",
    "col",
    "wbr",
    "source",
    "p",
    "li",
    "td",
    "tr",
    "th",
    "!--",
}
_NAME = re.compile(r"[a-zA-Z!][a-zA-Z0-9:-]{0,30}")


def _step(markup: str, start: int, end: int) -> int:
    """How a tag changes the depth: elements that close themselves do not."""
    closing = markup[start + 1] == "/"
    name = _NAME.match(markup, start + 2 if closing else start + 1)
    if not name or name[0].lower() in _VOID or markup[end - 1] == "/" or name[0].startswith("!"):
        return 0
    return -1 if closing else 1
