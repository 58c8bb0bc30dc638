"""The data beside a procedure's step, for agents alone: what a queue may be shown, and what only the team looks up."""

import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from tratativa.accounts import moments
from tratativa.cases.core import rulebook_versions
from tratativa.cases.models import Case
from tratativa.cases.queues import sharing
from tratativa.cases.sentences import labels
from tratativa.orders import registrations
from tratativa.orders.models import Voucher
from tratativa.web.retailer import bought_orders

Pair = tuple[str, str]
PHONE = "telefone"


@dataclass(frozen=True)
class Fact:
    """A label and what is known; of a telephone, whose it is, for it is masked until somebody asks to see it."""

    label: str
    value: str
    phone_of: uuid.UUID | None = None


def of(case: Case, names: Iterable[str], *, at: datetime) -> list[Fact]:
    """Label and value of each name of a step's `show`; what nobody knows is left out."""
    facts = []
    for name in names:
        label, value = _OWN[name](case, at) if name in _OWN else sharing.value_of(case, name)
        facts.append(Fact(label, value, case.customer_id if name == PHONE else None))
    return [fact for fact in facts if fact.value]


def _phone(case: Case, _at: datetime) -> Pair:
    return _("Telefone"), case.customer.phone if case.customer else ""


def _email(case: Case, _at: datetime) -> Pair:
    return _("E-mail"), case.customer.email if case.customer else ""


def _payment(case: Case, _at: datetime) -> Pair:
    return _("Pagamento"), bought_orders.payment(case.order.payment_method) if case.order else ""


def _stage(case: Case, _at: datetime) -> Pair:
    return _("Etapa"), labels.stage(case.order.stage) if case.order else ""


def _promised(case: Case, _at: datetime) -> Pair:
    day = case.order.promised_at if case.order else None
    return _("Prometido para"), moments.day(day) if day else ""


def _credit(case: Case, _at: datetime) -> Pair:
    found = registrations.of(case.customer) if case.customer else None
    if found is None or found.credit_limit_cents is None:
        return "", ""
    money = rulebook_versions.of(case).money
    gaps = {
        "left": money.show(max(found.credit_limit_cents - found.credit_used_cents, 0)),
        "limit": money.show(found.credit_limit_cents),
    }
    return _("Crédito"), _("%(left)s livres de %(limit)s") % gaps


def _registration(case: Case, _at: datetime) -> Pair:
    if case.customer is None:
        return "", ""
    found = registrations.of(case.customer)
    stopped = next((str(step.get("label", "")) for step in found.signup if not step.get("at")), "")
    if found.blocked_at:
        return _("Cadastro"), _("bloqueado")
    return _("Cadastro"), _("parou em «%(step)s»") % {"step": stopped} if stopped else _(
        "completo"
    ) if found.signup else ""


def _vouchers(case: Case, at: datetime) -> Pair:
    usable = Voucher.objects.filter(customer=case.customer_id, used_at=None, expires_at__gte=at)
    money = rulebook_versions.of(case).money
    said = [
        f"{one.code}: {money.show(one.amount_cents)}, {moments.day(one.expires_at)}"
        for one in usable.order_by("expires_at")[:3]
    ]
    return _("Vouchers e cashback"), " · ".join(said)


_OWN: Mapping[str, Callable[[Case, datetime], Pair]] = {
    PHONE: _phone,
    "e-mail": _email,
    "pagamento": _payment,
    "etapa": _stage,
    "prometido": _promised,
    "credito": _credit,
    "cadastro": _registration,
    "vouchers": _vouchers,
}
