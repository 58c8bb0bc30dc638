"""Prefilling: an action's form that begins with the words of the saved reply that suggested it."""

from collections.abc import Mapping
from typing import Any

from tratativa.cases.messages import blanks
from tratativa.cases.models import Case
from tratativa.rulebook.language.actions import Action
from tratativa.rulebook.terms.parties import Party
from tratativa.saved_replies import filling, shelf
from tratativa.web.frame.gates import StaffRequest


def of_reply(request: StaffRequest, case: Case, chosen: Action) -> dict[str, Any]:
    """The first text of the form, filled from the reply the address names, as far as the customer may know it: an
    action's words may reach anybody."""
    reply = shelf.chosen(request.actor, request.GET.get("reply", ""))
    first = next((one for one in chosen.fields if one.type == "long_text"), None)
    if reply is None or first is None:
        return {}
    return {first.id: filling.fill(case, reply.text, writer=request.actor, reader=Party.CUSTOMER, at=request.at).words}


def blanks_of(values: Mapping[str, Any]) -> dict[str, str]:
    """What is left to fill in, by field."""
    return {name: error for name, said in values.items() if isinstance(said, str) and (error := blanks.error(said))}
