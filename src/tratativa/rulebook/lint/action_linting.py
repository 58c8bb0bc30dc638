"""What is wrong with actions and reasons: fields nobody fills in, refusals without a why, actions no reason opens."""

from collections.abc import Iterator

from tratativa.rulebook.language import arguments, effects
from tratativa.rulebook.language.actions import Action
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.reading import Loc
from tratativa.rulebook.terms.ids import slug
from tratativa.rulebook.terms.parties import Party

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
        if field.type != "number" and (field.least is not None or field.most is not None):
            yield ("actions", index, "fields"), f"«{field.label}» diz `least` ou `most`, que são de `type: number`"
    for effect in action.do:
        path: Loc = ("actions", index, "do")
        for key in effect.argument.lacks():
            yield path, f"`{effect.name}` não diz de que campo vem `{key}`; ponha `{key}: <campo>`"
        for wanted in effect.argument.reads():
            if slug(wanted) not in fields:
                yield path, f"`{effect.name}` lê o campo `{wanted}`, que «{action.label}» não tem"
        types = {field.id: str(field.type) for field in action.fields}
        for key, name, allowed in effect.argument.mistyped(types):
            yield path, f"`{key}: {name}` de `{effect.name}` é um campo de tipo {' ou '.join(allowed)}"
        for name in _blank(action, effect.argument):
            yield path, f"`{effect.name}` precisa do campo `{name}`, e ele pode ficar em branco: tire `required: false`"
        if isinstance(effect.argument, arguments.Rule):
            yield from ((path, text) for text in _ruling(action, effect.argument))


def _blank(action: Action, argument: arguments.Argument) -> Iterator[str]:
    """Fields a date is read from that nobody has to fill in."""
    dated = isinstance(argument, arguments.RescheduleDelivery | arguments.ScheduleCollection)
    for field in action.fields:
        if dated and field.id == slug(str(getattr(argument, "field", ""))) and not (field.required or field.only_if):
            yield field.id


def _ruling(action: Action, rule: arguments.Rule) -> Iterator[str]:
    """Fields of a ruling that cannot say what they are read for; those that are missing are found elsewhere."""
    fields = {field.id: field for field in action.fields}
    favour, cancels = fields.get(slug(rule.benefits)), fields.get(slug(rule.cancels))
    if favour and (favour.type != "choice" or not set(favour.choices) <= set(Party)):
        yield f"`benefits: {rule.benefits}` é uma escolha entre partes: `choices: {{customer: …, seller: …}}`"
    if cancels and cancels.type != "tick":
        yield f"`cancels: {rule.cancels}` é uma marcação (`type: tick`)"
    cancelling = next((one for one in action.do if isinstance(one.argument, arguments.CancelOrder)), None)
    if cancelling and not rule.cancels:
        yield "a decisão cancela o pedido e `rule` não sabe: diga `cancels: <campo>`"


def _reasons(book: Rulebook) -> Iterator[Finding]:
    """A case is opened with a reason and a message, no form: an effect of a reason has no field to read.

    What an internal reason hides somebody must be able to show, and nothing at its opening may tell it.
    """
    reveals = any(effect.name == "reveal" for action in book.actions for effect in action.do)
    for index, reason in enumerate(book.reasons):
        if reason.internal and not reveals:
            yield (
                ("reasons", index),
                f"«{reason.label}» é interno, e nenhuma ação mostra o caso ao cliente: falta uma com `reveal`",
            )
        if reason.internal and any(_tells_customer(effect) for effect in reason.do):
            yield ("reasons", index, "do"), f"«{reason.label}» é interno: o que faz ao abrir não pode falar ao cliente"
        for effect in reason.do:
            for wanted in effect.argument.reads():
                yield (
                    ("reasons", index, "do"),
                    f"`{effect.name}` lê o campo `{wanted}`, mas quem abre por «{reason.label}» não preenche campos",
                )


def _tells_customer(effect: effects.Effect) -> bool:
    argument = effect.argument
    asks = isinstance(argument, arguments.Ask) and argument.of is Party.CUSTOMER
    return asks or (isinstance(argument, arguments.Tell) and bool(argument.customer))


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
