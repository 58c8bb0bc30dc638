"""Compare: everything in which one version of a rulebook differs from another, a sentence each."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from babel import Locale
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from tratativa.comparing import leaves, sameness
from tratativa.comparing.differences import OF_KEY, PARTS, Difference
from tratativa.comparing.own_sentences import OWN
from tratativa.comparing.walking import Sides
from tratativa.rulebook import reading
from tratativa.rulebook.language.rulebook import Rulebook


def compare(before: Rulebook, after: Rulebook) -> list[Difference]:
    """What `after` says otherwise than `before`, in the order of `differences.PARTS`; empty where nothing is.

    The sentences are in the language that is active, the labels in the one both were read in. What stands only in
    other languages of the rulebooks is not seen: `compared` reads those, too.
    """
    sides = Sides.of(before, after, OWN)
    found = [
        Difference(OF_KEY.get(name, "other"), sentence[:1].upper() + sentence[1:])
        for name in sameness.changed(before, after)
        for sentence in sides.key("Rulebook", name, getattr(before, name), getattr(after, name), "")
    ]
    order = list(PARTS)
    return sorted(dict.fromkeys(found), key=lambda one: order.index(one.part))


def compared(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Difference]:
    """As `compare`, of two rulebooks as read from their folders (`Loaded.data`) or kept as a version's source.

    Labels are read in the active language where a rulebook has it; what differs in another language alone is told
    after, with that language's name.
    """
    old, new = (json.dumps(data, ensure_ascii=False) for data in (before, after))
    mine = get_language() or ""
    first = (reading.parse(old, mine), reading.parse(new, mine))
    found = compare(*first)
    seen = {leaf.place for leaf in leaves.leaves(*first)}
    found += _spoken(*(book.languages for book in first))
    for language in sorted(first[0].languages & first[1].languages):
        versions = (reading.parse(old, language), reading.parse(new, language))
        alone = [leaf for leaf in leaves.leaves(*versions) if leaf.place not in seen]
        found += _in_other_words(alone, Sides.of(*versions, OWN), language)
        seen |= {leaf.place for leaf in alone}
    return found


def _spoken(before: frozenset[str], after: frozenset[str]) -> Iterator[Difference]:
    """Languages that came, or went, whole: their texts are not told one by one."""
    for code in sorted(before - after):
        yield Difference("names", _("Deixa de falar %(language)s") % {"language": _called_here(code)})
    for code in sorted(after - before):
        yield Difference("names", _("Passa a falar também %(language)s") % {"language": _called_here(code)})


def _called_here(language: str) -> str:
    reader = (get_language() or "pt-br").replace("-", "_").partition("_")[0]
    return Locale.parse(language, sep="-").get_display_name(reader) or language


def _in_other_words(alone: Sequence[leaves.Leaf], sides: Sides, language: str) -> Iterator[Difference]:
    """What only those who read this language are told otherwise."""
    for leaf in alone:
        part = OF_KEY.get(str(leaf.place[0]), "other")
        said = sides.became(", ".join(leaf.names), leaf.key, leaf.before, leaf.after)
        yield Difference(
            part, _("Em %(language)s – %(sentence)s") % {"language": _called_here(language), "sentence": said}
        )
