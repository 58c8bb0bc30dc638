"""Naming: wherever a rulebook asks for an id, its label will do, in any language it is written in."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator

from tratativa.rulebook.terms import languages
from tratativa.rulebook.terms.ids import slug

# By part of the rulebook: from the slug of an id or a label to the id.
Known = Mapping[str, Mapping[str, str]]
_KNOWN: ContextVar[Known] = ContextVar("known")
_NONE: Known = MappingProxyType({})
LISTS = ("reasons", "actions", "deadlines", "asks", "queues", "groups", "case_fields")


@contextmanager
def among(data: Mapping[str, Any]) -> Iterator[None]:
    """Names read inside are those of this rulebook, given as plain data; `languages.speaking` says its own language."""
    token = _KNOWN.set(_all(data))
    try:
        yield
    finally:
        _KNOWN.reset(token)


def resolve(part: str, name: object) -> str:
    """The id of what a part of the rulebook calls so; the name's slug where it calls nothing so."""
    wanted = slug(str(name))
    return _KNOWN.get(_NONE).get(part, {}).get(wanted, wanted)


def _listed(value: Any) -> Any:
    return value if isinstance(value, list | tuple) else [value]


def _names(part: str) -> BeforeValidator:
    return BeforeValidator(
        lambda value: tuple(resolve(part, one) for one in _listed(value)), json_schema_input_type=str | tuple[str, ...]
    )


def _name(part: str) -> AfterValidator:
    return AfterValidator(lambda value: resolve(part, value) if value else value)


ActionNames = Annotated[tuple[str, ...], _names("actions")]
ReasonName = Annotated[str, _name("reasons")]
ReasonNames = Annotated[tuple[str, ...], _names("reasons")]
DeadlineNames = Annotated[tuple[str, ...], _names("deadlines")]
GroupName = Annotated[str, _name("groups")]
KindNames = Annotated[tuple[str, ...], _names("kinds")]
ActionName = Annotated[str, _name("actions")]
MetricName = Annotated[str, _name("metrics")]
SharedNames = Annotated[tuple[str, ...], _names("shared")]


def _all(data: Mapping[str, Any]) -> Known:
    known = {part: _called(_items(data.get(part)), "label") for part in LISTS}
    replies = data.get("replies")
    said = languages.built_in(languages.REPLY, languages.speech().own)
    reply = {"label": said, **replies} if isinstance(replies, Mapping) else {}
    known["actions"] = {**_called([reply] if reply else [], "label"), **known["actions"]}
    kinds = data.get("kinds")
    named = kinds.items() if isinstance(kinds, Mapping) else ()
    known["kinds"] = _called([{"id": key, **kind} for key, kind in named if isinstance(kind, Mapping)], "label")
    known["playbooks"] = _called(_items(data.get("playbooks")), "playbook")
    score = data.get("score")
    known["metrics"] = _called(_items(score.get("metrics")) if isinstance(score, Mapping) else [], "label")
    asked = spelt_out(data)
    known["asked"] = {**known["asks"], **_called(asked, "label")}
    forms = [*_items(data.get("asks")), *asked]
    known["shared"] = _called([field for form in forms for field in _items(form.get("fields"))], "label")
    return known


def _items(part: Any) -> list[Mapping[str, Any]]:
    return [one for one in part if isinstance(one, Mapping)] if isinstance(part, list | tuple) else []


def _called(items: list[Mapping[str, Any]], key: str) -> dict[str, str]:
    """Every name of every item to its id; an id wins over a label that reads the same."""
    by_label: dict[str, str] = {}
    ids: dict[str, str] = {}
    for item in items:
        own = str(item.get("id") or slug(str(languages.own_text(item.get(key)) or "")))
        ids.setdefault(slug(own), own)
        for text in languages.texts_of(item.get(key)):
            by_label.setdefault(slug(text), own)
    return {**by_label, **ids}


def spelt_out(data: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Every form that some `ask` of this rulebook spells out."""
    return list(_asked([data.get(part) for part in ("actions", "reasons", "deadlines", "playbooks")]))


def _asked(node: Any) -> Iterator[Mapping[str, Any]]:
    """Every form that some `ask` spells out."""
    if isinstance(node, Mapping):
        asked = node.get("ask")
        if isinstance(asked, Mapping) and "fields" in asked:
            yield asked
        for value in node.values():
            yield from _asked(value)
    elif isinstance(node, list | tuple):
        for value in node:
            yield from _asked(value)
