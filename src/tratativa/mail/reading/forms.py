"""Forms: a letter says most things twice, as text and as a page; what only one of them says is not lost."""

import re
from collections.abc import Sequence

from tratativa.mail.reading import lines
from tratativa.mail.reading.lines import Line
from tratativa.mail.reading.pages import markup, rendering
from tratativa.mail.reading.pieces import Body

# Where text shows an address or a picture's name, a page shows neither.
_BESIDE = re.compile(
    r"<(?:https?:|mailto:|tel:)[^<>\s]{0,600}>?|\[(?:https?:|cid:|image:)[^\[\]]{0,400}\]?|https?://\S{1,600}"
)
# Characters compared before the search for missing lines ends; a letter of two honest forms takes a thousandth.
_PATIENCE = 100_000_000


def of(bodies: Sequence[Body]) -> tuple[list[Line], list[Line]]:
    """The letter as plain lines and as a page's lines: what stands in one form only stands in both."""
    alternatives = {body.alternative for body in bodies if body.markup and body.alternative}
    plain_alternatives = {body.alternative for body in bodies if not body.markup and body.alternative}
    plain: list[Line] = []
    pages: list[Line] = []
    for body in bodies:
        found = _lines(body)
        if not body.markup:
            plain += found
            if body.alternative not in alternatives:
                pages += found
        else:
            pages += found
            if body.alternative not in plain_alternatives:
                plain += found
    return plain, pages


def missing(shown: Sequence[Line], every: Sequence[Line]) -> list[Line]:
    """The lines that say something the shown ones nowhere say, whatever their line breaks and punctuation."""
    whole = _squeezed("\n".join(line.text for line in shown))
    left, found, known = _PATIENCE, [], set()
    for line in every:
        said = _squeezed(line.text)
        if not said or said in known:
            continue
        known.add(said)
        left -= len(whole)
        if left < 0:
            break
        if said not in whole:
            found.append(line)
    return found


def _squeezed(text: str) -> str:
    return lines.squeezed(_BESIDE.sub(" ", text))


def _lines(body: Body) -> list[Line]:
    if not body.markup:
        return lines.of_text(body.text, flowed=body.flowed)
    tree = markup.tree(body.text)
    return rendering.lines(tree) if tree is not None else lines.of_text(body.text)
