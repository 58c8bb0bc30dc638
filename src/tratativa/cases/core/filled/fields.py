"""Fields: what people fill in, read by type into plain values, refused by name, and shown again in words."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from tratativa.accounts import documents, text
from tratativa.cases.core.filled import addresses, field_readers
from tratativa.cases.core.filled.field_readers import Wrong
from tratativa.cases.core.refusals import Invalid
from tratativa.rulebook.language.lands import Land
from tratativa.rulebook.language.money_rules import MoneyRules
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms import customs
from tratativa.rulebook.terms.forms import FormField
from tratativa.rulebook.terms.ids import slug

LINE_LIMIT = 300
# What is read into words: left empty they are an empty text.
_WORDS = {
    "text", "long_text", "choice", "person", "url", "tracking", "nfe_key", "invoice", "email", "phone", "order",
    "seller",
}  # fmt: skip


def clean(
    fields: Sequence[FormField], given: Mapping[str, Any], *, today: date, money: MoneyRules, land: Land
) -> dict[str, Any]:
    """What was filled in, by field id: text, bool, ISO dates as text, cents, an address as a mapping, or files.

    `given` is keyed by id or label; `money` says how amounts are written, `land` what documents and addresses are.
    Raises Invalid naming every wrong field.
    """
    raw = {slug(str(key)): value for key, value in given.items()}
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for field in fields:
        if not is_asked(field, values):
            values[field.id] = [] if field.type == "files" else None
            continue
        try:
            values[field.id] = _read(field, _given(field, raw), today, money, land)
        except Wrong as wrong:
            errors[field.id] = str(wrong)
    if errors:
        raise Invalid(errors)
    return values


def is_filled(value: Any) -> bool:
    """Whether something was filled in: an unticked box is nothing, a zero is."""
    return value is not False and value not in (None, "", [], {})


def is_asked(field: FormField, values: Mapping[str, Any]) -> bool:
    """Whether the field is there for who filled the others in so."""
    return all(values.get(slug(other)) == slug(wanted) for other, wanted in field.only_if.items())


def _given(field: FormField, raw: Mapping[str, Any]) -> Any:
    """What was given for the field, by its id or by any of its labels."""
    return raw[field.id] if field.id in raw else next((raw[name] for name in raw if field.is_called(name)), None)


def show(field: FormField, value: Any, book: Rulebook) -> str:
    """A value as the marketplace's people write it: `24/11/2026`, `R$ 199,90`, an address in one line.

    It may be kept in words that others read: the language of whoever fills it in is not asked.
    """
    if value in (None, "", [], {}):
        return ""
    if field.type == "date":
        return customs.day(date.fromisoformat(value), book.money.customs)
    if field.type == "datetime":
        return customs.minute(datetime.fromisoformat(value), book.money.customs)
    if field.type == "money":
        return book.money.show(value)
    if field.type == "address":
        return addresses.one_line(value)
    if field.type == "choice":
        return field.choices.get(str(value), str(value))
    if field.type == "document":
        return documents.show(str(value), book.land.documents)
    if field.type == "files":
        return ", ".join(str(file.name) for file in value)
    if field.type == "number":
        return book.money.number(value)
    if field.type == "lines":
        return ", ".join(field.choices.get(one, one) for one in value)
    if field.type == "tick":
        return _("sim") if value else _("não")
    return str(value)


def _read(field: FormField, raw: Any, today: date, money: MoneyRules, land: Land) -> Any:
    if field.type == "tick":
        return raw in {True, "on", "true", "1", "yes"}
    if field.type == "files":
        files = list(raw or ())
        if field.required and not files:
            raise Wrong(_("Anexe ao menos um arquivo em «%(label)s».") % {"label": field.label})
        return files
    if field.type == "address":
        return field_readers.address(field, raw, land)
    if field.type == "lines":
        return field_readers.lines(field, raw)
    typed = text.paragraph(str(raw or "")) if field.type == "long_text" else text.line(str(raw or ""))
    if not typed:
        if field.required:
            raise Wrong(_("Preencha «%(label)s».") % {"label": field.label})
        return "" if field.type in _WORDS else None
    _check_length(field, typed)
    if field.type == "money":
        return field_readers.money(field, typed, money)
    if field.type == "document":
        return field_readers.document(typed, land)
    if field.type == "number":
        return field_readers.number(field, typed, money)
    value = field_readers.READERS[field.type](field, typed)
    if field.not_before == "today" and value and value[:10] < today.isoformat():
        raise Wrong(_("«%(label)s» já passou: escolha de hoje em diante.") % {"label": field.label})
    return value


def _check_length(field: FormField, typed: str) -> None:
    limit = text.MESSAGE_LIMIT if field.type == "long_text" else LINE_LIMIT
    if len(typed) > limit:
        raise Wrong(
            _("«%(label)s» tem %(size)d caracteres; o limite é %(limit)d.")
            % {"label": field.label, "size": len(typed), "limit": limit}
        )
