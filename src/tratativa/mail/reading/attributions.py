"""Attributions: «Em ter., 3 de jun. de 2025 às 10:12, Fulano <fulano@…> escreveu:», in any language, over any lines.

No client's pattern is listed. A line introduces somebody else's words when enough speaks for it: a verb of writing, a
date, a time, an address, a colon at its end, quoted lines below it. A person who merely tells what somebody wrote
brings less of it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tratativa.mail.reading import borders, bounds, evidence
from tratativa.mail.reading.lines import Line

_LONGEST = 5
_DASHES = re.compile(r"^[-–—*_\s]{2,}|[-–—*_\s]{2,}$")
_NAMES = re.compile(r"^(?:[A-ZÀ-ÞА-Я][\w.'’-]{0,40}\s+){1,5}$")
_LISTED = re.compile(r"^[\d*\"'“«<\[(]")
_BOUND = 600


@dataclass(frozen=True)
class Attribution:
    """Lines `start` to `end`, the last included. `rest` says that quoted words follow in the last line itself."""

    start: int
    end: int
    rest: bool = False


def find(lines: Sequence[Line]) -> dict[int, Attribution]:
    """The attributions among the unquoted lines, by the line they begin in."""
    found: dict[int, Attribution] = {}
    taken = -1
    for end in range(min(len(lines), bounds.SEARCHED)):
        line = lines[end]
        if (line.depth and not line.soft) or line.cut or line.blank:
            continue
        attribution = _ending(lines, end, taken)
        if attribution:
            found[attribution.start] = attribution
            taken = attribution.end
    return found


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
        window = f"{line.bare[:_BOUND]} {window}".strip()
        if accepted is not None and not _opens(window):
            continue
        rest = _accepts(window, quoted, _above_blank(lines, start), start == end)
        if rest is not None:
            accepted = Attribution(start, end, rest=rest)
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


def _accepts(window: str, quoted: bool, above_blank: bool, single: bool) -> bool | None:
    """Whether the words are an attribution: false for one that ends with them, true for one followed by the quote."""
    dashed = bool(_DASHES.match(window)) and window.rstrip().endswith(("-", "—"))
    inner = _DASHES.sub("", evidence.ascii_digits(window)).strip()
    folded = inner.casefold()
    verb = next(reversed(list(evidence.VERB.finditer(folded))), None)
    if verb is None:
        return False if _without_verb(inner, quoted) else None
    head, tail = folded[: verb.start()], folded[verb.end() :]
    after = tail.lstrip(" )*_")
    if not (inner.rstrip(" *_").endswith((":", "：")) or dashed or not after.strip("-–— ")):
        strong = evidence.ADDRESS.search(head) and (evidence.dated(head) or evidence.TIME.search(head))
        return True if strong and after[:1] in (":", "：") else None
    address, dated = bool(evidence.ADDRESS.search(folded)), evidence.dated(folded)
    timed = bool(evidence.TIME.search(folded))
    if sum((address, dated, timed)) >= 2:
        return False
    who = inner[: verb.start()]
    if address:
        believed = single and (quoted or bool(re.search(r">\W{0,4}$", head)))
    elif dated or timed:
        believed = quoted or (above_blank and not tail.strip(" :*_") and _on_a_day(who, folded))
    else:
        believed = (quoted or dashed) and bool(_NAMES.match(who)) and not evidence.OPENER.match(folded)
    return False if believed or (address and inner.startswith("<")) else None


def _on_a_day(who: str, folded: str) -> bool:
    return bool(evidence.YEAR.search(folded) and evidence.OPENER.match(folded)) and _names(who)


_YOU = re.compile(r"(?:^|\s)(?:you|você|vocês|usted|du|sie|vous|lei|je|u)$", re.I)


def _names(head: str) -> bool:
    """Whether what stands between date and verb is a name, or the reader: «On Nov 26, 2013 you wrote:».

    A person telling of it writes an article: «Em 03/06/2025 o vendedor escreveu:».
    """
    who = re.split(r"\d", head)[-1].strip(" ,.;:·-")
    if _YOU.search(who):
        return True
    words = who.split()
    return 0 < len(words) <= 6 and all(word[:1].isupper() for word in words)


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
