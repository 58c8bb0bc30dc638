"""Telephone numbers as Brazilians write them, and the many numbers that only look like one."""

import re
from collections.abc import Iterator

from tratativa.rulebook.conduct import carriers, contact_requests, dictated_numbers, found, patterns
from tratativa.rulebook.conduct.dictated_numbers import Run
from tratativa.rulebook.conduct.found import Found, named
from tratativa.rulebook.terms.folding import Span

# The area codes in use (Anatel).
AREAS = frozenset(
    str(code)
    for code in (*range(11, 20), 21, 22, 24, 27, 28, *range(31, 36), 37, 38, *range(41, 50), 51, 53, 54, 55,
                 *range(61, 70), 71, 73, 74, 75, 77, 79, *range(81, 100))
)  # fmt: skip
CONTEXT = 45
# A longer row of digits is a document: the key of a tax invoice has 44, a payment slip 47.
LONGEST = 26

# Numbers with a shape of their own: dates, money, hours, CPF, CNPJ, CEP.
_OTHERS = re.compile(
    r"(?<!\d)(?:(?:0?[1-9]|[12]\d|3[01])[./-](?:0?[1-9]|1[0-2])[./-](?:(?:19|20)\d{2}|\d{2})"
    r"|\d{4}-\d{2}-\d{2}|\d{1,2}(?::|h)\d{2}"
    r"|\d{3}\.\d{3}\.\d{3}-\d{2}|\d{2}\.\d{3}\.\d{3}/\d{4}-\d{2}|\d{2}\.?\d{3}-\d{3})(?!\d)"
    r"|r\$ ?\d{1,3}[\d.,]{0,12}"
)
_GROUP = re.compile(r"(?:\+|\()?\d(?:[ .()\-_*/|\u2013\u2022\ufe0f\u20e3]{0,3}\d)*")
_CHUNK = re.compile(r"\d+")
_SHEET = patterns.sheet("phones")
_TALK, _PAPER = _SHEET.any_of("talk"), _SHEET.any_of("paper")
_NAMED_AFTER = re.compile(
    r"[^.\n]{0,6}\b(?:e|eh) (?:o |a )?(?:numero )?(?:d[aeo] )?(?:nota|nf|pedido|serie|rastreio|protocolo|chamado)\b"
)
# Numbers of a call centre, the same in the whole country: 3003 4455, 4004-1234.
_SHORT = re.compile(r"(?<![\d.,/\-])(?:300[34]|400[0-9]|402[0-9])[ \-]?\d{4}(?![\d/,\-]|\.\d)")
_FREE_OF_CHARGE = re.compile(
    r"(?<!\d)0[ .\-]{0,2}[389][ .\-]{0,2}0[ .\-]{0,2}0(?!\d)[^\d\n]{1,25}?\d{3}[ .\-]{0,2}\d{3,4}(?!\d)"
)


def find(folded: str) -> Iterator[Found]:
    """Where telephone numbers stand in a folded text."""
    # `0xx11` leaves the two digits of the carrier open.
    bare = folded.replace("0xx", "0  ")
    for others in (_OTHERS, carriers.codes()):
        bare = others.sub(lambda match: "#" * len(match[0]), bare)
    numbers = named((*_written(bare), *_spelled(folded), *_free_of_charge(folded), *_short(bare)), "um telefone")
    yield from found.apart((*numbers, *contact_requests.phone(folded)))


def _free_of_charge(folded: str) -> Iterator[Span]:
    """An 0800 with words between it and its number: «0 8 0 0 da marca 555 0313»."""
    for match in _FREE_OF_CHARGE.finditer(folded):
        yield match.span()


def _short(text: str) -> Iterator[Span]:
    for match in _SHORT.finditer(text):
        if "talk" in (_about(text, match.start()), _about_after(text, match.end())):
            yield match.span()


def _written(text: str) -> Iterator[Span]:
    for group in _GROUP.finditer(text):
        if _glued(text, group.start(), group.end()):
            continue
        chunks = [(m.start() + group.start(), m.end() + group.start()) for m in _CHUNK.finditer(group[0])]
        if sum(end - start for start, end in chunks) <= LONGEST:
            yield from _in_chunks(text, chunks)


