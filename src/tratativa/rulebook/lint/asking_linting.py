"""What is wrong with what follows an answer, and with facts of forms that nobody could know where they are asked."""

from collections.abc import Iterator

from tratativa.rulebook.language import arguments
from tratativa.rulebook.language.arguments.words import ANSWERED
from tratativa.rulebook.language.effects import Effect
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.reading import Loc
from tratativa.rulebook.terms.conditions import Condition
from tratativa.rulebook.terms.forms import FormField
from tratativa.rulebook.terms.ids import slug

Finding = tuple[Loc, str]


def findings(book: Rulebook) -> Iterator[Finding]:
    """Answers that do not exist, effects that read what nobody filled in, conditions that ask what is not known yet."""
    for path, done, fields in _lists(book):
        for effect in done:
            if isinstance(effect.argument, arguments.Ask):
                yield from ((path, text) for text in _then(effect.argument, fields))
            yield from ((path, text) for text in _now(effect, fields))
    for path, condition in _standing(book):
        for test in condition.walk():
            if test.fact.startswith("field."):
                yield path, f"`{test.fact}` só se pergunta no `when` de um efeito: aqui ninguém está preenchendo nada"
    for index, status in enumerate(book.statuses):
        for test in status.when.walk():
            if test.fact in book.form_facts:
                yield ("statuses", index), f"`{test.fact}` não dá nome a um caso nas listas; use um fato do caso"


def asked(book: Rulebook) -> Iterator[arguments.Ask]:
    """Every form an `ask` spells out."""
    for _path, done, _fields in _lists(book):
        yield from (effect.argument for effect in done if isinstance(effect.argument, arguments.Ask))


def _lists(book: Rulebook) -> Iterator[tuple[Loc, tuple[Effect, ...], tuple[FormField, ...]]]:
    """Every list of effects and the fields that are filled in where it happens; what follows an answer is one, too."""
    lists: list[tuple[Loc, tuple[Effect, ...], tuple[FormField, ...]]] = [
        (("actions", index, "do"), action.do, action.fields) for index, action in enumerate(book.actions)
    ]
    lists += [(("reasons", index, "do"), reason.do, ()) for index, reason in enumerate(book.reasons)]
    lists += [(("deadlines", index, "missed"), one.missed, ()) for index, one in enumerate(book.deadlines)]
    for number, playbook in enumerate(book.playbooks):
        for name, step in playbook.steps.items():
            lists.append((("playbooks", number, "steps", name), getattr(step, "do", ()), ()))
    while lists:
        path, done, fields = lists.pop(0)
        yield path, done, fields
        for effect in done:
            if isinstance(effect.argument, arguments.Ask):
                known = (*effect.argument.fields, *fields)
                lists += [(path, then, known) for then in effect.argument.then.values()]


def _then(ask: arguments.Ask, fields: tuple[FormField, ...]) -> Iterator[str]:
    choices = ask.first_choice.choices if ask.first_choice else {}
    for answer, done in ask.then.items():
        if answer not in {*choices, ANSWERED}:
            told = ", ".join((*choices, ANSWERED))
            yield f"«{ask.label}» não tem a resposta `{answer}` de `then`; tem: {told}"
        known = {field.id for field in (*ask.fields, *fields)}
        for effect in done:
            for name in effect.argument.reads():
                if slug(name) not in known:
                    yield (
                        f"`{effect.name}`, depois da resposta a «{ask.label}», lê o campo `{name}`: nem o pedido nem a "
                        "ação que o faz o têm"
                    )


def _now(effect: Effect, fields: tuple[FormField, ...]) -> Iterator[str]:
    known = {f"field.{field.id}" for field in fields}
    for test in effect.when.walk():
        if test.fact.startswith("field.") and test.fact not in known:
            yield f"o `when` de `{effect.name}` pergunta `{test.fact}`, que aqui ninguém preenche"


def _standing(book: Rulebook) -> Iterator[tuple[Loc, Condition]]:
    for index, action in enumerate(book.actions):
        yield ("actions", index, "when"), action.when
        for number, one in enumerate(action.unless):
            yield ("actions", index, "unless", number), one.when
    for index, deadline in enumerate(book.deadlines):
        yield ("deadlines", index, "when"), deadline.when
