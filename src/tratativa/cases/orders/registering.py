"""Effects on the customer's registration and value: asked of the marketplace's systems."""

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from tratativa.accounts.models import Customer
from tratativa.cases.acting import follow_ups, payouts
from tratativa.cases.core.change import Change
from tratativa.cases.core.effects import effect
from tratativa.cases.core.refusals import NotAllowed
from tratativa.cases.orders import ordering
from tratativa.orders import commands, refunds, registrations
from tratativa.orders.models import Command, Order
from tratativa.rulebook.language.arguments import (
    BlockRegistration,
    IssueVoucher,
    LinkRegistrations,
    UnblockRegistration,
    UpdateRegistration,
)
from tratativa.rulebook.terms.ids import slug


@effect("issue_voucher")
def issue_voucher(change: Change, argument: IssueVoucher) -> None:
    """Asks for a voucher over a field's amount, or over the order's rupture.

    On an order with a rupture the voucher makes up for it, and only for what of it no case has given back yet.
    Where nobody knows the amount a task is left instead: money is never guessed. Raises NotAllowed when it would be
    more than is left.
    """
    customer = _customer(change)
    order = change.case.order
    amount = int(str(change.fields.get(slug(argument.field)) or 0)) if argument.field else 0
    if order and order.shortage_cents:
        _make_up(change, argument, order, customer, amount or None)
        return
    if not amount:
        follow_ups.leave(
            change, _("Criar o voucher: o valor da ruptura não é conhecido."), change.at + timedelta(hours=1)
        )
        return
    _asked(change, customer, "issue_voucher", {"amount_cents": amount, **_paper(change, argument)})


def _make_up(change: Change, argument: IssueVoucher, order: Order, customer: Customer, amount: int | None) -> None:
    key, itself = ordering.key(change, "issue_voucher"), change.book.refunds.cancelled == "by_itself"
    data = _paper(change, argument)
    with payouts.in_words(change, order):
        command = refunds.voucher(
            order, customer, amount, case_id=change.case.pk, key=key, at=change.at, data=data, itself=itself
        )
    ordering.asked(change, command)


def _paper(change: Change, argument: IssueVoucher) -> dict[str, str]:
    """What stands on a voucher: its code, and until when it is good."""
    expires = change.book.clock.due(change.at, argument.valid)
    before = Command.objects.filter(case_id=change.case.pk, verb="issue_voucher").count()
    code = f"V{change.case.protocol}{f'-{before + 1}' if before else ''}"
    return {"expires_at": expires.isoformat(), "code": code}


@effect("block_registration")
def block_registration(change: Change, _argument: BlockRegistration) -> None:
    """Asks for the registration to be blocked (K12-03)."""
    _asked(change, _customer(change), "block_registration", {})


@effect("unblock_registration")
def unblock_registration(change: Change, _argument: UnblockRegistration) -> None:
    """Asks for a blocked registration to be unblocked. Raises NotAllowed where it is not blocked."""
    customer = _customer(change)
    if registrations.of(customer).blocked_at is None:
        raise NotAllowed(_("O cadastro deste cliente não está bloqueado."))
    _asked(change, customer, "unblock_registration", {})


@effect("update_registration")
def update_registration(change: Change, argument: UpdateRegistration) -> None:
    """Asks for a part of the registration to be brought up to date."""
    data = {"what": argument.what, "by": str(change.by.person_id or "")}
    _asked(change, _customer(change), "update_registration", data)


def push(change: Change, step: str) -> None:
    """Asks for one step of the sign-up to be taken as done (K02-02). Raises NotAllowed where it is."""
    customer = _customer(change)
    missing = {str(one.get("id")) for one in registrations.of(customer).signup if not one.get("at")}
    if step not in missing:
        raise NotAllowed(_("Esta etapa do cadastro já foi feita."))
    data = {"what": "signup", "step": step, "by": str(change.by.person_id or "")}
    _asked(change, customer, "update_registration", data)


@effect("link_registrations")
def link_registrations(change: Change, _argument: LinkRegistrations) -> None:
    """Asks for the registrations of one CNPJ root to be made a group (K01-09)."""
    _asked(change, _customer(change), "link_registrations", {})


def _asked(change: Change, customer: Customer, verb: str, data: dict[str, Any]) -> None:
    """Asks once for each change of the case that wants it: what was asked before may have been undone since."""
    key = ordering.key(change, verb)
    command = commands.ask_about(customer, verb, case_id=change.case.pk, key=key, at=change.at, data=data)
    ordering.asked(change, command)


def _customer(change: Change) -> Customer:
    if change.case.customer is None or not change.case.customer.is_registered:
        raise NotAllowed(_("Este atendimento não tem cliente com cadastro."))
    return change.case.customer
