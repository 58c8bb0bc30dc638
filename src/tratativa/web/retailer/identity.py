"""Who a retailer proved to be: the three checks of each identification (PID), and the identity papers it sent."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Customer
from tratativa.cases import events
from tratativa.cases.core import protocols, visibility
from tratativa.cases.models import Attachment, Entry

MANY = 50
_EVENTS = (events.Verified.name, events.DocumentOpened.name)


@dataclass(frozen=True)
class Check:
    """One check of an identification."""

    label: str
    passed: bool


@dataclass(frozen=True)
class Identified:
    """An identification: its checks, who recorded them, when and in which case."""

    checks: list[Check]
    passed: bool
    who: str
    at: datetime
    shown: str
    url: str


@dataclass(frozen=True)
class Paper:
    """An identity paper: until when it is kept, how often it was opened and by whom last. `url` is empty once gone."""

    name: str
    url: str
    shown: str
    case_url: str
    added_at: datetime
    expires_at: datetime | None
    openings: int
    opened_by: str
    opened_at: datetime | None


def entries(customer: Customer, actor: Actor) -> list[Entry]:
    """The identifications and the openings of papers in all the customer's cases, newest first; one query."""
    found = visibility.entries_of_customer(customer, actor).filter(event__in=_EVENTS)
    return list(found.select_related("case").order_by("-at", "-number")[:200])


def people(found: Iterable[Entry]) -> set[uuid.UUID]:
    """The keys of whoever did these."""
    return {entry.actor_id for entry in found if entry.actor_id}


def checks(found: Sequence[Entry], names: Mapping[uuid.UUID, str]) -> list[Identified]:
    """The identifications, newest first."""
    done = [entry for entry in found if entry.event == events.Verified.name]
    return [_identified(entry, names) for entry in done[:MANY]]


def papers(customer: Customer, actor: Actor, found: Sequence[Entry], names: Mapping[uuid.UUID, str]) -> list[Paper]:
    """The papers of all the customer's cases, newest first; one query."""
    openings: dict[str, list[Entry]] = defaultdict(list)
    for entry in found:
        if entry.event == events.DocumentOpened.name:
            openings[str(entry.data["attachment"])].append(entry)
    files = visibility.visible_files(actor).filter(case__customer=customer, sensitive=True).select_related("case")
    return [_paper(file, openings[str(file.pk)], names) for file in files.order_by("-added_at", "-id")[:MANY]]


def _identified(entry: Entry, names: Mapping[uuid.UUID, str]) -> Identified:
    shown = protocols.show(entry.case.protocol)
    passed, failed = entry.data["passed"], entry.data["failed"]
    return Identified(
        checks=[Check(_label(name), True) for name in passed] + [Check(_label(name), False) for name in failed],
        passed=not failed,
        who=_name(entry, names),
        at=entry.at,
        shown=shown,
        url=reverse("case", args=[shown]),
    )


def _paper(file: Attachment, opened: Sequence[Entry], names: Mapping[uuid.UUID, str]) -> Paper:
    shown = protocols.show(file.case.protocol) if file.case else ""
    return Paper(
        name=file.name,
        url=reverse("file", args=[file.pk]) if file.path else "",
        shown=shown,
        case_url=reverse("case", args=[shown]),
        added_at=file.added_at,
        expires_at=file.expires_at,
        openings=len(opened),
        opened_by=_name(opened[0], names) if opened else "",
        opened_at=opened[0].at if opened else None,
    )


def _label(name: str) -> str:
    return {"cnpj": "CNPJ", "e-mail": _("E-mail"), "telefone": _("Telefone")}.get(name, name.replace("-", " "))


def _name(entry: Entry, names: Mapping[uuid.UUID, str]) -> str:
    return names.get(entry.actor_id, "") if entry.actor_id else ""
