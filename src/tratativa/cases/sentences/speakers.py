"""Speakers: whose words an entry holds. Whoever caused them to be said is on record and did not say them."""

from collections.abc import Mapping
from typing import Any

from tratativa.cases import events
from tratativa.cases.sentences import registry
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.parties import Party


def party(event: str, caused_by: str, data: Mapping[str, Any], book: Rulebook) -> Party:
    """The party that speaks. A procedure's question is the marketplace's, also where a seller's answer led to it."""
    if registry.of(event).by_desk:
        return Party.MARKETPLACE
    if event == events.Asked.name and (book.ask(str(data["ask"])) or caused_by == data["of"]):
        return Party.MARKETPLACE
    return Party(caused_by)
