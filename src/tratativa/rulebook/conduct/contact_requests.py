"""Contact requests: the customer is asked for their own number, address, or name on a network."""

from collections.abc import Iterator

from tratativa.rulebook.conduct import networks, patterns, sentences
from tratativa.rulebook.conduct.found import Found

_SHEET = patterns.sheet("contact_requests")
_FOR_PARCEL = _SHEET.any_of("for-the-parcel")


def phone(folded: str) -> Iterator[Found]:
    """Where the customer is asked for their telephone."""
    return (one for one in _asked(folded, "their-phone") if _is_private(folded, one))


def email(folded: str) -> Iterator[Found]:
    """Where the customer is asked for their e-mail address."""
    return (one for one in _asked(folded, "their-address") if _is_private(folded, one))


def handle(folded: str) -> Iterator[Found]:
    """Where the customer is asked for their name on a network."""
    return _asked(folded, "their-handle")


def _asked(folded: str, name: str) -> Iterator[Found]:
    for match in _SHEET.any_of(name).finditer(folded):
        yield Found(*match.span(), _SHEET.family(name).says)


def _is_private(folded: str, one: Found) -> bool:
    """Whether it is asked for to talk elsewhere: a telephone confirmed for the delivery stays on the marketplace."""
    said = sentences.around(folded, one.start, one.end)
    return not networks.refused(said) and not _FOR_PARCEL.search(said)
