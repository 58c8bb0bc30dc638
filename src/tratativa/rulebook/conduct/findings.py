"""Findings: what a message contains that a rulebook may forbid: charging, and taking the customer elsewhere."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from tratativa.rulebook.conduct import charges, elsewhere, emails, links, phones, whatsapp
from tratativa.rulebook.conduct.found import Found, named
from tratativa.rulebook.terms import folding, invoices

KINDS = ("charge", "phone", "whatsapp", "email", "link", "elsewhere")
EXCERPT = 60


@dataclass(frozen=True)
class Finding:
    """One thing found: its kind, where it stands (characters, half open), those characters, shortened, and what it is.

    `says` is for a person: «uma rede social», «o custo é posto na conta do cliente».
    """

    kind: str
    start: int
    end: int
    excerpt: str
    says: str


def find(
    text: str, kinds: Collection[str], allowed_hosts: Collection[str] = (), names: Collection[str] = ()
) -> list[Finding]:
    """What of these kinds the text contains, in order; a link to an allowed host, or below one, is none.

    `names` are what the marketplace is called, which a text may lead away from.

    Time grows linearly with the text: every expression is bounded. Raises KeyError for an unknown kind.
    """
    folded = invoices.hidden(folding.fold(text))
    within = _Within(folded, text, allowed_hosts, names)
    found = [
        Finding(kind, start, end, text[start:end][:EXCERPT], says)
        for kind in kinds
        for start, end, says in _FINDERS[kind](within)
    ]
    return sorted(found, key=lambda one: (one.start, one.kind))


@dataclass(frozen=True)
class _Within:
    """A text to look through, folded and as it was written, and what the rulebook allows and calls its own."""

    folded: str
    text: str
    hosts: Collection[str]
    names: Collection[str]


_FINDERS: Mapping[str, Callable[[_Within], Iterator[Found]]] = {
    "charge": lambda within: charges.find(within.folded),
    "phone": lambda within: phones.find(within.folded),
    "whatsapp": lambda within: named(whatsapp.find(within.folded), "o WhatsApp"),
    "email": lambda within: emails.find(within.folded),
    "elsewhere": lambda within: elsewhere.find(within.folded, within.names),
    "link": lambda within: named(links.find(within.folded, within.text, within.hosts), "um link"),
}
