"""Kinds of case: which one an opening page is about, and the way to the others."""

from typing import Any
from urllib.parse import urlencode

from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.language.sections import Kind
from tratativa.web.frame.gates import ActingRequest


def chosen(request: ActingRequest, book: Rulebook, *, alone: bool = False) -> Kind | None:
    """The kind the address names, else the first this party opens; about an order, or `alone` about none."""
    mine = _mine(request, book, alone)
    return next((kind for kind in mine if kind.id == request.GET.get("kind")), next(iter(mine), None))


def choices(request: ActingRequest, book: Rulebook, *, alone: bool = False) -> list[dict[str, Any]]:
    """The kinds this party opens, each with its address; empty where there is nothing to choose."""
    mine, current = _mine(request, book, alone), chosen(request, book, alone=alone)
    if len(mine) < 2:
        return []
    return [
        {"label": kind.label, "url": f"?{urlencode({'kind': kind.id})}", "current": kind is current} for kind in mine
    ]


def _mine(request: ActingRequest, book: Rulebook, alone: bool) -> list[Kind]:
    unfit = "required" if alone else "none"
    return [kind for kind in book.kinds.values() if request.actor.party in kind.opened_by and kind.order != unfit]
