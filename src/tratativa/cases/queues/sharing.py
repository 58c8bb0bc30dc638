"""Sharing: what of a case a queue is shown, by name, and nothing else of it."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from tratativa.accounts import documents
from tratativa.accounts.actors import Actor
from tratativa.accounts.secrecy import sealing
from tratativa.cases import events
from tratativa.cases.core import audience, rulebook_versions, visibility
from tratativa.cases.core.change import Change
from tratativa.cases.core.filled import fields
from tratativa.cases.files import attachments
from tratativa.cases.models import Attachment, Case, Entry, Request, SharedField, Text
from tratativa.cases.models.ledger import BANK_DATA
from tratativa.cases.requests import requests
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.forms import FormField
from tratativa.rulebook.terms.parties import Party

EVIDENCE, AMOUNT = "evidencias", "valor"


@dataclass
class Shared:
    """What was named and is known: lines of label and value, those that are sealed, and files."""

    lines: list[tuple[str, str]] = field(default_factory=list)
    sealed: list[tuple[str, str]] = field(default_factory=list)
    files: list[Attachment] = field(default_factory=list)
    names: list[str] = field(default_factory=list)


def gather(case: Case, names: Iterable[str], *, amount_cents: int | None = None) -> Shared:
    """What these names mean in this case; a name nothing is known under is left out.

    `amount_cents` is what a queue is asked to pay, where it is.
    """
    known, answered, book = dict(of_case(case)), _answers(case), rulebook_versions.of(case)
    if amount_cents is not None:
        known[AMOUNT] = (known[AMOUNT][0], book.money.show(amount_cents))
    shared = Shared()
    for name in dict.fromkeys(names):
        if known.get(name, ("", ""))[1]:
            shared.lines.append(known[name])
        elif name == EVIDENCE:
            shared.files.extend(_evidence(case))
        elif name in answered:
            _answered(shared, *answered[name], book)
        else:
            continue
        shared.names.append(name)
    return shared


def of_case(case: Case) -> Mapping[str, tuple[str, str]]:
    """What the case knows by itself, by name: label and value. The customer's contact is not among it."""
    order, customer, book = case.order, case.customer, rulebook_versions.of(case)
    kinds = book.land.documents
    amount = (order.shortage_cents or order.total_cents) if order else 0
    return {
        "pedido": (_("Pedido"), case.order_number),
        "loja": (_("Loja"), customer.name if customer else ""),
        "cnpj": (
            documents.kinds_named(kinds[:1]) if kinds else _("CNPJ"),
            documents.show(customer.document, kinds) if customer else "",
        ),
        "valor": (_("Valor"), book.money.show(amount) if amount else ""),
        "distribuidor": (_("Distribuidor"), _seller(case)),
    }


def _seller(case: Case) -> str:
    seller = case.order.seller if case.order else case.asked_seller
    return seller.name if seller else ""


def show(child: Change, shared: Shared) -> None:
    """Puts what is shared into the child case; sealed data reach the partner alone."""
    if shared.lines or shared.files:
        _tell(child, shared.lines, events.DataShared(names=shared.names), to=audience.WITH_PARTNER, files=shared.files)
    if shared.sealed:
        sealed = events.DataShared(names=shared.names, sealed=True)
        _tell(child, shared.sealed, sealed, to=audience.of(Party.PARTNER))


def shown(case: Case, actor: Actor) -> list[SharedField]:
    """What this reader was shown in a child case and may still read, in the order it was shown; one query."""
    entries = visibility.visible_entries(case, actor).filter(event=events.DataShared.name)
    kept = SharedField.objects.filter(text__entry__in=entries.order_by())
    return list(kept.select_related("text__entry").order_by("text__entry__number", "position"))


def _tell(
    child: Change,
    lines: Sequence[tuple[str, str]],
    event: events.DataShared,
    *,
    to: int,
    files: Sequence[Attachment] = (),
) -> None:
    """Records what is shown, in words for whoever follows the case and as rows for who works with it.

    Sealed data are in the rows alone, in an envelope; the words say that they were given.
    """
    given = _("informado")
    words = "\n".join(f"{label}: {given if event.sealed else value}" for label, value in lines)
    kept = [(label, sealing.seal(value, BANK_DATA) if event.sealed else value) for label, value in lines]
    if event.sealed:
        event = replace(event, shown=tuple(_digest(label, value) for label, value in kept))
    entry = attachments.record(child, event, files, to=to, words=words or None)
    if lines:
        text = Text.objects.get(entry=entry)
        SharedField.objects.bulk_create(
            SharedField(text=text, position=position, label=label, value=value)
            for position, (label, value) in enumerate(kept)
        )


def _digest(label: str, envelope: str) -> str:
    """What the entry says of a sealed row; the database and `evidence.shared_rows` hold the row against it."""
    return hashlib.sha256(f"{label}\n{envelope}".encode()).hexdigest()


def _answered(shared: Shared, request: Request, one: FormField, book: Rulebook) -> None:
    if one.type == "files":
        shared.files.extend(_files(request))
        return
    kept = request.sealed if one.sealed else request.answers
    value = fields.show(one, kept.get(one.id), book)
    if value:
        (shared.sealed if one.sealed else shared.lines).append((one.label, value))


def _answers(case: Case) -> dict[str, tuple[Request, FormField]]:
    """The last answered request that asked each field, by the field's id."""
    answered = Request.objects.filter(case=case).exclude(answered_at=None).order_by("answered_at")
    return {one.id: (request, one) for request in answered for one in requests.form(request)}


def _files(request: Request) -> list[Attachment]:
    entries = Entry.objects.filter(case=request.case_id, event=events.Answered.name, data__request=str(request.pk))
    return list(Attachment.objects.filter(entry__in=entries).order_by("added_at", "id"))


def _evidence(case: Case) -> list[Attachment]:
    """The files the customer sent, identity papers left out."""
    sent = Attachment.objects.filter(case=case, entry__party=str(Party.CUSTOMER), sensitive=False)
    # What was held and then happened stands twice; the bytes are the same.
    return list({file.path: file for file in sent.order_by("added_at", "id")}.values())


def value_of(case: Case, name: str) -> Any:
    """What an agent sees under this name beside a step; empty where nothing is known or it is sealed."""
    known = of_case(case)
    if name in known:
        return known[name]
    found = _answers(case).get(name)
    if found is None or found[1].sealed or found[1].type == "files":
        return "", ""
    request, one = found
    return one.label, fields.show(one, request.answers.get(one.id), rulebook_versions.of(case))
