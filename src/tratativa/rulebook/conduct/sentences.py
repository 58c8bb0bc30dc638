"""Sentences: what stands around a match, as far as it reaches within bounds."""

import re

_STOP = re.compile(r"[!?\n;]|\.(?!\w)")
_REACH = 110


def around(folded: str, start: int, end: int) -> str:
    """The sentence a match stands in, as far as it reaches within bounds."""
    before, after = folded[max(start - _REACH, 0) : start], folded[end : end + _REACH]
    stops = [stop.end() for stop in _STOP.finditer(before)]
    stop = _STOP.search(after)
    return before[stops[-1] if stops else 0 :] + folded[start:end] + (after[: stop.start()] if stop else after)
