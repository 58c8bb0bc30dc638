"""Inputs: a rulebook's fields as a page draws them, and what came back as the case's verbs take it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils.timezone import localtime

from tratativa.accounts import text
from tratativa.cases.core.filled import addresses
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.forms import FormField
from tratativa.rulebook.terms.ids import slug
from tratativa.web.forms import uploads
from tratativa.web.forms.uploads import Kept
from tratativa.web.frame.gates import ActingRequest

_TYPES = {"date": "date", "datetime": "datetime-local", "url": "url", "email": "email", "phone": "tel"}
_MODES = {"money": "decimal", "number": "numeric"}
_AUTOCOMPLETE = {
    "cep": "postal-code", "rua": "address-line1", "numero": "off", "complemento": "address-line2",
    "bairro": "address-level3", "cidade": "address-level2", "uf": "address-level1",
}  # fmt: skip


@dataclass
class Filling:
    """A form as it is being filled in: values by field id (files too), ticked statements, errors by field.

    `whence` says of what stands there before anybody typed where it is from.
    """

    values: dict[str, Any] = field(default_factory=dict)
    checked: list[str] = field(default_factory=list)
    errors: dict[str, str] = field(default_factory=dict)
    whence: dict[str, str] = field(default_factory=dict)

    @property
    def trouble(self) -> str:
        """The sentence for the whole form."""
        return self.errors.get("", "")


def read(
    request: ActingRequest, fields: Sequence[FormField], book: Rulebook, keep: Callable[..., Kept] = uploads.keep
) -> Filling:
    """What was posted; files are kept at once, by `keep`, whatever else is wrong."""
    kept = {
        one.id: keep(request, book, name=one.id, kept_name=f"{one.id}.kept") for one in fields if one.type == "files"
    }
    values = {one.id: kept[one.id].files if one.id in kept else _value(request.POST, one, book) for one in fields}
    ticked = [text.line(raw) for raw in request.POST.getlist("checked")]
    errors = {name: found.error["files"] for name, found in kept.items() if found.errors}
    return Filling(values, ticked, errors)


def draw(
    one: FormField,
    filling: Filling,
    book: Rulebook,
    *,
    at: datetime,
    choices: Sequence[tuple[str, str]] = (),
    notes: Mapping[str, str] | None = None,
) -> dict[str, Any]:
    """A field as `parts/field.html` draws it; `notes` what is worth knowing of a choice, by its value."""
    value, error = filling.values.get(one.id, ""), filling.errors.get(one.id, "")
    return {
        "id": one.id,
        "label": one.label,
        "type": one.type,
        "required": one.required,
        "help": one.help,
        "whence": filling.whence.get(one.id, ""),
        "sealed": one.sealed,
        "only": " ".join(f"{slug(other)}={slug(wanted)}" for other, wanted in one.only_if.items()),
        "choices": choices or list(one.choices.items()),
        "options": [(key, label, (notes or {}).get(key, "")) for key, label in one.choices.items()],
        "value": value,
        "files": value or [],
        "kept": f"{one.id}.kept",
        "limit": book.attachments.max_size,
        "parts": _parts(value, book, judged=bool(error)) if one.type == "address" else [],
        "input": _TYPES.get(one.type, "text"),
        "mode": _MODES.get(one.type, ""),
        "least": f"{localtime(at):%Y-%m-%d}" if one.not_before and one.type == "date" else "",
        "placeholder": book.money.cell(0) if one.type == "money" else "",
        "error": error,
    }


def _value(post: QueryDict, one: FormField, book: Rulebook) -> Any:
    if one.type == "address":
        return {part: text.line(post.get(f"{one.id}.{part}", "")) for part in addresses.names(book.land)}
    if one.type == "lines":
        return [text.line(raw) for raw in post.getlist(one.id)]
    raw = post.get(one.id, "")
    return text.paragraph(raw) if one.type == "long_text" else text.line(raw)


def _parts(value: Any, book: Rulebook, *, judged: bool) -> list[dict[str, Any]]:
    """The parts of an address; once it was `judged`, each with what is wrong with it."""
    given: Mapping[str, str] = value if isinstance(value, Mapping) else {}
    errors = addresses.errors_of(given, book.land) if judged else {}
    return [
        {
            "name": name,
            "label": label,
            "value": given.get(name, ""),
            "autocomplete": _AUTOCOMPLETE.get(name, "on"),
            "numeric": name in {"cep", "numero"},
            "error": errors.get(name, ""),
        }
        for name, label in addresses.parts(book.land).items()
    ]
