"""Filling forms in as a page would send them: people by key, files received, addresses whole."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tratativa.accounts.actors import Actor
from tratativa.cases.core.filled import addresses
from tratativa.cases.files import attachments
from tratativa.cases.models import Attachment, Case, Request
from tratativa.cases.requests import requests
from tratativa.rulebook.terms import money
from tratativa.rulebook.terms.forms import FormField
from tratativa.rulebook.terms.ids import slug
from tratativa.scenarios.scripts import nearest
from tratativa.scenarios.stage import Stage, Unplayable

_ALSO = {"logradouro": "rua"}


def mapping(name: str, says: Any, known: tuple[str, ...]) -> Mapping[str, Any]:
    """What a verb says, when it is a mapping of these keys only. Raises Unplayable."""
    if not isinstance(says, Mapping):
        raise Unplayable(f"`{name}` leva um mapa: {', '.join(known)}")
    for key in says:
        if key not in known:
            raise Unplayable(f"`{name}` ainda não sabe `{key}`{nearest(key, known)}")
    return says


def files(stage: Stage, by: Actor, says: Any) -> list[Attachment]:
    """Files of so many bytes each, received and waiting. Raises what receiving raises."""
    received = []
    for one in says or ():
        given = mapping("files", one, ("name", "size"))
        upload = SimpleUploadedFile(str(given.get("name", "arquivo.txt")), b"\x00" * int(given.get("size", 10)))
        limit = stage.book.attachments.max_size
        attachment = attachments.receive(upload, by=by, at=stage.at, limit=limit)
        stage.files.append(attachment.path)
        received.append(attachment)
    return received


def typed(stage: Stage, by: Actor, form: str, inputs: Sequence[FormField], given: Mapping[str, Any]) -> dict[str, Any]:
    """A form's values by field id. Raises Unplayable for a field the form does not have.

    The parts of an address may stand directly among the fields when the form has only one.
    """
    whole = next((field.id for field in inputs if field.type == "address"), "")
    values: dict[str, Any] = {}
    for key, value in given.items():
        name = slug(str(key))
        if found := next((field for field in inputs if field.is_called(name)), None):
            values[found.id] = _value(stage, by, found, value)
        elif whole and (part := _part(stage, key)) in addresses.names(stage.book.land):
            values.setdefault(whole, {})[part] = value
        else:
            raise Unplayable(f"«{form}» não tem o campo `{key}`{nearest(key, [one.label for one in inputs])}")
    return values


def request(stage: Stage, case: Case, by: Actor, given: Mapping[str, Any]) -> Request:
    """The request an answer is for: the oldest waiting one that has these fields, else the last one answered."""
    waiting = requests.pending(case, by)
    names = {slug(str(key)) for key in given}
    for one in waiting:
        if any(field.is_called(name) for field in requests.form(one) for name in names):
            return one
    found = waiting[0] if waiting else case.requests.filter(of=str(by.party)).order_by("asked_at").last()
    if found is None:
        raise Unplayable(f"ninguém pediu nada a `{by.party}`")
    return found


def _value(stage: Stage, by: Actor, field: FormField, value: Any) -> Any:
    if field.type == "person":
        return str(stage.actor(by.party, str(value)).person_id)
    if field.type == "files":
        return files(stage, by, value)
    if field.type == "address" and isinstance(value, Mapping):
        return {_part(stage, key): part for key, part in value.items()}
    if field.type == "money" and isinstance(value, float):
        return _amount(value)
    return value


def _amount(value: float) -> str:
    try:
        return money.source(money.parse(value))
    except ValueError:
        raise Unplayable(f"um valor se escreve 199.90, não `{value}`") from None


def _part(stage: Stage, key: object) -> str:
    name = slug(str(key))
    if known := stage.book.land.part(name):
        return known.id
    return _ALSO.get(name, name)
