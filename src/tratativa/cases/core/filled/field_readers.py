"""Readers of fields, one a type: what was typed becomes a plain value, or a sentence for whoever typed it."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from tratativa.accounts import documents, text
from tratativa.cases.core.filled import addresses
from tratativa.orders import invoices
from tratativa.rulebook.language.lands import Land
from tratativa.rulebook.language.money_rules import MoneyRules
from tratativa.rulebook.terms.forms import FormField

PHONE = 20
_TRACKING = re.compile(r"^[A-Z0-9]{6,40}$")


class Wrong(Exception):
    """The sentence for whoever filled the field in."""


def _text(_field: FormField, typed: str) -> str:
    return typed


def _choice(field: FormField, typed: str) -> str:
    found = next((key for key in field.choices if typed in {key, field.choices[key]}), None)
    if found is None:
        raise Wrong(_("Escolha uma das opções de «%(label)s».") % {"label": field.label})
    return found


def _date(field: FormField, typed: str) -> str:
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        day = None
    if day is None or day.isoformat() != typed or not 2000 <= day.year <= 2100:
        raise Wrong(_("Escreva em «%(label)s» uma data como 24/11/2026.") % {"label": field.label})
    return day.isoformat()


def _datetime(field: FormField, typed: str) -> str:
    try:
        moment = datetime.fromisoformat(typed.replace(" ", "T"))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo or not 2000 <= moment.year <= 2100:
        raise Wrong(_("Escreva em «%(label)s» data e hora.") % {"label": field.label})
    return moment.isoformat(timespec="minutes")


def money(field: FormField, typed: str, rules: MoneyRules) -> int:
    """The cents of an amount, written as the rulebook's people write one. Raises Wrong."""
    try:
        cents = rules.read(typed)
    except ValueError:
        gaps = {"label": field.label, "example": rules.cell(19990)}
        raise Wrong(_("Escreva em «%(label)s» um valor como %(example)s.") % gaps) from None
    if cents == 0:
        raise Wrong(_("O valor de «%(label)s» precisa ser maior que zero.") % {"label": field.label})
    return cents


def number(field: FormField, typed: str, rules: MoneyRules) -> int:
    """A whole number within the field's bounds, written as the rulebook's people write one. Raises Wrong."""
    try:
        value = rules.count(typed)
    except ValueError:
        raise Wrong(_("Escreva em «%(label)s» um número inteiro.") % {"label": field.label}) from None
    if field.least is not None and value < field.least:
        gaps = {"label": field.label, "least": rules.number(field.least)}
        raise Wrong(_("«%(label)s» é no mínimo %(least)s.") % gaps)
    if field.most is not None and value > field.most:
        gaps = {"label": field.label, "most": rules.number(field.most)}
        raise Wrong(_("«%(label)s» é no máximo %(most)s.") % gaps)
    return value


def lines(field: FormField, raw: Any) -> list[str]:
    """The keys of the order's lines that were chosen, by key or title; the field holds them. Raises Wrong."""
    given = [str(one) for one in (raw if isinstance(raw, list | tuple) else [raw] if raw else [])]
    found = [next((key for key, title in field.choices.items() if one in {key, title}), "") for one in given]
    if not all(found):
        raise Wrong(_("Escolha em «%(label)s» itens deste pedido.") % {"label": field.label})
    if field.required and not found:
        raise Wrong(_("Escolha ao menos um item em «%(label)s».") % {"label": field.label})
    return list(dict.fromkeys(found))


def _url(field: FormField, typed: str) -> str:
    try:
        parts = urlsplit(typed)
        fine = parts.scheme == "https" and "." in (parts.hostname or "") and not parts.username
    except ValueError:
        fine = False
    if not fine or " " in typed:
        raise Wrong(_("Escreva em «%(label)s» um endereço que comece por https://.") % {"label": field.label})
    return typed


def _tracking(field: FormField, typed: str) -> str:
    code = typed.replace(" ", "").replace("-", "").upper()
    if _TRACKING.match(code):
        return code
    try:
        return _url(field, typed)
    except Wrong:
        raise Wrong(
            _("Escreva em «%(label)s» o código de rastreio ou o link que começa por https://.") % {"label": field.label}
        ) from None


def _nfe_key(field: FormField, typed: str) -> str:
    try:
        return invoices.key(typed)
    except invoices.BadInvoice:
        raise Wrong(
            _("«%(label)s» tem 44 dígitos, ou letras onde está o CNPJ; confira-os na nota.") % {"label": field.label}
        ) from None


def _invoice(field: FormField, typed: str) -> str:
    try:
        return invoices.key_or_number(typed)
    except invoices.BadInvoice:
        raise Wrong(
            _("Escreva em «%(label)s» o número da nota, ou os 44 dígitos e letras da chave de acesso.")
            % {"label": field.label}
        ) from None


def address(field: FormField, raw: Any, land: Land) -> dict[str, str] | None:
    """A mapping by the names of the land's parts; none where all is left empty and may be. Raises Wrong."""
    given = raw if isinstance(raw, Mapping) else {}
    parts = {
        name: text.line(str(given.get(name) or ""))[: addresses.limit(name) + 20] for name in addresses.names(land)
    }
    if not any(parts.values()) and not field.required:
        return None
    errors = addresses.errors_of(parts, land)
    if errors:
        raise Wrong(" ".join(errors.values()))
    if land.address:
        return parts
    return parts | {"cep": text.digits(parts["cep"]), "uf": parts["uf"].upper()}


def document(typed: str, land: Land) -> str:
    """A document of the land, without its punctuation. Raises Wrong."""
    try:
        return documents.parse(typed, land.documents)
    except documents.BadDocument as bad:
        raise Wrong(str(bad)) from None


def _email(field: FormField, typed: str) -> str:
    try:
        validate_email(typed)
    except ValidationError:
        raise Wrong(_("Escreva em «%(label)s» um e-mail como nome@loja.com.br.") % {"label": field.label}) from None
    return typed


def _phone(field: FormField, typed: str) -> str:
    """Eight to fifteen digits (ITU-T E.164), as somebody would dial them; kept as they were written."""
    if not 8 <= len(text.digits(typed)) <= 15 or len(typed) > PHONE:
        raise Wrong(_("Escreva em «%(label)s» um telefone como (11) 98888-7777.") % {"label": field.label})
    return typed


READERS: Mapping[str, Callable[[FormField, str], Any]] = {
    "text": _text,
    "long_text": _text,
    "person": _text,
    "choice": _choice,
    "date": _date,
    "datetime": _datetime,
    "url": _url,
    "tracking": _tracking,
    "nfe_key": _nfe_key,
    "invoice": _invoice,
    "email": _email,
    "order": _text,
    "seller": _text,
    "phone": _phone,
}
