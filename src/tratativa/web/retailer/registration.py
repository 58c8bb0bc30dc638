"""The registration of a retailer: who it is, how far its sign-up came, and what the Receita says beside it."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from tratativa.accounts import documents
from tratativa.accounts.models import Customer, Registration
from tratativa.orders import registrations, registry
from tratativa.orders.models import Command, Lookup
from tratativa.rulebook.language.lands import Land


@dataclass(frozen=True)
class Step:
    """A step of signing up: done, pushed by somebody, asked to be pushed, or where it stopped and why."""

    id: str
    label: str
    done_at: datetime | None
    pushed_by: str
    tried_at: datetime | None
    trouble: str
    asked: bool


@dataclass(frozen=True)
class Beside:
    """One datum here and at the Receita."""

    label: str
    ours: str
    theirs: str
    differs: bool | None


@dataclass(frozen=True)
class Receita:
    """What the Receita said last, and whether it can be asked now."""

    can_ask: bool
    waiting: bool
    told: str
    tone: str
    at: datetime | None
    status: str
    compared: list[Beside]
    differences: int

    @property
    def shown(self) -> bool:
        """Whether there is anything to show: where no registry can be asked and none ever answered, there is not."""
        return bool(self.can_ask or self.waiting or self.told or self.compared)


@dataclass(frozen=True)
class Other:
    """Another registration of the same CNPJ root."""

    name: str
    document: str
    url: str


@dataclass(frozen=True)
class Card:
    """The registration as the panel shows it."""

    name: str
    document: str
    email: str
    phone: str
    address: str
    status: str
    tone: str
    blocked_at: datetime | None
    steps: list[Step]
    missing: int
    receita: Receita
    grouped: bool
    others: list[Other]


def card(
    customer: Customer,
    registration: Registration,
    lookup: Lookup | None,
    names: Mapping[uuid.UUID, str],
    *,
    land: Land,
    at: datetime,
) -> Card:
    """The card, with the documents and telephones of this land.

    Three queries: the group, and what was asked of the marketplace's systems and waits.
    """
    steps = _steps(customer, registration, names)
    missing = sum(1 for step in steps if step.done_at is None)
    status, tone = _status(registration, missing)
    return Card(
        name=customer.name,
        document=documents.show(customer.document, land.documents),
        email=customer.email,
        phone=customer.phone,
        address=registration.address,
        status=status,
        tone=tone,
        blocked_at=registration.blocked_at,
        steps=steps,
        missing=missing,
        receita=_receita(customer, registration, lookup, land, at),
        grouped=bool(registration.group),
        others=[
            Other(one.name, documents.show(one.document, land.documents), reverse("retailer", args=[one.pk]))
            for one in registrations.group(customer)
        ],
    )


def people(registration: Registration, lookup: Lookup | None) -> set[uuid.UUID]:
    """The keys of those who pushed a step or asked the Receita, whose names the card shows."""
    pushed = {str(step.get("by") or "") for step in registration.signup} - {""}
    return {uuid.UUID(one) for one in pushed} | ({lookup.asked_by} if lookup and lookup.asked_by else set())


def _status(registration: Registration, missing: int) -> tuple[str, str]:
    if registration.blocked_at:
        return _("Bloqueado"), "urgent"
    if missing:
        return _("Cadastro incompleto"), "soon"
    return (_("Ativo"), "done") if registration.signup else (_("Sem etapas informadas"), "neutral")


def _steps(customer: Customer, registration: Registration, names: Mapping[uuid.UUID, str]) -> list[Step]:
    waiting = Command.objects.filter(customer=customer, verb="update_registration", answered_at=None)
    asked = {str(data.get("step", "")) for data in waiting.values_list("data", flat=True)}
    return [_step(step, names, asked) for step in registration.signup]


def _step(step: Mapping[str, Any], names: Mapping[uuid.UUID, str], asked: set[str]) -> Step:
    by = str(step.get("by") or "")
    return Step(
        id=str(step.get("id", "")),
        label=str(step.get("label") or step.get("id", "")),
        done_at=_moment(step.get("at")),
        pushed_by=names.get(uuid.UUID(by), _("alguém da equipe")) if by else "",
        tried_at=_moment(step.get("tried_at")),
        trouble=str(step.get("trouble") or ""),
        asked=str(step.get("id", "")) in asked,
    )


def _moment(raw: Any) -> datetime | None:
    return parse_datetime(str(raw)) if raw else None


def _receita(
    customer: Customer, registration: Registration, lookup: Lookup | None, land: Land, at: datetime
) -> Receita:
    company = registry.company(registration.registry)
    compared = registry.compare(customer, registration, company, land) if company else []
    waiting = lookup is not None and lookup.state == "asked" and lookup.asked_at > at - registry.STALE
    told, tone = _told(registration, lookup, waiting=waiting)
    labels = {"name": _("Nome"), "address": _("Endereço"), "email": _("E-mail"), "phone": _("Telefone")}
    return Receita(
        can_ask=registry.installed() and len(customer.document) == 14 and not waiting,
        waiting=waiting,
        told=told,
        tone=tone,
        at=registration.registry_at,
        status=_statuses().get(company.status, "") if company else "",
        compared=[Beside(labels[one.name], one.ours, one.theirs, one.differs) for one in compared],
        differences=sum(1 for one in compared if one.differs),
    )


def _told(registration: Registration, lookup: Lookup | None, *, waiting: bool) -> tuple[str, str]:
    """The sentence about the last question, where it is not the answer itself that says it all."""
    if waiting:
        return _("Consultando a Receita; a resposta aparece aqui."), ""
    if not registry.installed():
        return _("Este site não tem consulta à Receita instalada."), ""
    if lookup and lookup.state in {"failed", "asked"}:
        return _("A Receita não respondeu. Tente de novo em alguns minutos."), "warning"
    if registration.registry_state == "missing":
        return _("A Receita não conhece este CNPJ. Confira-o com o cliente."), "error"
    return ("", "") if registration.registry_at else (_("A Receita ainda não foi consultada."), "")


def _statuses() -> dict[str, str]:
    return {
        "active": _("Ativa"),
        "suspended": _("Suspensa"),
        "unfit": _("Inapta"),
        "closed": _("Baixada"),
        "void": _("Nula"),
    }
