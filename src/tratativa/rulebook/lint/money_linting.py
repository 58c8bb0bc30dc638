"""Money in a rulebook: orders not paid back or paid back twice, amounts nobody can give, or of no currency."""

from collections.abc import Iterator, Sequence

from tratativa.rulebook.language import arguments
from tratativa.rulebook.language.actions import Action
from tratativa.rulebook.language.effects import Effect
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.lint.playbook_linting import do_steps
from tratativa.rulebook.reading import Loc
from tratativa.rulebook.terms.ids import slug

Finding = tuple[Loc, str]
_CHOICES = frozenset({"none", "full", "shortage", "amount"})


def findings(book: Rulebook) -> Iterator[Finding]:
    """Every list of effects that moves money wrongly, and every form that cannot say how much."""
    if book.money.locale and not book.money.currency:
        yield ("money",), "`money` diz `locale` e não diz a moeda: ponha `currency`, o código ISO 4217 dela"
    lists: list[tuple[Loc, str, Sequence[Effect]]] = [
        *((("actions", index, "do"), one.label, one.do) for index, one in enumerate(book.actions)),
        *((("reasons", index, "do"), one.label, one.do) for index, one in enumerate(book.reasons)),
        *((("deadlines", index, "missed"), one.label, one.missed) for index, one in enumerate(book.deadlines)),
        *((path, label, does) for path, label, does in do_steps(book)),
    ]
    for path, label, does in lists:
        yield from ((path, text) for text in _paid_back(book, label, does))
    for index, action in enumerate(book.actions):
        yield from ((("actions", index, "do"), text) for text in _amounts(action))


def warnings(book: Rulebook) -> Iterator[Finding]:
    """Amounts that people read without a currency: it works, and nobody can tell what they are of."""
    if not book.money.currency and (where := next(_asked(book), None)):
        yield (
            where,
            "fala de dinheiro e não se diz de qual: `money: {currency: …, locale: …}` em rulebook.yaml",
        )


def _asked(book: Rulebook) -> Iterator[Loc]:
    """Where amounts are asked, given back or limited."""
    for part in ("actions", "asks"):
        for index, form in enumerate(getattr(book, part)):
            if any(field.type == "money" for field in form.fields):
                yield (part, index)
    for index, action in enumerate(book.actions):
        if action.second_person_above or any(isinstance(one.argument, arguments.Refund) for one in action.do):
            yield ("actions", index)


def _paid_back(book: Rulebook, label: str, does: Sequence[Effect]) -> Iterator[str]:
    """A paid order that is cancelled is paid back once: by the desk, or by the system that cancels it (CDC art. 49)."""
    cancels = any(isinstance(one.argument, arguments.CancelOrder) for one in does)
    refunds = [one.argument for one in does if isinstance(one.argument, arguments.Refund)]
    itself = book.refunds.cancelled == "by_itself"
    if cancels and not refunds and book.refunds.cancelled == "asked":
        yield (
            f"«{label}» cancela um pedido pago e não devolve o dinheiro: acrescente `refund: full`, ou diga "
            "`refunds: {cancelled: by_itself}` se o sistema que cancela já devolve, `by_hand` se um roteiro devolve"
        )
    kinds = [type(one.argument) for one in does]
    if cancels and refunds and kinds.index(arguments.Refund) < kinds.index(arguments.CancelOrder):
        yield (
            f"«{label}» pede o reembolso antes do cancelamento: ponha `cancel_order` primeiro, e o dinheiro só sai "
            "depois de o cancelamento ser confirmado"
        )
    if cancels and itself and any(one.amount == "full" for one in refunds):
        yield f"«{label}» devolve o que o sistema já devolve ao cancelar (`refunds: {{cancelled: by_itself}}`)"


def _amounts(action: Action) -> Iterator[str]:
    fields = {field.id: field for field in action.fields}
    for argument in (one.argument for one in action.do if isinstance(one.argument, arguments.Refund)):
        choice, amount = fields.get(slug(argument.choice)), fields.get(slug(argument.field))
        if choice and (choice.type != "choice" or not set(choice.choices) <= _CHOICES):
            yield f"`choice: {argument.choice}` é uma escolha entre {', '.join(sorted(_CHOICES))}"
        if choice and "amount" in choice.choices and not argument.field:
            yield "`refund` oferece um valor (`amount`) e não diz em que campo: ponha `field: <campo>`"
        if amount and amount.type != "money":
            yield f"`field: {argument.field}` de `refund` é um valor (`type: money`)"
        if not (argument.choice or argument.field or argument.amount or argument.lines):
            yield "`refund` não diz quanto: `full`, `shortage`, `field:`, `choice:` ou `lines: <campo>`"
