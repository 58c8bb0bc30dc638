"""The registry: what the Receita says of a CNPJ, asked through an installed connector and kept with its date."""

import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from django.conf import settings
from django.db import transaction

from tratativa.accounts import telephones, text
from tratativa.accounts.models import Customer, Registration
from tratativa.orders import connected, streets
from tratativa.orders.models import Lookup
from tratativa.rulebook.language import telephones as dialling
from tratativa.rulebook.language.lands import Land

# An answer counts as a fact for a day: who has just changed the address at the Receita is asked about anew.
FRESH = timedelta(days=1)
# A question nobody answered in this time is lost: its worker died, and it may be asked again.
STALE = timedelta(minutes=2)
STATUSES = ("active", "suspended", "unfit", "closed", "void")
_LAND = Land()
_LIMITS = {"name": 160, "trade_name": 160, "status": 12, "address": 300, "email": 160, "phone": 40, "activity": 160}


class Away(Exception):
    """The registry did not answer, or said that it cannot now; the message is for the log, not for people."""


@dataclass(frozen=True)
class Company:
    """A company as the Receita has it; what it does not say is empty. `status` is one of STATUSES."""

    document: str
    name: str
    status: str
    trade_name: str = ""
    address: str = ""
    email: str = ""
    phone: str = ""
    activity: str = ""


class Registry(Protocol):
    """Asks the Receita. It gives up by itself within a minute."""

    def look_up(self, document: str, *, at: datetime) -> Company | None:
        """The company with this CNPJ (14 characters, letters allowed), None where there is none. Raises Away."""
        ...


@dataclass(frozen=True)
class Compared:
    """One datum of a registration beside the Receita's; `differs` is None where one of the two is not known."""

    name: str
    ours: str
    theirs: str
    differs: bool | None


class Waiting(Exception):
    """The same CNPJ is being asked about this very moment."""


def installed() -> bool:
    """Whether this site can ask the Receita at all."""
    return bool(settings.REGISTRY)


def connector() -> Registry:
    """The registry settings.REGISTRY names (`connected.made`). Raises LookupError."""
    try:
        known: Registry = connected.made("tratativa.registries", settings.REGISTRY)
    except LookupError as problem:
        why = f"não há consulta à Receita {settings.REGISTRY!r} instalada; confira TRATATIVA_REGISTRY"
        raise LookupError(why) from problem
    return known


def ask(customer: Customer, *, case_id: uuid.UUID, by: uuid.UUID | None, at: datetime) -> Lookup:
    """The question, waiting to be carried to the Receita. The caller holds a transaction. Raises Waiting."""
    Customer.objects.select_for_update().only("id").get(pk=customer.pk)
    waiting = Lookup.objects.filter(customer=customer, state="asked")
    waiting.filter(asked_at__lt=at - STALE).update(state="failed", answered_at=at, trouble="")
    if waiting.exists():
        raise Waiting
    return Lookup.objects.create(
        marketplace_id=customer.marketplace_id, customer=customer, case_id=case_id, document=customer.document,
        asked_at=at, asked_by=by,
    )  # fmt: skip


def carry(lookup_id: uuid.UUID, *, at: datetime) -> Lookup:
    """Asks the Receita, outside any transaction, and keeps what it says; an answered question is left alone."""
    lookup = Lookup.objects.get(pk=lookup_id)
    if lookup.state != "asked":
        return lookup
    try:
        company = connector().look_up(lookup.document, at=at)
    except Exception as trouble:  # whatever a connector raises, nobody knows more than before
        return _keep(lookup, "failed", at, trouble=f"{type(trouble).__name__}: {trouble}")
    if company is None:
        return _keep(lookup, "unknown", at)
    return _keep(lookup, "answered", at, answer=_bounded(company))


def last(customer: Customer) -> Lookup | None:
    """The question asked last, whatever came of it."""
    return Lookup.objects.filter(customer=customer).order_by("-asked_at", "-id").first()


def company(answer: Mapping[str, Any]) -> Company | None:
    """The company in an answer that was kept, None where there is none."""
    return Company(**{name: answer.get(name, "") for name in ("document", *_LIMITS)}) if answer else None


def compare(customer: Customer, registration: Registration, found: Company, land: Land = _LAND) -> list[Compared]:
    """The registration beside what the Receita says (K12-02, K12-05); telephones are dialled as in `land`."""
    names = {streets.letters(found.name), streets.letters(found.trade_name)} - {""}
    return [
        Compared("name", customer.name, found.name, streets.letters(customer.name) not in names if names else None),
        _one("address", registration.address, found.address, streets.plain),
        _one("email", customer.email, found.email, str.casefold),
        _phone(customer.phone, found.phone, land),
    ]


def _one(name: str, ours: str, theirs: str, plain: Any) -> Compared:
    known = bool(ours and theirs)
    return Compared(name, ours, theirs, plain(ours) != plain(theirs) if known else None)


def _phone(ours: str, theirs: str, land: Land) -> Compared:
    one, other = telephones.digits(ours), telephones.digits(theirs)
    differs = not dialling.is_same(land.dialling, one, other) if one and other else None
    return Compared("phone", ours, theirs, differs)


def _bounded(found: Company) -> dict[str, str]:
    """What another system wrote, cleaned and of bounded size."""
    said = {name: text.line(str(value or ""))[: _LIMITS.get(name, 14)] for name, value in asdict(found).items()}
    return said if said["status"] in STATUSES else {**said, "status": ""}


def _keep(
    lookup: Lookup, state: str, at: datetime, *, answer: dict[str, str] | None = None, trouble: str = ""
) -> Lookup:
    with transaction.atomic():
        kept = Lookup.objects.select_for_update(of=("self",)).select_related("customer").get(pk=lookup.pk)
        if kept.state != "asked":
            return kept
        kept.state, kept.answered_at, kept.answer = state, at, answer or {}
        kept.trouble = text.line(trouble)[:200]
        kept.save()
        if state != "failed":
            Registration.objects.update_or_create(
                customer=kept.customer,
                defaults={
                    "registry": kept.answer,
                    "registry_state": kept.answer.get("status", "") if answer else "missing",
                    "registry_at": at,
                },
            )
    return kept
