"""What is wrong with the groups and the words by which customers find a reason."""

from collections.abc import Iterator

from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.reading import Loc
from tratativa.rulebook.terms.facts import Stage
from tratativa.rulebook.terms.folding import fold

Finding = tuple[Loc, str]


def findings(book: Rulebook) -> Iterator[Finding]:
    """Groups that do not exist or that nobody finds a reason in, words that say nothing, stages nobody opens at."""
    yield from _groups(book)
    yield from _words(book)
    yield from _stages(book)


def _groups(book: Rulebook) -> Iterator[Finding]:
    known = {group.id for group in book.groups}
    for index, reason in enumerate(book.reasons):
        if reason.group and reason.group not in known:
            text = f"«{reason.label}» fala do grupo `{reason.group}`, que não existe em groups.yaml"
            yield ("reasons", index, "group"), text
    used = {reason.group for reason in book.reasons}  # also by one that is off: its group comes back with it
    for index, group in enumerate(book.groups):
        if group.id not in used:
            yield ("groups", index), f"nenhum motivo diz `group: {group.label}`"


def _words(book: Rulebook) -> Iterator[Finding]:
    """Words nobody could search by, or written twice in one place."""
    for part in ("groups", "reasons"):
        for index, one in enumerate(getattr(book, part)):
            seen: set[str] = set()
            for number, said in enumerate(one.said_as):
                path, plain = (part, index, "said_as", number), " ".join(fold(said).split())
                if not any(char.isalnum() for char in plain):
                    yield path, f"`said_as: {said}` não tem letras; escreva como o cliente diz"
                elif plain in seen:
                    yield path, f"`said_as: {said}` está escrito duas vezes"
                seen.add(plain)


def _stages(book: Rulebook) -> Iterator[Finding]:
    """Stages before every kind of case the reason is for can be opened at: there it would never be seen."""
    for index, reason in enumerate(book.reasons):
        kinds = [kind for name, kind in book.kinds.items() if not reason.kinds or name in reason.kinds]
        begins = [Stage.index(kind.order_stage_from) for kind in kinds if kind.order_stage_from in Stage]
        never = [stage for stage in reason.order_stages if begins and Stage.index(stage) < min(begins)]
        if never:
            text = f"em `{', '.join(never)}` nenhum caso se abre; veja `order_stage_from` em kinds"
            yield ("reasons", index, "order_stages"), text
