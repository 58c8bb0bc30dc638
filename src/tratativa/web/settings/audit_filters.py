"""What the audit log's page is narrowed by: a person, a kind of thing, a day; as it was typed, and what was wrong."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.translation import gettext as _

from tratativa.accounts import text
from tratativa.accounts.audit import registry
from tratativa.accounts.audit.lines import COMMANDS, Narrowed
from tratativa.accounts.models import Person
from tratativa.web.lists.filtering import Field


def parse(params: Mapping[str, str]) -> tuple[Narrowed, dict[str, str]]:
    """The filters, and a sentence for each that cannot be understood."""
    who, what, day = (text.line(str(params.get(name, "")))[:60] for name in ("who", "what", "day"))
    errors: dict[str, str] = {}
    if who and who != COMMANDS and not _is_key(who):
        errors["who"] = _("Escolha uma pessoa da lista.")
    if what and what not in registry.REGISTRY:
        errors["what"] = _("Escolha algo da lista.")
    asked = None
    if day:
        try:
            asked = date.fromisoformat(day)
        except ValueError:
            errors["day"] = _("Este dia não existe.")
    if asked and not 1970 < asked.year < 9999:
        errors["day"] = _("Este dia não existe.")
    return (Narrowed(), errors) if errors else (Narrowed(who, what, asked), errors)


def fields(params: Mapping[str, str], people: Iterable[Person], errors: Mapping[str, str]) -> list[Field]:
    """A field each, showing what was typed even where it was wrong."""
    named = [(str(one.pk), f"{one.name} ({one.email})") for one in people]
    kinds = sorted((str(known.sentence), code) for code, known in registry.REGISTRY.items())
    every: list[Field] = [
        Field("who", _("Quem"), "", choices=[*named, (COMMANDS, _("Um comando, ninguém em pessoa"))]),
        Field("what", _("O quê"), "", choices=[(code, sentence) for sentence, code in kinds]),
        Field("day", _("Dia"), "", kind="date"),
    ]
    return [
        Field(one.name, one.label, str(params.get(one.name, ""))[:60], one.kind, one.choices, errors.get(one.name, ""))
        for one in every
    ]


def told(by: Narrowed) -> dict[str, str]:
    """The filters as the log itself tells of an export."""
    given = {"person": _named(by.who), "kind": by.what, "day": by.day.isoformat() if by.day else ""}
    return {name: value for name, value in given.items() if value}


def _named(who: str) -> str:
    """A person by their address, which says more to who reads the log than a key of ours."""
    if not _is_key(who):
        return who
    return Person.objects.filter(pk=who).values_list("email", flat=True).first() or who


def _is_key(raw: str) -> bool:
    try:
        uuid.UUID(raw)
    except ValueError:
        return False
    return True
