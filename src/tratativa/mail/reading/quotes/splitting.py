"""Splitting: a letter's lines into what was written now and what is folded, biased to keep (docs/mail.md).

From the top, the first sign that somebody else's words follow decides. What is not certain stays visible, a letter
passed on stays visible whole, and so does one in which nothing of the writer's own would be left, or only words that
send the reader to the rest.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tratativa.mail.reading import bounds
from tratativa.mail.reading.lines import Line
from tratativa.mail.reading.quotes import attributions, borders, evidence, footers, memory, pointing
from tratativa.mail.reading.quotes.attributions import Attribution

_NOTHING: memory.Shingles = frozenset()
# A wrapped line: the quoted one above it was at least this long.
_WRAPPED = 55
_OPENED = ('"', "“", "«", "'", "‘")
_NAMELESS = re.compile(r"[^<>;&@]{0,60}\d\w{0,3},?\s[^\s<>;&@\"]{1,64}@[^\s<>;&@]{1,255}\s+\w{2,20}:$")
_TYPED = re.compile(r"(?:remetente|destinat[áa]rio)\b", re.I)  # what parcels say


@dataclass(frozen=True)
class Split:
    """The writer's lines and the folded ones; `sure` when a border was found."""

    own: list[Line]
    folded: list[Line]
    sure: bool


def split(lines: Sequence[Line], known: memory.Shingles = _NOTHING) -> Split:
    """Every line in exactly one of the two, in order."""
    lines = attributions.apart(lines)
    folding = _Folding(lines, known)
    folding.run()
    if not folding.forward:
        folding.remember()
    quoted = set(folding.folded)
    _fold_footers(lines, folding)
    own = [at for at in range(len(lines)) if at not in folding.folded]
    if not any(_says(lines[at]) for at in own) or (quoted and folding.answered([lines[at] for at in own], quoted)):
        return Split(list(lines), [], sure=False)
    folded = sorted(folding.folded)
    return Split([lines[at] for at in own], [lines[at] for at in folded], sure=bool(quoted))


def _says(line: Line) -> bool:
    return not line.blank and not borders.rule(line)


