"""Fields: what people fill in, read by type into plain values, refused by name, and shown again in words."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from tratativa.accounts import documents, invoices, text
from tratativa.cases.core.refusals import Invalid
from tratativa.rulebook.terms import money
from tratativa.rulebook.terms.forms import FormField
from tratativa.rulebook.terms.ids import slug

LINE_LIMIT = 300
PHONE = 20
ADDRESS = {
    "cep": 8, "rua": 120, "numero": 20, "complemento": 80, "bairro": 80, "cidade": 80, "uf": 2,
}  # fmt: skip
_STATES = "AC AL AP AM BA CE DF ES GO MA MT MS MG PA PB PR PE PI RJ RN RS RO RR SC SP SE TO"
# What is read into words: left empty they are an empty text.
_WORDS = {
    "text", "long_text", "choice", "person", "url", "tracking", "nfe_key", "invoice", "email", "phone", "order",
    "seller",
}  # fmt: skip
_MONEY = re.compile(r"^(?:R\$\s*)?([0-9]{1,3}(?:\.[0-9]{3}){1,3}|[0-9]{1,9})(?:[,.]([0-9]{2}))?$", re.ASCII)
_TRACKING = re.compile(r"^[A-Z0-9]{6,40}$")


class _Wrong(Exception):
    """The sentence for whoever filled the field in."""


def clean(fields: Sequence[FormField], given: Mapping[str, Any], *, today: date) -> dict[str, Any]:
    """What was filled in, by field id: text, bool, ISO dates as text, cents, an address as a mapping, or files.

    `given` is keyed by id or label. Raises Invalid naming every field that is wrong.
    """
    raw = {slug(str(key)): value for key, value in given.items()}
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for field in fields:
        if any(values.get(slug(other)) != slug(wanted) for other, wanted in field.only_if.items()):
            values[field.id] = [] if field.type == "files" else None
            continue
        try:
            values[field.id] = _read(field, raw.get(field.id), today)
        except _Wrong as wrong:
            errors[field.id] = str(wrong)
    if errors:
        raise Invalid(errors)
    return values


def show(field: FormField, value: Any) -> str:
    """A value as people read it: `24/11/2026`, `R$ 199,90`, an address in one line."""
    if value in (None, "", [], {}):
        return ""
    if field.type == "date":
        return f"{date.fromisoformat(value):%d/%m/%Y}"
    if field.type == "datetime":
        return f"{datetime.fromisoformat(value):%d/%m/%Y %H:%M}"
    if field.type == "money":
        return money.show(value)
    if field.type == "address":
        return _one_line(value)
    if field.type == "choice":
        return field.choices.get(str(value), str(value))
    if field.type == "document":
        return documents.show(str(value))
    if field.type == "files":
        return ", ".join(str(file.name) for file in value)
    if field.type == "tick":
        return _("sim") if value else _("não")
    return str(value)


def _one_line(address: Mapping[str, str]) -> str:
    street = f"{address['rua']}, {address['numero']}"
    if address.get("complemento"):
        street += f", {address['complemento']}"
    cep = address["cep"]
    return f"{street}, {address['bairro']}, {address['cidade']} - {address['uf']}, {cep[:5]}-{cep[5:]}"


def _read(field: FormField, raw: Any, today: date) -> Any:
    if field.type == "tick":
        return raw in {True, "on", "true", "1", "yes"}
    if field.type == "files":
        files = list(raw or ())
        if field.required and not files:
            raise _Wrong(_("Anexe ao menos um arquivo em «%(label)s».") % {"label": field.label})
        return files
    if field.type == "address":
        return _address(field, raw)
    typed = text.paragraph(str(raw or "")) if field.type == "long_text" else text.line(str(raw or ""))
    if not typed:
        if field.required:
            raise _Wrong(_("Preencha «%(label)s».") % {"label": field.label})
        return "" if field.type in _WORDS else None
    _check_length(field, typed)
    value = _READERS[field.type](field, typed)
    if field.not_before == "today" and value and value[:10] < today.isoformat():
        raise _Wrong(_("«%(label)s» já passou: escolha de hoje em diante.") % {"label": field.label})
    return value


def _check_length(field: FormField, typed: str) -> None:
    limit = text.MESSAGE_LIMIT if field.type == "long_text" else LINE_LIMIT
    if len(typed) > limit:
        raise _Wrong(
            _("«%(label)s» tem %(size)d caracteres; o limite é %(limit)d.")
            % {"label": field.label, "size": len(typed), "limit": limit}
        )


def _text(_field: FormField, typed: str) -> str:
    return typed


def _choice(field: FormField, typed: str) -> str:
    found = next((key for key in field.choices if typed in {key, field.choices[key]}), None)
    if found is None:
        raise _Wrong(_("Escolha uma das opções de «%(label)s».") % {"label": field.label})
    return found


def _date(field: FormField, typed: str) -> str:
    try:
        day = date.fromisoformat(typed)
    except ValueError:
        day = None
    if day is None or day.isoformat() != typed or not 2000 <= day.year <= 2100:
        raise _Wrong(_("Escreva em «%(label)s» uma data como 24/11/2026.") % {"label": field.label})
    return day.isoformat()


def _datetime(field: FormField, typed: str) -> str:
    try:
        moment = datetime.fromisoformat(typed.replace(" ", "T"))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo or not 2000 <= moment.year <= 2100:
        raise _Wrong(_("Escreva em «%(label)s» data e hora.") % {"label": field.label})
    return moment.isoformat(timespec="minutes")


def _money(field: FormField, typed: str) -> int:
    found = _MONEY.match(typed)
    if not found:
        raise _Wrong(_("Escreva em «%(label)s» um valor como 199,90.") % {"label": field.label})
    cents = int(found[1].replace(".", "")) * 100 + int(found[2] or 0)
    if cents == 0:
        raise _Wrong(_("O valor de «%(label)s» precisa ser maior que zero.") % {"label": field.label})
    return cents


def _url(field: FormField, typed: str) -> str:
    try:
        parts = urlsplit(typed)
        fine = parts.scheme == "https" and "." in (parts.hostname or "") and not parts.username
    except ValueError:
        fine = False
    if not fine or " " in typed:
        raise _Wrong(_("Escreva em «%(label)s» um endereço que comece por https://.") % {"label": field.label})
    return typed


def _tracking(field: FormField, typed: str) -> str:
    code = typed.replace(" ", "").replace("-", "").upper()
    if _TRACKING.match(code):
        return code
    try:
        return _url(field, typed)
    except _Wrong:
        raise _Wrong(
            _("Escreva em «%(label)s» o código de rastreio ou o link que começa por https://.") % {"label": field.label}
        ) from None


def _nfe_key(field: FormField, typed: str) -> str:
    try:
        return invoices.key(typed)
    except invoices.BadInvoice:
        raise _Wrong(
            _("«%(label)s» tem 44 dígitos, ou letras onde está o CNPJ; confira-os na nota.") % {"label": field.label}
        ) from None


def _invoice(field: FormField, typed: str) -> str:
    try:
        return invoices.key_or_number(typed)
    except invoices.BadInvoice:
        raise _Wrong(
            _("Escreva em «%(label)s» o número da nota, ou os 44 dígitos e letras da chave de acesso.")
            % {"label": field.label}
        ) from None


def address_parts() -> dict[str, str]:
    """What people call each part of an address, by its name in `ADDRESS`."""
    return {
        "cep": _("CEP"), "rua": _("Rua"), "numero": _("Número"), "complemento": _("Complemento"),
        "bairro": _("Bairro"), "cidade": _("Cidade"), "uf": _("Estado (UF)"),
    }  # fmt: skip


def address_errors(given: Mapping[str, str]) -> dict[str, str]:
    """What is wrong with an address, a sentence that names the part by each part that is wrong.

    Every part must be there (C-08: all of the address is confirmed), but for the complement.
    """
    errors: dict[str, str] = {}
    for name, label in address_parts().items():
        value, limit = given.get(name) or "", ADDRESS[name]
        if name == "cep":
            wrong = len(text.digits(value)) != limit and _("«CEP» tem oito dígitos, como 01310-100.")
        elif name == "uf":
            wrong = value.upper() not in _STATES.split() and _("«Estado (UF)» é uma sigla, como SP.")
        else:
            wrong = len(value) > limit and _("«%(part)s» passa de %(limit)d caracteres.") % {
                "part": label,
                "limit": limit,
            }
        if not value and name != "complemento":
            errors[name] = _("Preencha «%(label)s».") % {"label": label}
        elif wrong:
            errors[name] = str(wrong)
    return errors


def _address(field: FormField, raw: Any) -> dict[str, str] | None:
    given = raw if isinstance(raw, Mapping) else {}
    parts = {name: text.line(str(given.get(name) or ""))[: limit + 20] for name, limit in ADDRESS.items()}
    if not any(parts.values()) and not field.required:
        return None
    errors = address_errors(parts)
    if errors:
        raise _Wrong(" ".join(errors.values()))
    return parts | {"cep": text.digits(parts["cep"]), "uf": parts["uf"].upper()}


def _document(_field: FormField, typed: str) -> str:
    try:
        return documents.parse(typed)
    except documents.BadDocument as bad:
        raise _Wrong(str(bad)) from None


def _email(field: FormField, typed: str) -> str:
    try:
        validate_email(typed)
    except ValidationError:
        raise _Wrong(_("Escreva em «%(label)s» um e-mail como nome@loja.com.br.") % {"label": field.label}) from None
    return typed


def _phone(field: FormField, typed: str) -> str:
    """Eight to fifteen digits (ITU-T E.164), as somebody would dial them; kept as they were written."""
    if not 8 <= len(text.digits(typed)) <= 15 or len(typed) > PHONE:
        raise _Wrong(_("Escreva em «%(label)s» um telefone como (11) 98888-7777.") % {"label": field.label})
    return typed


_READERS: Mapping[str, Callable[[FormField, str], Any]] = {
    "text": _text,
    "long_text": _text,
    "person": _text,
    "choice": _choice,
    "date": _date,
    "datetime": _datetime,
    "money": _money,
    "url": _url,
    "tracking": _tracking,
    "nfe_key": _nfe_key,
    "invoice": _invoice,
    "document": _document,
    "email": _email,
    "order": _text,
    "seller": _text,
    "phone": _phone,
}
