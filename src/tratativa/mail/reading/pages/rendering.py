"""Rendering: a tree of markup into lines, with what mail clients write into it to tell quote from answer."""

from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement

from tratativa.mail.reading import bounds
from tratativa.mail.reading.lines import UNSEEN, Line
from tratativa.mail.reading.pages import client_marks

_SKIPPED = {"head", "title", "style", "script", "template", "noscript", "meta", "object", "svg", "xml"}
_BLOCKS = {
    "address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main", "nav", "ol", "p",
    "pre", "section", "table", "tbody", "tr", "ul",
}  # fmt: skip
_SPACED = {"p", "h1", "h2", "h3", "h4", "ul", "ol", "table"}
RULE = "_" * 32


@dataclass
class _Pen:
    """Where the rendering stands."""

    lines: list[Line] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    skipped: int = 0
    hard: int = 0
    soft: int = 0
    signature: int = 0
    attribution: int = 0
    verbatim: int = 0
    cut: bool = False
    # For every open container of a quote: whether its quote has ended, so that what follows is an answer.
    around: list[bool] = field(default_factory=list)
    # For every open list its next number, nought for one without; and what stands before an item's first word.
    numbers: list[int] = field(default_factory=list)
    item: str = ""

    def write(self, text: str | None) -> None:
        if text and not self.skipped:
            if self.item and text.strip():
                self.text.append(self.item)
                self.item = ""
            self.text.append(text if self.verbatim else " ".join(f"|{text}|".split())[1:-1])

    def end(self) -> None:
        if self.text:
            for text in UNSEEN.sub("", "".join(self.text)).replace("\xa0", " ").split("\n"):
                self._line(" ".join(text.split()) if not self.verbatim else text.rstrip())
            self.text = []

    def turn(self) -> None:
        """The line ends here; where nothing was written it is an empty one."""
        if any(self.text):
            self.end()
        else:
            self._line("")

    def space(self) -> None:
        self.end()
        if self.lines and self.lines[-1].text:
            self._line("")

    def _line(self, text: str) -> None:
        if len(self.lines) >= bounds.LINES:
            return
        before_quote = any(not ended for ended in self.around)
        depth = self.hard + self.soft + (1 if before_quote and not self.hard else 0)
        soft = bool(self.soft) and not self.hard and not before_quote
        attribution = bool(self.attribution) or (before_quote and not self.hard and not self.soft)
        self.lines.append(Line(text, depth, soft, self.cut, bool(self.signature), attribution))


def lines(tree: HtmlElement) -> list[Line]:
    """The lines of a page. What no reader sees is left out; markers of quotes are turned into depth and borders."""
    pen = _Pen()
    for event, element in etree.iterwalk(tree, events=("start", "end", "comment")):
        if event == "comment" or not isinstance(element.tag, str):
            if event == "comment":
                pen.write(element.tail)
        elif event == "start":
            _enter(pen, element)
        else:
            _leave(pen, element)
    pen.end()
    return pen.lines


def ends_letter(element: HtmlElement) -> bool:
    """Whether the text that begins an element is the line below which a signature stands (RFC 3676 §4.3)."""
    return (element.text or "").replace("\xa0", " ").strip("\r\n") in ("-- ", "--")


def _enter(pen: _Pen, element: HtmlElement) -> None:
    tag = element.tag
    if tag in _SKIPPED or pen.skipped or client_marks.hidden(element):
        pen.skipped += 1
        return
    if tag in _BLOCKS:
        pen.end()
    _mark(pen, element, 1)
    if tag == "br":
        pen.turn()
    elif tag == "hr":
        pen.write(RULE)
        pen.end()
    elif tag == "img":
        pen.write(_picture(element))
    elif tag in ("ol", "ul"):
        pen.numbers.append(_first_number(element) if tag == "ol" else 0)
    elif tag == "li":
        pen.item = _item(pen)
    elif tag in ("td", "th") and pen.text:
        pen.text.append(" ")
    elif tag == "pre":
        pen.verbatim += 1
    pen.write(element.text)


def _leave(pen: _Pen, element: HtmlElement) -> None:
    if pen.skipped:
        pen.skipped -= 1
        pen.write(element.tail)
        return
    if element.tag in _BLOCKS:
        pen.end()
    if element.tag in _SPACED and "MsoNormal" not in element.get("class", ""):
        pen.space()
    if element.tag == "pre":
        pen.verbatim -= 1
    elif element.tag == "li":
        pen.item = ""
    elif element.tag in ("ol", "ul") and pen.numbers:
        pen.numbers.pop()
    _mark(pen, element, -1)
    pen.write(element.tail)


def _mark(pen: _Pen, element: HtmlElement, step: int) -> None:
    """Counts the element's role in, or out again when it ends."""
    names = client_marks.names_of(element)
    quote = element.tag == "blockquote"
    hard = quote and (
        element.get("type", "").lower() == "cite" or bool(names & client_marks.AROUND) or client_marks.cites(names)
    )
    if step > 0 and (names & client_marks.BORDERS or client_marks.drawn(element)):
        pen.end()
        pen.cut = True
    if quote or client_marks.indented(element):
        pen.end()
        pen.hard += step if hard else 0
        pen.soft += 0 if hard else step
        if step < 0 and pen.around and not pen.hard and not pen.soft:
            pen.around[-1] = True
    elif names & client_marks.AROUND:
        pen.end()
        if step > 0:
            pen.around.append(False)
        elif pen.around:
            pen.around.pop()
    elif names & client_marks.QUOTES:
        pen.end()
        pen.hard += step
        pen.attribution += step if names & {"gmail_attr", "moz-cite-prefix", "reply-intro", "replyheader"} else 0
    elif names & client_marks.SIGNATURES:
        pen.end()
        pen.signature += step


def _first_number(element: HtmlElement) -> int:
    given = element.get("start", "1").strip()
    return int(given) if given.isdecimal() and len(given) < 7 else 1


def _item(pen: _Pen) -> str:
    """What a reader sees before an item of a list: its number, or a sign."""
    number = pen.numbers[-1] if pen.numbers else 0
    if number:
        pen.numbers[-1] = number + 1
    return f"{number}. " if number else "- "


def _picture(element: HtmlElement) -> str:
    """Emoji are pictures to some clients; other pictures say nothing here."""
    said = element.get("alt", "").strip()
    return said if 0 < len(said) <= 3 and not said.isalnum() else ""
