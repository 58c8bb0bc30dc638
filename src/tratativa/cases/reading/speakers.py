"""Speaking: whose words an entry holds. Whoever caused them to be said is on record and did not say them."""

from collections.abc import Mapping
from typing import Any

from tratativa.cases import events
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.parties import Party

# What the desk says by itself, in the marketplace's name, whoever's action, answer or silence made it speak.
DESKS_OWN = frozenset(
    {events.Told.name, events.FilesLeftOut.name, events.ConsequenceRefused.name, events.RunRefused.name}
)


def party(event: str, caused_by: str, data: Mapping[str, Any], book: Rulebook) -> Party:
    """The party that speaks. A procedure's question is the marketplace's, also where a seller's answer led to it."""
    if event in DESKS_OWN:
        return Party.MARKETPLACE
    if event == events.Asked.name and (book.ask(str(data["ask"])) or caused_by == data["of"]):
        return Party.MARKETPLACE
    return Party(caused_by)
