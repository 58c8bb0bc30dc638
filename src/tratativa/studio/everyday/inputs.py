"""Inputs: what a form of an everyday change asks, and the edits that follow from what was given."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.translation import gettext as _

from tratativa.accounts import text
from tratativa.accounts.people.refusals import Refused
from tratativa.rulebook.terms.ids import slug
from tratativa.rulebook.terms.yaml_source import Loc

Given = Mapping[str, str]
LONGEST = 4000  # letters of a text


@dataclass(frozen=True)
class Input:
    """One field: its value as it stands, and what may be chosen."""

    id: str
    label: str
    value: str = ""
    type: Literal["text", "long_text", "choice", "tick", "person", "offered"] = "text"
    help: str = ""
    required: bool = True
    mode: str = ""
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Edit:
    """One change of a file: a value put, an item added, or something taken away."""

    do: Literal["put", "append", "drop"]
    path: Loc
    value: Any = None


@dataclass(frozen=True)
class Item:
    """One thing that has a form: what it is called, and how it stands, in a line."""

    key: str
    title: str
    summary: str = ""


def words(id: str, label: str, said: Any, *, long: bool = False, required: bool = True) -> list[Input]:
    """A text of the rulebook: one field, or one for each language it is written in."""
    kind: Literal["text", "long_text"] = "long_text" if long else "text"
    if not isinstance(said, Mapping):
        return [Input(id, label, str(said or ""), kind, required=required)]
    return [
        Input(f"{id}.{language}", f"{label} ({language})", str(one or ""), kind, required=required)
        for language, one in said.items()
    ]


def said(id: str, before: Any, given: Given, *, long: bool = False, required: bool = True) -> Any:
    """The text as it was given, one or one for each language. Raises Refused for an empty one that is required."""
    if isinstance(before, Mapping):
        return {language: _one(f"{id}.{language}", given, long, required) for language in before}
    return _one(id, given, long, required)


def reworded(path: Loc, before: Any, after: Any) -> Iterator[Edit]:
    """What changes a text, language by language."""
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for language, one in after.items():
            if one != before[language]:
                yield Edit("put", (*path, language), one)
    elif after != (before or ""):
        yield Edit("put", path, after)


def relabelled(path: Loc, item: Mapping[str, Any], given: Given) -> Iterator[Edit]:
    """What changes a label; its id stays what it was, so that whatever names it finds it, cases too."""
    before = item.get("label")
    edits = list(reworded((*path, "label"), before, said("label", before, given)))
    yield from edits
    if edits and not item.get("id"):
        yield Edit("put", (*path, "id"), slug(own(before)))


def number(id: str, given: Given, least: int, most: int) -> int:
    """A whole number. Raises Refused."""
    raw = text.line(given.get(id, ""))
    if not raw.isascii() or not raw.isdecimal() or len(raw) > 9 or not least <= int(raw) <= most:
        raise Refused(_("Escreva um número inteiro de %(least)d a %(most)d.") % {"least": least, "most": most}, id)
    return int(raw)


def chosen(id: str, given: Given, among: Sequence[str]) -> str:
    """One of these. Raises Refused."""
    raw = given.get(id, "")
    if raw not in among:
        raise Refused(_("Escolha uma das opções."), id)
    return raw


def title(item: Mapping[str, Any]) -> str:
    """What something is called, in the rulebook's own language."""
    return own(item.get("label")) or str(item.get("id", ""))


def own(said: Any) -> str:
    """A text of the rulebook in its own language, which it is written in first."""
    return str((next(iter(said.values()), "") if isinstance(said, Mapping) else said) or "")


def _one(id: str, given: Given, long: bool, required: bool) -> str:
    raw = given.get(id, "")
    cleaned = text.paragraph(raw) if long else text.line(raw)
    if required and not cleaned:
        raise Refused(_("Não pode ficar vazio."), id)
    if len(cleaned) > LONGEST:
        raise Refused(_("Escreva no máximo %(most)d letras.") % {"most": LONGEST}, id)
    return cleaned