def _glued(text: str, start: int, end: int) -> bool:
    """Whether letters touch the digits, as in a tracking code."""
    before, after = text[max(start - 1, 0) : start], text[end : end + 1]
    model = re.search(r"[a-z]-$", text[max(start - 2, 0) : start])  # «XR-98765-4321»
    return ((before.isalpha() or bool(model)) and not _TALK.search(text[max(start - 9, 0) : start])) or after.isalpha()


def _in_chunks(text: str, chunks: list[Span]) -> Iterator[Span]:
    first = 0
    while first < len(chunks):
        for last in range(min(len(chunks), first + 14), first, -1):
            window = chunks[first:last]
            if _is_number(text, window):
                yield window[0][0], window[-1][1]
                first = last - 1
                break
        first += 1


def _is_number(text: str, window: list[Span]) -> bool:
    digits = "".join(text[start:end] for start, end in window)
    sizes = [end - start for start, end in window]
    if re.fullmatch(r"0[389]00\d{6,7}", digits):
        return len(window) > 1 or _about(text, window[0][0]) == "talk"
    digits = _national(digits)
    about = _about(text, window[0][0]) or _about_after(text, window[-1][1])
    full = len(digits) in {10, 11} and digits[:2] in AREAS
    mobile = full and len(digits) == 11 and digits[2] == "9"
    fixed = full and len(digits) == 10 and digits[2] in "2345"
    if mobile or fixed:
        return _dressed(text, window, about) or about == "talk" or (mobile and about != "paper")
    if len(digits) == 9 and digits[0] == "9":
        one_by_one = max(sizes) == 1
        return about == "talk" or ((one_by_one or sizes in ([5, 4], [1, 4, 4])) and about != "paper")
    return len(digits) == 8 and digits[0] in "2345" and about == "talk" and sizes in ([4, 4], [8])


def _national(digits: str) -> str:
    """Without the country (55), the trunk zero, and the carrier's two digits."""
    if len(digits) in {12, 13} and digits.startswith("55"):
        return digits[2:]
    if digits.startswith("0") and len(digits) in {11, 12}:
        return digits[1:]
    return digits[3:] if digits.startswith("0") and len(digits) in {13, 14} else digits


def _dressed(text: str, window: list[Span], about: str) -> bool:
    """Whether it is written as only telephone numbers are: `(11) …`, `+55 …`, `… 98765-4321`."""
    start, end = window[0][0], window[-1][1]
    around = text[max(start - 1, 0) : end]
    split = len(window) > 2 and text[window[-2][1] : window[-1][0]] == "-" and window[-1][1] - window[-1][0] == 4
    return around.startswith(("(", "+")) or (split and about != "paper")


def _about(text: str, start: int) -> str:
    """What the words before a number speak of: `talk`, `paper`, or nothing; the nearest word wins."""
    before = text[max(start - CONTEXT, 0) : start]
    talk = max((match.end() for match in _TALK.finditer(before)), default=-1)
    named = (match.end() for one in (_PAPER, carriers.names()) for match in one.finditer(before))
    paper = max(named, default=-1)
    if talk == paper:
        return ""
    return "talk" if talk > paper else "paper"


def _about_after(text: str, end: int) -> str:
    """`talk` where the words after a number speak of talking: «16 3377 8899, mandei ligar»; `paper` likewise."""
    if _NAMED_AFTER.match(text, end):
        return "paper"
    return "talk" if _TALK.search(text[end : end + CONTEXT]) else ""


def _spelled(text: str) -> Iterator[Span]:
    """Numbers dictated in words, digit by digit or two by two, in look-alikes, or one line each."""
    for run in dictated_numbers.runs(text):
        if _is_dictated(text, run):
            yield run.span


def _is_dictated(text: str, run: Run) -> bool:
    digits = _national(run.digits)
    full = len(digits) in {10, 11} and digits[:2] in AREAS
    mobile = full and len(digits) == 11 and digits[2] == "9"
    talk = _about(text, run.span[0]) == "talk" or "ddd" in text[max(run.span[0] - 8, 0) : run.span[1] + 12]
    if re.fullmatch(r"0[389]00\d{6,7}", run.digits):
        return True
    if mobile or (full and len(digits) == 10 and digits[2] in "2345"):
        return (
            run.words >= 2
            or (talk and run.words + run.looks + run.lines > 0)
            or (mobile and (run.lines > 1 or run.looks > 0))
        )
    if len(digits) == 9 and digits[0] == "9" and run.words >= 2:
        return not run.tens or talk
    return 8 <= len(digits) <= 13 and run.words >= 4 and (talk or not run.tens)
