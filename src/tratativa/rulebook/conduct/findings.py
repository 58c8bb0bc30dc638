"""Findings: what a message contains that a rulebook may forbid: charging, and taking the customer elsewhere."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from tratativa.rulebook import folding, invoices
from tratativa.rulebook.conduct import charges, elsewhere, emails, links, phones, whatsapp
from tratativa.rulebook.folding import Span

KINDS = ("charge", "phone", "whatsapp", "email", "link", "elsewhere")
EXCERPT = 60


@dataclass(frozen=True)
class Finding:
    """One thing found: its kind, where it stands (characters, half open), and those characters, shortened."""

    kind: str
    start: int
    end: int
    excerpt: str


def find(text: str, kinds: Collection[str], allowed_hosts: Collection[str] = ()) -> list[Finding]:
    """What of these kinds the text contains, in order; a link to an allowed host, or below one, is none.

    Time grows linearly with the text: every expression is bounded. Raises KeyError for an unknown kind.
    """
    folded = invoices.hidden(folding.fold(text))
    found = [
        Finding(kind, start, end, text[start:end][:EXCERPT])
        for kind in kinds
        for start, end in _FINDERS[kind](folded, text, allowed_hosts)
    ]
    return sorted(found, key=lambda one: (one.start, one.kind))


_FINDERS: Mapping[str, Callable[[str, str, Collection[str]], Iterator[Span]]] = {
    "charge": lambda folded, _text, _hosts: charges.find(folded),
    "phone": lambda folded, _text, _hosts: phones.find(folded),
    "whatsapp": lambda folded, _text, _hosts: whatsapp.find(folded),
    "email": lambda folded, _text, _hosts: emails.find(folded),
    "elsewhere": lambda folded, _text, _hosts: elsewhere.find(folded),
    "link": lambda folded, text, hosts: links.find(folded, text, hosts),
}
