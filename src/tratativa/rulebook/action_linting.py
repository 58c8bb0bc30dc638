"""What is wrong with actions and reasons: fields nobody fills in, refusals without a why, actions no reason opens."""

from collections.abc import Iterator

from tratativa.rulebook import effects
from tratativa.rulebook.actions import Action
from tratativa.rulebook.ids import slug
from tratativa.rulebook.language import Rulebook
from tratativa.rulebook.reading import Loc

Finding = tuple[Loc, str]


def findings(book: Rulebook) -> Iterator[Finding]:
    """Every action and reason that reads well and does not work."""
    yield from _actions(book)
    yield from _unopened(book)
    yield from _reasons(book)


def _actions(book: Rulebook) -> Iterator[Finding]:
    for index, action in enumerate(book.actions):
        if not action.otherwise and action.when.tests:
            yield (
                ("actions", index),
                f"«{action.label}» tem `when` e não diz `otherwise`: por que não se pode?",
            )
        yield from _fields(index, action)
        moves = any(effect.name in {"refund", "cancel_order"} for effect in action.do)
        if action.second_person_above is not None and not moves:
            yield ("actions", index), f"«{action.label}» pede uma segunda pessoa, mas não mexe com dinheiro"


def _fields(index: int, action: Action) -> Iterator[Finding]:
    fields = {field.id for field in action.fields}
    for field in action.fields:
        if field.type == "choice" and not field.choices:
            yield ("actions", index, "fields"), f"o campo «{field.label}» é uma escolha sem `choices`"
    for effect in action.do:
        for wanted in _read_by(effect):
            if effect.name != "assign" and slug(wanted) not in fields:
                yield (
                    ("actions", index, "do"),
                    f"`{effect.name}` lê o campo `{wanted}`, que «{action.label}» não tem",
                )


def _read_by(effect: effects.Effect) -> list[str]:
    """The fields an effect reads of the form filled in before it."""
    return [name for key in ("field", "if_field", "text_field") if (name := getattr(effect.argument, key, ""))]


def _reasons(book: Rulebook) -> Iterator[Finding]:
    """A case is opened with a reason and a message, no form: an effect of a reason has no field to read."""
    for index, reason in enumerate(book.reasons):
        for effect in reason.do:
            for wanted in _read_by(effect):
                yield (
                    ("reasons", index, "do"),
                    f"`{effect.name}` lê o campo `{wanted}`, mas quem abre por «{reason.label}» não preenche campos",
                )


def _unopened(book: Rulebook) -> Iterator[Finding]:
    """Actions that exist under some reasons, and ask in `when` for others."""
    for index, action in enumerate(book.actions):
        naming = {reason.id for reason in book.reasons if action.id in map(slug, reason.actions)}
        for test in action.when.tests:
            if test.fact == "case.reason" and test.operator == "is" and naming and not naming & set(test.values):
                yield (
                    ("actions", index),
                    f"nenhum motivo abre «{action.label}»: `when` pede `{test.values[0]}`, e quem a nomeia em "
                    f"reasons é `{min(naming)}`",
                )
