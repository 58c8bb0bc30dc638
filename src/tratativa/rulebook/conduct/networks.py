"""Networks: where else people talk, and what takes a mention back: a refusal, or what a product does with a network."""

from tratativa.rulebook.conduct import patterns, sentences

_SHEET = patterns.sheet("networks")
_BESIDE = 120
_REFUSED, _FEATURE, _LED_TO, _WARNED = (_SHEET.any_of(name) for name in ("refused", "a-feature", "led-to", "warned"))


def refused(said: str) -> bool:
    """Whether a sentence refuses what it names: «não atendemos por …», «evite …»."""
    return bool(_REFUSED.search(said))


def is_feature(folded: str, start: int, end: int) -> bool:
    """Whether what is named here is what a product does, not where the shop talks: nobody is led there."""
    said = sentences.around(folded, start, end)
    return bool(_FEATURE.search(said)) and not _LED_TO.search(said)


def is_warning(folded: str, start: int, end: int) -> bool:
    """Whether somebody is warned of what is named here, or told the site's rule: «nunca pedimos dados por …»."""
    return bool(_WARNED.search(folded[max(start - _BESIDE, 0) : end + _BESIDE]))