class _Folding:
    """One pass down the lines."""

    def __init__(self, lines: Sequence[Line], known: memory.Shingles) -> None:
        self.lines = lines
        self.known = known
        self.folded: set[int] = set()
        self.forward = False
        self.introduced = False
        self._attributions = attributions.find(lines)

    def run(self) -> None:
        """Down to the end, or to a border below which nothing is the writer's."""
        at = 0
        while at < len(self.lines) and not self.forward:
            at = self._step(at)

    def _step(self, at: int) -> int:
        line = self.lines[at]
        if line.cut or borders.above_this_line(line):
            return self._rest(at)
        if line.blank:
            return at + 1
        if borders.forwarded(self.lines, at):
            self.forward = True
            return at
        if borders.original(line):
            return self._introduced(at, at)
        searched = at < bounds.SEARCHED and (line.depth == 0 or line.soft)
        block = borders.block(self.lines, at) if searched else None
        if block:
            pasted = self._pasted(at) or (block.typed and self._retold(at, block.end))
            return block.end + 1 if pasted else self._introduced(at, block.end)
        found = self._attributions.get(at)
        if found:
            return self._attributed(found)
        return self._quote(at) if line.depth else at + 1

    def _pasted(self, at: int) -> bool:
        """Whether the writer announced what follows: «Vejam o que recebi:». Clients draw a line, or leave one empty."""
        above = next((line for line in reversed(self.lines[max(0, at - 3) : at]) if not line.blank), None)
        announced = above is not None and above.bare.endswith(":") and not above.depth and not borders.label(above)
        return announced and not borders.original(above) if above else False

    def _attributed(self, found: Attribution) -> int:
        if self._retold(found.start, found.end):
            return found.end + 1
        return self._introduced(found.start, found.end)

    def _retold(self, start: int, end: int) -> bool:
        """Whether the writer goes on below what looks like an introduction, for no mark tells where a quote ends.

        Where our letters are known they tell it. Else: who puts words between «…» tells of them, and no client puts
        a bare address, or «Remetente».
        """
        below = [line for line in self.lines[end + 1 :] if not line.blank]
        if not below or below[0].depth > self.lines[start].depth or below[0].cut or borders.original(below[0]):
            return False
        said = self.first(range(end + 1, len(self.lines)))
        if self.known and memory.repeats(said, self.known):
            return memory.adds(said, self.known)
        head = " ".join(line.bare for line in self.lines[start : end + 1])
        if borders.label(self.lines[start]):
            return bool(_TYPED.match(head))
        told = bool(self.known) and not evidence.ADDRESS.search(head)
        return told or below[0].bare.startswith(_OPENED) or bool(_NAMELESS.match(head))

    def answered(self, own: Sequence[Line], quoted: Iterable[int]) -> bool:
        """Whether the writer's answers may stand in what was folded: everything is shown then."""
        if pointing.only(own):
            return True
        hints, known = pointing.hints(own), bool(self.known)
        if not hints and not (known and pointing.brief(own)) and not pointing.nothing(own):
            return False
        said = self.first(sorted(quoted))
        if self.known and memory.repeats(said, self.known):
            return memory.adds(said, self.known)
        return pointing.tells(own) or not all(line.depth and not line.soft for line in said)

    def first(self, places: Iterable[int]) -> list[Line]:
        """What the letter quoted first says, without its introduction and the older ones it quotes itself."""
        said: list[Line] = []
        past = -1
        for at in places:
            line = self.lines[at]
            if at <= past or line.blank or borders.rule(line) or evidence.device(line.bare):
                continue
            found = self._attributions.get(at) or borders.block(self.lines, at)
            if found or borders.original(line) or line.attribution:
                if said:
                    break
                past = found.end if found else at
                continue
            said.append(line)
        return said

    def _introduced(self, start: int, end: int) -> int:
        """Folds an introduction, and what it introduces: quoted lines where there are any, else all that follows."""
        following = end + 1
        while following < len(self.lines) and self.lines[following].blank:
            following += 1
        if following < len(self.lines) and self.lines[following].depth > self.lines[start].depth:
            self._fold(start, following)
            self.introduced = True
            return self._quote(following)
        if following < len(self.lines) and borders.block(self.lines, following):
            self._fold(start, following)
            return following
        return self._rest(start)

    def _quote(self, at: int) -> int:
        """Folds a run of quoted lines, with the empty and the wrapped ones between them."""
        end = self._run(at)
        if self._passes_on(at, end):
            self.forward = True
            return end
        if self._is_quote(at, end):
            self._fold(at, end)
            self.introduced = self.introduced or not self.lines[at].soft
        return end

    def _run(self, at: int) -> int:
        """The end of a run of quoted lines, the last one excluded."""
        end = at
        while at < len(self.lines):
            line = self.lines[at]
            if line.cut or (not line.depth and not line.blank and not self._wrapped(at)):
                break
            at += 1
            if not line.blank:
                end = at
        return end

    def _wrapped(self, at: int) -> bool:
        """Whether a line without a sign is the end of the quoted one above it, broken on its way."""
        if not 0 < at < len(self.lines) - 1:
            return False
        above, text, below = self.lines[at - 1], self.lines[at].bare, self.lines[at + 1]
        tight = above.depth and below.depth and len(above.text) >= _WRAPPED and not above.blank
        broken = not text[:1].isupper() and above.text.rstrip()[-1:] not in (".", "?", "!", ":", ";")
        return bool(tight and broken)

    def _passes_on(self, start: int, end: int) -> bool:
        """Whether a quote that nothing introduced holds a letter passed on."""
        first = next((at for at in range(start, end) if not self.lines[at].blank), start)
        return not self.introduced and borders.forwarded(self.lines, first)

    def _is_quote(self, start: int, end: int) -> bool:
        """Whether quoted lines are somebody else's. One line between two of the writer's may well be their own."""
        if self.introduced or any(line.attribution for line in self.lines[start:end]):
            return True
        if all(line.blank or line.text.startswith(">>> ") for line in self.lines[start:end]):
            return False  # what a person typed into Python
        last = not any(_says(line) for line in self.lines[end:])
        if self.lines[start].soft:
            return last
        touching = start > 0 and end < len(self.lines) and not self.lines[start - 1].blank and not self.lines[end].blank
        return not (end - start == 1 and touching)

    def _rest(self, start: int) -> int:
        self._fold(start, len(self.lines))
        return len(self.lines)

    def _fold(self, start: int, end: int) -> None:
        while start and (self.lines[start - 1].blank or borders.rule(self.lines[start - 1])):
            start -= 1
        self.folded.update(range(start, end))

    def remember(self) -> None:
        """Folds the end of what is left where it repeats what was sent."""
        own = [at for at in range(len(self.lines)) if at not in self.folded]
        self.folded |= memory.repeated(self.lines, own, self.known) if own else set()


def _fold_footers(lines: Sequence[Line], folding: _Folding) -> None:
    """Footers of every stretch between quotes; below a letter passed on they belong to it."""
    if folding.forward:
        return
    stretch: list[int] = []
    below = False
    for at in range(len(lines) + 1):
        if at < len(lines) and at not in folding.folded:
            stretch.append(at)
        elif stretch:
            folding.folded |= footers.fold(lines, stretch, below=below)
            stretch, below = [], True
