"""What queues are shown: names that mean nothing in any case, so that nothing would reach the queue."""

from collections.abc import Iterator

from tratativa.rulebook.language import arguments
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.language.step_kinds import Escalate
from tratativa.rulebook.lint.playbook_linting import all_effects
from tratativa.rulebook.reading import Loc

# What a case knows by itself and can show a queue; `cases.queues.sharing` says what each means.
SHARED = ("pedido", "loja", "cnpj", "valor", "distribuidor", "evidencias")


def findings(book: Rulebook) -> Iterator[tuple[Loc, str]]:
    """Every name shared that is neither the case's own nor a field of a form that is asked."""
    known = {*SHARED, *(field.id for form in book.asks for field in form.fields)}
    for action in book.actions:
        asked = [one.argument for one in action.do if isinstance(one.argument, arguments.Ask)]
        known |= {field.id for form in asked for field in form.fields}
    for path, names in _shares(book):
        for name in names:
            if name not in known:
                listed = ", ".join(SHARED)
                yield path, f"`share` fala de `{name}`; existem: {listed}, e os campos de asks.yaml"


def _shares(book: Rulebook) -> Iterator[tuple[Loc, tuple[str, ...]]]:
    for index, playbook in enumerate(book.playbooks):
        for name, step in playbook.steps.items():
            if isinstance(step, Escalate):
                yield ("playbooks", index, "steps", name), step.escalate.share
    lists = [(("actions", i, "do"), one) for i, action in enumerate(book.actions) for one in action.do]
    for path, effect in [*lists, *all_effects(book)]:
        if isinstance(effect.argument, arguments.EscalateTo):
            yield path, (*effect.argument.share, *effect.argument.share_fields.values())
