"""`docs/reference.md`: the facts, the effects, the fields, the settings and the events, as the code has them."""

import inspect
from collections.abc import Iterable
from dataclasses import fields
from pathlib import Path
from typing import Any, get_args

from tratativa.cases import events
from tratativa.cases.core import effects
from tratativa.cases.sentences import registry
from tratativa.config.variables import VARIABLES
from tratativa.mail.outgoing import letter_words
from tratativa.rulebook.language.arguments import ARGUMENTS
from tratativa.rulebook.terms.facts import VOCABULARY, Fact
from tratativa.rulebook.terms.forms import FieldType


def page(root: Path) -> str:
    """The whole page."""
    parts = [
        "# Reference\n",
        "Generated from the code by `python -m tools.handbook`; a test fails where it is stale. How a rulebook is "
        "written stands in [rulebooks.md](rulebooks.md), where things stand in [map.md](map.md), where to change what "
        "in [where.md](where.md).\n",
        "## Facts\n", "What a `when:` may ask. The meaning is the linter's, in the language of rulebooks.\n",
        *_table(("fact", "type", "meaning", "values"), (_fact(one) for one in VOCABULARY.values())),
        "## Effects\n", "What actions, reasons, steps and missed deadlines may do.\n",
        *_table(("effect", "takes", "what it does", "stands in"), (_effect(name, root) for name in sorted(ARGUMENTS))),
        "## Field types\n", ", ".join(f"`{one}`" for one in sorted(get_args(FieldType))) + ".\n",
        "## Settings\n", "Environment variables, all of them.\n",
        *_table(
            ("variable", "what it is for", "where it is not set"),
            ((f"`{name}`", one.meaning, one.otherwise) for name, one in VARIABLES.items()),
        ),
        "## Events\n", "What the ledger holds. «News» outdates the pages of the other side.\n",
        *_table(
            ("event", "what happened", "holds", "news", "letters to", "its sentence", "its letter"),
            (_event(name, root) for name in sorted(events.REGISTRY)),
        ),
    ]  # fmt: skip
    return "\n".join(parts)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    lines = [_row(head), _row(("---",) * len(head))]
    return [*lines, *(_row(row) for row in rows), ""]


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _fact(fact: Fact) -> tuple[str, str, str, str]:
    values = ", ".join(fact.values) or (f"the rulebook's {fact.names}" if fact.names else "")
    return f"`{fact.name}`", fact.type + (", many" if fact.many else ""), fact.meaning, values


def _effect(name: str, root: Path) -> tuple[str, str, str, str]:
    argument, done = ARGUMENTS[name], effects.VERBS[name]
    takes = ", ".join(f"`{one}`" for one in argument.model_fields) or "nothing"
    return f"`{name}`", takes, _first(done), _where(done, root)


def _event(name: str, root: Path) -> tuple[str, ...]:
    kind, telling = events.REGISTRY[name], registry.TELLINGS[name]
    holds = ", ".join(f"`{one.name}`" for one in fields(kind)) or "nothing"
    to = ", ".join(str(party) for party in telling.writes_to)
    words = letter_words.WORDS.get(name)
    return (
        f"`{name}`", _first(kind), holds, "yes" if telling.news else "no", to, _where(telling.sentence, root),
        _where(words, root) if words else "",
    )  # fmt: skip


def _first(what: Any) -> str:
    """The first paragraph of its docstring, on one line."""
    return " ".join((inspect.getdoc(what) or "").partition("\n\n")[0].split())


def _where(what: Any, root: Path) -> str:
    path = Path(inspect.getsourcefile(what) or "").resolve().relative_to(root)
    return f"[`{path.relative_to('src/tratativa')}`](../{path}) `{what.__name__}`"
