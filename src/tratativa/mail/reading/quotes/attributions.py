"""Attributions: «Em ter., 3 de jun. de 2025 às 10:12, Fulano <fulano@…> escreveu:», in any language, over any lines.

No client's pattern is listed. A line introduces somebody else's words when enough speaks for it: a verb of writing, a
date, a time, an address, a colon at its end, quoted lines below it. A person who merely tells what somebody wrote
brings less of it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from tratativa.mail.reading import bounds
from tratativa.mail.reading.lines import Line
from tratativa.mail.reading.quotes import borders, evidence

_LONGEST = 5
_DASHES = re.compile(r"^[-–—*_\s]{2,}|[-–—*_\s]{2,}$")
_LISTED = re.compile(r"^[\d*\"'“«<\[(]")
_BOUND = 600
_SENTENCE_ENDS = (".", "!", "?", ":", ";")


@dataclass(frozen=True)
class Attribution:
    """Lines `start` to `end`, the last included."""

    start: int
    end: int


def find(lines: Sequence[Line]) -> dict[int, Attribution]:
    """The attributions among the unquoted lines, by the line they begin in."""
    found: dict[int, Attribution] = {}
    taken = -1
    speaks = [_speaks(line.bare) for line in lines[: bounds.SEARCHED]]
    for end in range(min(len(lines), bounds.SEARCHED)):
        line = lines[end]
        if (line.depth and not line.soft) or line.cut or line.blank:
            continue
        if not any(speaks[max(0, end - _LONGEST + 1) : end + 1]):
            continue
        attribution = _ending(lines, end, taken)
        if attribution:
            found[attribution.start] = attribution
            taken = attribution.end
    return found


def apart(lines: Sequence[Line]) -> list[Line]:
    """The lines, an introduction that follows somebody's own words in the same line given a line of its own."""
    found: list[Line] = []
    for at, line in enumerate(lines):
        cut = _shared(lines, at) if at < bounds.SEARCHED and not line.depth else 0
        found += [replace(line, text=line.text[:cut].rstrip()), replace(line, text=line.text[cut:])] if cut else [line]
    return found


_SHARED = re.compile(r"(?<=[^\s-])(?:\s+|\s*-{2,}\s*)(?=(?:On|Em|El|Le|Am|Il|Op|Den) [^\n]{0,12}\d)")


def _shared(lines: Sequence[Line], at: int) -> int:
    """Where in a line an introduction begins behind other words, where quoted lines follow; nought elsewhere."""
    text = lines[at].text
    if len(text) > _BOUND or not text.rstrip().endswith(":") or not _speaks(text) or not _followed(lines, at):
        return 0
    if _opens(text.lstrip()):
        return 0
    for place in _SHARED.finditer(text):
        if _accepts(text[place.end() :].strip(), True, True, True):
            return place.start()
    return 0


def _speaks(text: str) -> bool:
    """Whether a line holds a verb of writing or an address: no introduction is without one of them."""
    folded = text.casefold()
    return "@" in text or bool(evidence.VERB.search(folded) or evidence.SAID.search(folded))


def _ending(lines: Sequence[Line], end: int, taken: int) -> Attribution | None:
    """The attribution that ends in a line: the fewest lines that suffice, and those above that open it."""
    text = lines[end].bare
    if not _may_end(text):
        return None
    window, accepted = "", None
    quoted = _followed(lines, end)
    for start in range(end, max(end - _LONGEST, taken), -1):
        line = lines[start]
        if line.blank or line.depth != lines[end].depth or len(window) > _BOUND:
            break
        if start < end and line.bare.endswith(_SENTENCE_ENDS) and not _opens(line.bare):
            break
        window = f"{line.bare[:_BOUND]} {window}".strip()
        if accepted is not None and not _opens(window):
            continue
        if _accepts(window, quoted, _above_blank(lines, start), start == end):
            accepted = Attribution(start, end)
            if _opens(window):
                break
    return accepted


def _may_end(text: str) -> bool:
    """Cheap, and true of every line in which an attribution can end."""
    tail = text[-2:]
    return (
        ":" in text
        or "：" in tail
        or tail.endswith(("-", ">", "—"))
        or bool(evidence.VERB.search(text.casefold()[-30:]))
    )


def _opens(window: str) -> bool:
    """Whether the first words are how an attribution begins: an opener with digits near, a date, dashes."""
    head = window[:40]
    return bool(
        (evidence.OPENER.match(head) and re.search(r"\d", window[:60])) or re.match(r"\d", head)
    ) or head.startswith(("--", "=="))


