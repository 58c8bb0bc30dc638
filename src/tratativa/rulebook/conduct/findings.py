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


def find(text: str, kinds: Collection[str], allowed_hosts: Collection[str] = ()) -> list[Finding]:
    """What of these kinds the text contains, in order; a link to an allowed host, or below one, is none.

    Time grows linearly with the text: every expression is bounded. Raises KeyError for an unknown kind.
    """
    folded = invoices.hidden(folding.fold(text))
    found = [
        Finding(kind, start, end, text[start:end][:EXCERPT], says)
        for kind in kinds
        for start, end, says in _FINDERS[kind](folded, text, allowed_hosts)
    ]
    return sorted(found, key=lambda one: (one.start, one.kind))


_FINDERS: Mapping[str, Callable[[str, str, Collection[str]], Iterator[Found]]] = {
    "charge": lambda folded, _text, _hosts: charges.find(folded),
    "phone": lambda folded, _text, _hosts: phones.find(folded),
    "whatsapp": lambda folded, _text, _hosts: named(whatsapp.find(folded), "o WhatsApp"),
    "email": lambda folded, _text, _hosts: emails.find(folded),
    "elsewhere": lambda folded, _text, _hosts: elsewhere.find(folded),
    "link": lambda folded, text, hosts: named(links.find(folded, text, hosts), "um link"),
}
