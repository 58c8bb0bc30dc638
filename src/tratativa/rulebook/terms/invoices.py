"""Invoice keys (NF-e): their shape, in both layouts, so that nobody takes one for a telephone or a key of Pix."""

import re

LENGTH = 44
_GROUPED = re.compile(r"(?<![0-9a-z])(?:[0-9a-z][ .\-/\n]{0,2}){43}[0-9a-z](?![0-9a-z])")
# UF, year and month, the twelve places of the CNPJ that may hold letters, and digits to the end (NT 2025.001).
_SHAPE = re.compile(r"[0-9]{6}[0-9a-z]{12}[0-9]{26}")
_GAPS = re.compile(r"[^0-9a-z]")
_CALLED = re.compile(r"chave(?: de acesso| da (?:nota|nf-?e?|danfe))?[^.!?\n]{0,20}$")


def hidden(folded: str) -> str:
    """The folded text, of the same length, with every key, and what it is called, struck out.

    A mistyped key is struck out too: whether its check digit is right is asked where it is filled in.
    """
    pieces, last = [], 0
    for found in _GROUPED.finditer(folded):
        if _SHAPE.fullmatch(_GAPS.sub("", found[0])):
            start, end = found.span()
            called = _CALLED.search(folded[max(start - 45, last) : start])
            start -= len(called[0]) if called else 0
            pieces += [folded[last:start], "#" * (end - start)]
            last = end
    return "".join([*pieces, folded[last:]])
