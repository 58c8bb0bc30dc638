"""The lines of the audit log somebody may read, and what they are narrowed by."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Now
from django.utils import timezone

from tratativa.accounts.actors import Actor
from tratativa.accounts.audit.models import AuditLine
from tratativa.accounts.models import Person
from tratativa.rulebook.terms.parties import Party

ORDER = ("-at", "-id")
PEOPLE_LIMIT = 500
ALARMING = ("disclosures.refused", "disclosures.large")  # codes that `audit.disclosures` registers
COMMANDS = "commands"  # whoever asks for what no person did


@dataclass(frozen=True)
class Narrowed:
    """What the log is narrowed by; an empty value narrows nothing. `day` is one day where we are."""

    who: str = ""  # a person's key, or COMMANDS
    what: str = ""
    day: date | None = None


def visible(actor: Actor) -> QuerySet[AuditLine]:
    """The lines this administrator may read: the marketplace's all of them, a seller's those of its own seller.

    Nobody else reads any.
    """
    lines = AuditLine.objects.filter(marketplace=actor.marketplace_id)
    if not actor.is_admin:
        return lines.none()
    if actor.party is Party.MARKETPLACE:
        return lines
    return lines.filter(seller=actor.seller_id) if actor.party is Party.SELLER and actor.seller_id else lines.none()


def narrow(lines: QuerySet[AuditLine], by: Narrowed) -> QuerySet[AuditLine]:
    """These lines under the filters, newest first, each with who did it."""
    if by.who:
        lines = lines.exclude(by_command="") if by.who == COMMANDS else lines.filter(who=uuid.UUID(by.who))
    if by.what:
        lines = lines.filter(what=by.what)
    if by.day:
        begins = timezone.make_aware(datetime.combine(by.day, time()))
        ends = timezone.make_aware(datetime.combine(by.day + timedelta(days=1), time()))
        lines = lines.filter(at__gte=begins, at__lt=ends)
    return lines.select_related("who", "seller", "partner").order_by(*ORDER)


def alarming(lines: QuerySet[AuditLine]) -> QuerySet[AuditLine]:
    """The newest five of the last day that say of somebody that they took much: an administrator should look."""
    lately = lines.filter(what__in=ALARMING, at__gt=Now() - timedelta(days=1))
    return lately.select_related("who", "seller", "partner").order_by(*ORDER)[:5]


def people(lines: QuerySet[AuditLine]) -> QuerySet[Person]:
    """Whoever did any of these, by name: asked of each person, for the log may be long and the people are not many."""
    did = lines.order_by().filter(who=OuterRef("pk"))
    return Person.objects.filter(Exists(did)).order_by("name", "email")[:PEOPLE_LIMIT]
