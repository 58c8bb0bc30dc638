"""What is wrong with where a field says it is known from: sources that are none, or that it cannot hold."""

import difflib
from collections.abc import Iterator

from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.lint import asking_linting
from tratativa.rulebook.reading import Loc
from tratativa.rulebook.terms import sources
from tratativa.rulebook.terms.form_facts import KEPT
from tratativa.rulebook.terms.forms import FormField
from tratativa.rulebook.terms.ids import slug

Finding = tuple[Loc, str]
_UNHELD = frozenset({"files", "lines", "person"})  # nobody types these


def findings(book: Rulebook) -> Iterator[Finding]:
    """Every field that begins with what nobody could put there."""
    for path, fields in _forms(book):
        for field in fields:
            for source in field.known_from:
                if why := _wrong(book, field, source):
                    yield path, f"«{field.label}»: `known_from: {source}` {why}"


def _forms(book: Rulebook) -> Iterator[tuple[Loc, tuple[FormField, ...]]]:
    for index, action in enumerate(book.actions):
        yield ("actions", index, "fields"), action.fields
    for index, form in enumerate(book.asks):
        yield ("asks", index, "fields"), form.fields
    for ask in asking_linting.asked(book):
        yield ("actions",), ask.fields


def _wrong(book: Rulebook, field: FormField, source: str) -> str:
    if field.type in _UNHELD or field.sealed:
        return "não serve: um campo assim começa vazio"
    if source in sources.OF_ORDER:
        types = sources.OF_ORDER[source]
        return "" if field.type in types else f"enche um campo de tipo {' ou '.join(types)}, e este é {field.type}"
    named = sources.parts(source)
    if named is None:
        near = difflib.get_close_matches(source, sources.OF_ORDER, 1)
        return f"não se conhece; talvez `{near[0]}`" if near else "não se conhece"
    family, form, name = named
    other = next((one for one in _fields(book, family, form) if one.is_called(name)), None)
    if other is None:
        return "não é campo de um formulário destas regras"
    if other.sealed or other.type in _UNHELD or (family == "action" and other.type not in KEPT):
        return "não fica guardado"
    return "" if other.type == field.type else f"é de tipo {other.type}, e este campo é {field.type}"


def _fields(book: Rulebook, family: str, form: str) -> tuple[FormField, ...]:
    if family == "action":
        action = book.action(form)
        return action.fields if action else ()
    if kept := book.ask(form):
        return kept.fields
    wanted = slug(form)
    asked = (one for one in asking_linting.asked(book) if wanted in {slug(one.id), slug(one.label)})
    return next((one.fields for one in asked), ())
