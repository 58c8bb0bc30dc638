"""What confirmed commands change of a customer: registrations blocked, updated and grouped, vouchers issued."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_datetime

from tratativa.accounts.models import Customer, Registration
from tratativa.orders.models import Command, Voucher

ROOT = 8  # the characters of a CNPJ that all branches of a company share


def of(customer: Customer) -> Registration:
    """The customer's registration; an empty one, not stored, where nothing is known yet."""
    found = Registration.objects.filter(customer=customer).first()
    return found or Registration(customer=customer)


def group(customer: Customer) -> list[Customer]:
    """The registrations with the same CNPJ root, this one left out; none for a CPF."""
    if len(customer.document) != 14:
        return []
    alike = Customer.objects.filter(
        marketplace=customer.marketplace_id, document__regex=f"^{customer.document[:ROOT]}.{{6}}$"
    )
    return list(alike.exclude(pk=customer.pk).order_by("document")[:50])


def _block(command: Command, at: datetime) -> None:
    registration, _made = Registration.objects.get_or_create(customer=_customer(command))
    Registration.objects.filter(pk=registration.pk, blocked_at=None).update(blocked_at=at)


def _unblock(command: Command, _at: datetime) -> None:
    Registration.objects.filter(customer=_customer(command)).update(blocked_at=None)


def _update(command: Command, at: datetime) -> None:
    registration, _made = Registration.objects.get_or_create(customer=_customer(command))
    if command.data.get("what") == "signup":
        registration.signup = [_pushed(step, command, at) for step in registration.signup]
    elif command.data.get("what") == "address":
        registration.address = str(registration.registry.get("address", ""))[:300] or registration.address
    registration.save()


def _pushed(step: dict[str, Any], command: Command, at: datetime) -> dict[str, Any]:
    """The step done now, where it was not: the one the command names, or any that is missing."""
    named = command.data.get("step")
    if step.get("at") or (named and step.get("id") != named):
        return step
    return {**step, "at": at.isoformat(), "by": command.data.get("by", "")}


def _link(command: Command, _at: datetime) -> None:
    customer = _customer(command)
    for one in (customer, *group(customer)):
        registration, _made = Registration.objects.get_or_create(customer=one)
        registration.group = customer.document[:ROOT]
        registration.save(update_fields=["group"])


def _issue(command: Command, at: datetime) -> None:
    expires = parse_datetime(str(command.data["expires_at"]))
    assert expires is not None
    Voucher.objects.get_or_create(
        marketplace_id=command.marketplace_id,
        code=str(command.data["code"]),
        defaults={
            "customer": _customer(command),
            "amount_cents": command.data["amount_cents"],
            "issued_at": at,
            "expires_at": expires,
        },
    )


def _customer(command: Command) -> Customer:
    assert command.customer is not None
    return command.customer


VERBS: Mapping[str, Callable[[Command, datetime], None]] = {
    "block_registration": _block,
    "unblock_registration": _unblock,
    "update_registration": _update,
    "link_registrations": _link,
    "issue_voucher": _issue,
}
