"""Unanswered: a case waits for a seller nobody of which has come in, and how the team lets somebody in."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from tratativa.accounts.actors import Actor
from tratativa.accounts.rights import Right
from tratativa.cases.models import Case
from tratativa.founding import first_administrators
from tratativa.notices import teams
from tratativa.rulebook.terms.parties import Party


@dataclass(frozen=True)
class Empty:
    """The seller; whether somebody is asked to come in; where that is done, empty for who may not do it."""

    seller: str
    invited: bool
    url: str


def of(case: Case, actor: Actor, *, at: datetime) -> Empty | None:
    """What the marketplace's team is to know of a case that waits for nobody; None where somebody is there."""
    seller = case.seller
    if actor.party is not Party.MARKETPLACE or seller is None or not case.is_open or case.waiting_on != Party.SELLER:
        return None
    if teams.of(case, Party.SELLER).exists():
        return None
    may = actor.may(Right.SETTINGS)
    return Empty(
        seller.name,
        invited=first_administrators.asked(seller).filter(expires_at__gt=at).exists(),
        url=reverse("seller_setting", args=[seller.pk]) if may else "",
    )
