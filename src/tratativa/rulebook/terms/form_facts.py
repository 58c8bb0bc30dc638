"""Facts of forms: what was answered, what an earlier action was filled in with, what is being filled in just now.

`answer.<form>.<field>` (or `answer.<form>`, its first choice), `action.<action>.<field>`, and, in an effect's `when`,
`field.<field>`. They are the rulebook's own, so which there are, and which values they take, its forms say.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import Any

from tratativa.rulebook.terms import languages
from tratativa.rulebook.terms.facts import Fact
from tratativa.rulebook.terms.ids import slug

FAMILIES = ("answer", "action", "field")
# What a field's value is to a condition; what is not here is words, and words are nobody's fact.
_TYPES = {"choice": "choice", "tick": "flag", "number": "number", "money": "money", "text": "text"}
# What the ledger keeps of what an action was filled in with: choices, numbers, and keys of rows.
KEPT = frozenset({"choice", "tick", "number", "money", "lines"})


@dataclass(frozen=True)
class FormFact:
    """One field as a fact: from the slug of a choice's key or label to the key."""

    fact: Fact
    keys: Mapping[str, str]


@dataclass
class Forms:
    """The facts of a rulebook's forms by every name they go by, and those that some condition asked for."""

    named: dict[str, FormFact] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)


_FORMS: ContextVar[Forms] = ContextVar("forms")


@contextmanager
def of(data: Mapping[str, Any], spelt_out: list[Mapping[str, Any]]) -> Iterator[Forms]:
    """Conditions read inside may ask of the forms of this rulebook; `spelt_out` are those of its `ask`s."""
    forms = Forms()
    for form in [*_items(data.get("asks")), *spelt_out]:
        _enter(forms, "answer", form)
    for action in _items(data.get("actions")):
        _enter(forms, "action", action)
    token = _FORMS.set(forms)
    try:
        yield forms
    finally:
        _FORMS.reset(token)


def find(name: str) -> Fact | None:
    """The fact of this name among the rulebook's forms, or None. Outside of any rulebook every one is taken."""
    family, _dot, rest = name.partition(".")
    if family not in FAMILIES or not rest:
        return None
    forms = _FORMS.get(None)
    if forms is None:
        return Fact(name, "text", "")
    found = forms.named.get(f"{family}.{slug(rest)}") or forms.named.get(f"{family}.{_slugs(rest)}")
    if found is None:
        return None
    forms.asked.add(found.fact.name)
    return found.fact


def key(fact: Fact, said: str) -> str:
    """The key of a choice that is named by its label."""
    forms = _FORMS.get(None)
    found = forms.named.get(fact.name) if forms else None
    return found.keys.get(slug(said), said) if found else said


def names(family: str) -> list[str]:
    """Every name a fact of the forms goes by, as it may be written, of one family."""
    forms = _FORMS.get(None)
    return sorted(name for name in forms.named if name.startswith(f"{family}.")) if forms else []


def _enter(forms: Forms, family: str, form: Mapping[str, Any]) -> None:
    called = [*map(slug, languages.texts_of(form.get("label"))), str(form.get("id") or "")]
    own = str(form.get("id") or slug(str(languages.own_text(form.get("label")) or "")))
    first = ""
    for one in _items(form.get("fields")):
        kind = _TYPES.get(str(one.get("type") or "text"))
        if kind is None:
            continue
        name = str(one.get("id") or slug(str(languages.own_text(one.get("label")) or "")))
        labels = {name, *map(slug, languages.texts_of(one.get("label")))}
        if family == "answer" or kind != "text":
            made = _made(f"{family}.{own}.{name}", kind, one)
            for form_name in filter(None, {*called, own}):
                for label in labels:
                    forms.named.setdefault(f"{family}.{form_name}.{label}", made)
                if kind == "choice" and not first and family == "answer":
                    forms.named.setdefault(f"{family}.{form_name}", made)
            first = first or (name if kind == "choice" else "")
        _enter_now(forms, _made(f"field.{name}", kind, one), labels)


def _enter_now(forms: Forms, made: FormFact, labels: set[str]) -> None:
    """Fields of one name in several forms are one fact, which takes the values of all."""
    known = forms.named.get(made.fact.name)
    if known and known.fact.type == made.fact.type:
        values = tuple(dict.fromkeys([*known.fact.values, *made.fact.values]))
        made = FormFact(replace(known.fact, values=values), {**made.keys, **known.keys})
    for label in labels:
        forms.named[f"field.{label}"] = made


def _made(name: str, kind: str, one: Mapping[str, Any]) -> FormFact:
    keys: dict[str, str] = {}
    choices = one.get("choices")
    pairs = choices.items() if isinstance(choices, Mapping) else ()
    for key_, text in pairs:
        for label in languages.texts_of(text):
            keys.setdefault(slug(label), str(key_))
    keys |= {slug(str(key_)): str(key_) for key_, _text in pairs}
    values = tuple(str(key_) for key_, _text in pairs) if kind == "choice" else ()
    return FormFact(Fact(name, kind, name, values), keys)  # type: ignore[arg-type]


def _items(part: Any) -> list[Mapping[str, Any]]:
    return [one for one in part if isinstance(one, Mapping)] if isinstance(part, list | tuple) else []


def _slugs(rest: str) -> str:
    return ".".join(slug(part) for part in rest.split("."))