def _accepts(window: str, quoted: bool, above_blank: bool, single: bool) -> bool:
    """Whether the words are an attribution. Where other words follow in the line somebody tells what was written."""
    dashed = bool(_DASHES.match(window)) and window.rstrip().endswith(("-", "—"))
    inner = _DASHES.sub("", evidence.ascii_digits(window)).strip()
    folded = inner.casefold()
    verb = next(reversed(list(evidence.VERB.finditer(folded))), None)
    if verb is None:
        return _without_verb(inner, quoted) or _said(folded, quoted)
    after = folded[verb.end() :].lstrip(" )*_")
    closed = inner.rstrip(" *_").endswith((":", "：", "...", "…") if quoted else (":", "："))
    if not (closed or dashed or not after.strip("-–— ")):
        return False
    facts = _Facts(inner, inner[: verb.start()], inner[verb.end() :].strip(" :*_"), quoted, above_blank)
    return facts.convince(single=single, dashed=dashed)


@dataclass(frozen=True)
class _Facts:
    """What stands around a verb of writing."""

    text: str
    head: str
    tail: str
    quoted: bool
    above_blank: bool

    def convince(self, *, single: bool, dashed: bool) -> bool:
        """Whether it is an introduction: by two of address, date and hour; by a name where no quote follows."""
        folded = self.text.casefold()
        address, dated = bool(evidence.ADDRESS.search(folded)), evidence.dated(folded)
        timed = bool(evidence.TIME.search(folded))
        if address and not self.quoted and evidence.told(self.head):
            return False
        if address:
            angled = bool(re.search(r">\W{0,4}$", self.head))
            return dated or timed or (single and (self.quoted or angled)) or self.text.startswith("<")
        if evidence.TELLING.match(self.text):
            return False
        if dated and timed:
            return self.quoted or self._named()
        if dated or timed:
            opened = bool(evidence.YEAR.search(folded) and evidence.OPENER.match(folded))
            return self.quoted or (opened and self.above_blank and not self.tail and self._named())
        words = self.head.split()
        return (self.quoted or dashed) and not self.tail and (_name(words) or (self.quoted and len(words) == 1))

    def _named(self) -> bool:
        """Whether a name, or the reader, stands between the date and the verb, before both, or behind the verb."""
        who = re.split(r"[\d,]", self.head)[-1].strip(" .;:·-*_\"'") or self.tail
        if _YOU.search(who):
            return True
        if re.search(r"\d\D{0,12},\s*$", self.head[: self.head.rfind(who)]) and len(who.split()) <= 3:
            return bool(who) and not evidence.TELLING.match(who)  # «…10:12, joana escreveu:», nicknames are small
        words = [word for word in re.sub(r"\(.{0,80}\)", "", who).split() if word.strip(".,;:()")]
        if self.tail and evidence.dated(self.tail) and not re.search(r"\d", self.head):
            words = self.head.split()
        return _name(words)


_YOU = re.compile(r"(?:^|\s)(?:you|você|vocês|usted|du|sie|vous|lei|je|u)$", re.I)


def _name(words: Sequence[str]) -> bool:
    """One to seven words of which the first and the last are written as names are; many scripts have no capitals."""
    if not 0 < len(words) <= 7:
        return False
    first, last = words[0].lstrip("\"'«“(")[:1], words[-1].lstrip("\"'«“(")[:1]
    return not first.islower() and not last.islower() and bool(first)


def _said(folded: str, quoted: bool) -> bool:
    """«Em Thu, 8 Dec 2016 12:20:00 -0200, Fulano <…> disse:»."""
    known = (evidence.ADDRESS.search(folded), evidence.dated(folded), evidence.TIME.search(folded))
    return bool(evidence.SAID.search(folded)) and quoted and sum(map(bool, known)) >= 2


def _without_verb(text: str, quoted: bool) -> bool:
    """«26.06.2014, 14:41, "Fulano" <f@…>:» and «Citando Fulano <f@…>:», which say no verb."""
    address = evidence.ADDRESS.search(text)
    if not address:
        return False
    colon = text.endswith((":", "："))
    if evidence.QUOTING.match(text):
        return colon
    begins = bool(_LISTED.match(text) or evidence.OPENER.match(text))
    if evidence.dated(text) and evidence.TIME.search(text):
        # Russian and Japanese Gmail end in the address: «чт, 8 дек. 2016 г. в 12:20, Имя <…>:».
        named = text.endswith((">:", ">：")) and len(text) < 200
        return (colon and (begins or quoted or named)) or (quoted and begins and text.endswith(">"))
    if quoted and colon and len(text) < 200 and (evidence.dated(text) or evidence.TIME.search(text)):
        return True
    return bool(evidence.dated(text) and quoted and text[:1].isdigit() and text.endswith((">", ":")))


def _followed(lines: Sequence[Line], end: int) -> bool:
    """Whether quoted lines come next, or the line above which to answer, with nothing but empty ones between."""
    for line in lines[end + 1 : end + 20]:
        if line.depth > lines[end].depth or line.cut or borders.above_this_line(line):
            return True
        if not line.blank:
            return False
    return False


def _above_blank(lines: Sequence[Line], start: int) -> bool:
    return start == 0 or lines[start - 1].blank
