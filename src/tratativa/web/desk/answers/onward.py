"""Onward: the case somebody goes to after answering, as the list they came from has it."""

from django.urls import Resolver404, resolve, reverse

from tratativa.accounts.actors import Actor
from tratativa.cases.core import protocols, visibility


def address(actor: Actor, then: str) -> str:
    """The page of the case this address names, where the actor may know of it; empty for anything else."""
    try:
        match = resolve(then)
    except Resolver404:
        return ""
    number = protocols.parse(match.kwargs["protocol"][:40]) if match.url_name == "case" else None
    if number is None or not visibility.visible_cases(actor).filter(protocol=number).exists():
        return ""
    return reverse("case", args=[protocols.show(number)])
