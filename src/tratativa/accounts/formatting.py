"""Formatting: the few marks a message may carry, cleaned on the way in, and the plain words it says (T-09)."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser

import nh3

from tratativa.accounts import text

_STRONG = re.compile(r"\*\*([^*\n]+)\*\*")
_MARKS = {"strong", "em", "s", "ul", "ol", "li"}
_TAGS = _MARKS | {"p", "br"}
_LISTS = {"ul", "ol"}
SIZE_LIMIT = 60_000  # characters of HTML: a message at its limit, every line of it in a list
# The cleaner's time grows with the square of nested tags: 4,000 cost 20 ms, 100,000 cost half a minute.
TAG_LIMIT = 4_000
_DEEPEST = 12


class TooMuch(Exception):
    """More marks than a message can need; nothing was parsed."""


@dataclass(frozen=True)
class Written:
    """A message: its plain words, and the same with marks as safe HTML; empty where it has none."""

    words: str
    html: str = ""


def read(raw: str) -> Written:
    """The message in an editor's HTML: paragraphs, bold, italic, strike-through, lists; nothing else survives.

    A paragraph is a line of the words, a list's item a line that begins with `- ` or its number. Raises TooMuch.
    """
    _measure(raw)
    walk = _Walk()
    walk.feed(nh3.clean(raw, tags=_TAGS, attributes={}, link_rel=None))
    walk.close()
    html = "".join(walk.html)
    words = text.paragraph("\n".join(walk.lines)) if text.paragraph(walk.said) else ""  # bullets alone say nothing
    _measure(html)  # closing what was left open and escaping may double it; what is kept can be read again
    return Written(words, html if words and walk.marked else "")


def of_text(marked: str, filled: Callable[[str], str] = str) -> Written:
    """A text of the rulebook, whose only marks are `**strong**` words; `filled` fills the gaps of a piece of it.

    What is filled in is plain: the marks are the text's own, whatever stands in a name.
    """
    pieces = _STRONG.split(marked)
    words = "".join(filled(piece) for piece in pieces)
    if len(pieces) == 1:
        return Written(words)
    html = "".join(
        f"<strong>{escape(filled(piece), quote=False)}</strong>" if place % 2 else escape(filled(piece), quote=False)
        for place, piece in enumerate(pieces)
    )
    return Written(words, "".join(f"<p>{line}</p>" for line in html.split("\n")))


def joined(first: Written, then: Written) -> Written:
    """One message of two, an empty line between; with marks where one of them has any."""
    if not first.words or not then.words or first.words == then.words:
        return first if first.words else then
    words = f"{first.words}\n\n{then.words}"
    if not first.html and not then.html:
        return Written(words)
    return Written(words, _as_html(first) + "<p></p>" + _as_html(then))


def _as_html(one: Written) -> str:
    return one.html or "".join(f"<p>{escape(line, quote=False)}</p>" for line in one.words.split("\n"))


def _measure(html: str) -> None:
    if len(html) > SIZE_LIMIT or html.count("<") > TAG_LIMIT:
        raise TooMuch


class _Walk(HTMLParser):
    """Walks clean HTML and writes it anew: what comes out holds these tags and escaped text, whatever came in."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.html: list[str] = []
        self.lines: list[str] = []
        self.said = ""
        self.marked = False
        self._inside: list[str] = []
        self._counts: list[int] = []
        self._line_open = False
        self._fresh = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._begin("")
            self.html.append("<br>")
            return
        kept = tag if tag in _TAGS and len(self._inside) < _DEEPEST else ""
        self._inside.append(kept)
        if not kept:
            return
        self.marked = self.marked or kept in _MARKS
        self.html.append(f"<{kept}>")
        if kept in _LISTS:
            self._counts.append(0)
        elif kept == "li":
            self._begin(self._bullet())
            self._fresh = True
        elif kept == "p" and not self._fresh:
            self._begin("")

    def handle_endtag(self, tag: str) -> None:
        kept = self._inside.pop() if self._inside else ""
        if not kept:
            return
        self.html.append(f"</{kept}>")
        if kept in _LISTS:
            self._counts.pop()
        if kept in {"p", "li", *_LISTS}:
            self._line_open = self._fresh = False

    def handle_data(self, data: str) -> None:
        between = not self._inside or self._inside[-1] in _LISTS
        said = text.piece(data)
        if not said or (between and not said.strip()):
            return
        if not self._line_open:
            self._begin("")
        self._fresh = False
        self.said += said
        self.lines[-1] += said
        self.html.append(escape(said, quote=False))

    def _begin(self, prefix: str) -> None:
        self.lines.append(prefix)
        self._line_open, self._fresh = True, False

    def _bullet(self) -> str:
        if not self._counts:
            return "- "
        self._counts[-1] += 1
        ordered = next((tag for tag in reversed(self._inside) if tag in _LISTS), "") == "ol"
        return "  " * (len(self._counts) - 1) + (f"{self._counts[-1]}. " if ordered else "- ")
