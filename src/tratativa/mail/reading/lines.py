"""Lines: a body as people see it, each line with what the client said about it: quoted how deep, signature, border."""

import re
from dataclasses import dataclass, replace
from functools import cached_property

from tratativa.mail.reading import bounds

_QUOTED = re.compile(r"^[ \t]{0,3}((?:>[ \t]?)+)")
_OTHER = re.compile(r"^[ \t]{0,3}(\||»|＞|&gt;|[^\W\d_]{1,12}>)(?:[ \t]|$)")
_SIGN_ALONE = re.compile(r"^[ \t]*(?:(?:>|＞|&gt;)[ \t]?)+$")
_ALIKE = 3  # lines in a row with one sign
_ENDS = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ufeff\u200b\u2066-\u2069\u202a-\u202e\u200e\u200f]")


@dataclass(frozen=True)
class Line:
    """One line. `depth` counts the quotes around it; `soft` quotes are indentation that may be the writer's own."""

    text: str
    depth: int = 0
    soft: bool = False
    cut: bool = False
    signature: bool = False
    attribution: bool = False

    @cached_property
    def bare(self) -> str:
        """The text without quote signs and outer space, at most as long as anything is looked for in."""
        return _QUOTED.sub("", self.text)[: bounds.LINE].strip()

    @cached_property
    def blank(self) -> bool:
        """Whether nothing stands here, quoted or not."""
        return not self.bare


def of_text(text: str, *, flowed: bool = False) -> list[Line]:
    """The lines of a plain body. In flowed text one space before a line is stuffing (RFC 3676 §4.4)."""
    found = []
    for piece in _ENDS.split(UNSEEN.sub("", text), maxsplit=bounds.LINES):
        content = piece[1:] if flowed and piece.startswith(" ") else piece
        signs = _QUOTED.match(content)
        found.append(Line(content.rstrip(), depth=signs[1].count(">") if signs else 0))
    return _signed(found)


def _signed(found: list[Line]) -> list[Line]:
    """The lines, those quoted with another sign than «>» known by three or more that begin with the same one.

    «Ana> …» and «＞ …» are always a quote, «| …» may be the writer's own table.
    """
    start = 0
    while start < len(found):
        sign = _sign(found[start])
        end = start + 1
        while sign and end < len(found) and _sign(found[end]) == sign:
            end += 1
        if sign and end - start >= _ALIKE:
            for at in range(start, end):
                found[at] = replace(found[at], depth=1, soft=sign == "|")
        start = end
    return found


def _sign(line: Line) -> str:
    other = _OTHER.match(line.text) if not line.depth else None
    return other[1] if other and not (other[1] == "|" and line.text.endswith("|") and len(line.text) > 1) else ""


def squeezed(text: str) -> str:
    """What is left of a text when only its letters and digits count: two forms of one body are compared by it."""
    return re.sub(r"[\W_]+", "", text).casefold()


def together(found: list[Line]) -> str:
    """The lines as text, outer empty lines dropped and no more than one between two paragraphs.

    A quote sign that stands alone is the rest of a quote, and nobody's words: it stays between two quoted lines only.
    """
    texts: list[str] = []
    lone = _lone(found)
    for at, line in enumerate(found):
        text = "" if at in lone else line.text.rstrip()
        if text or (texts and texts[-1]):
            texts.append(text)
    return "\n".join(texts).strip("\n")


def _lone(found: list[Line]) -> set[int]:
    """Where nothing but a quote sign stands, with no quoted words both above and below it."""
    lone: set[int] = set()
    at = 0
    while at < len(found):
        end = at
        while end < len(found) and _SIGN_ALONE.match(found[end].text):
            end += 1
        around = [found[place] for place in (at - 1, end) if 0 <= place < len(found)]
        if len(around) < 2 or not all(line.depth and not line.blank for line in around):
            lone.update(range(at, end))
        at = max(end, at + 1)
    return lone
