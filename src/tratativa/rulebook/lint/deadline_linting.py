"""What a rulebook gets wrong about its clocks: nobody can stop them, what follows cannot happen, no moment is found."""

from collections.abc import Iterator
from datetime import UTC, datetime

from tratativa.rulebook.language import arguments
from tratativa.rulebook.language.deadlines import Deadline
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.reading import Loc
from tratativa.rulebook.time.calendar import BadCalendar
from tratativa.rulebook.verdict import stoppers

Finding = tuple[Loc, str]


def findings(book: Rulebook) -> Iterator[Finding]:
    """Clocks nobody can stop, and consequences that cannot happen."""
    for index, deadline in enumerate(book.deadlines):
        path: Loc = ("deadlines", index)
        if deadline.legal and deadline.pauses:
            yield path, f"«{deadline.label}» é um prazo legal e não pausa; tire `pauses`"
        if deadline.stopped_by == "action" and not stoppers(book, deadline):
            yield path, f"ninguém pode parar «{deadline.label}»: `{deadline.party}` não tem ações"
        if isinstance(deadline.stopped_by, tuple) and not deadline.starts.asked and not _own_stops(book, deadline):
            yield path, f"ninguém pode parar «{deadline.label}»: nenhuma ação de `stopped_by` é de `{deadline.party}`"
        yield from _exceptions(deadline, path)
        yield from _missed(book, deadline, path)
        if deadline.stopped_by == "reply" and deadline.party not in book.replies.by:
            yield path, f"ninguém pode parar «{deadline.label}»: `{deadline.party}` não responde em `replies`"


def _exceptions(deadline: Deadline, path: Loc) -> Iterator[Finding]:
    """Exceptions to the law, and those nothing comes after because they always hold."""
    if deadline.legal and deadline.exceptions:
        yield path, f"«{deadline.label}» é um prazo legal, e a lei não tem exceções suas; tire `for`"
    for number, one in enumerate(deadline.exceptions):
        if not (one.when.tests or one.when.groups):
            yield (*path, "for", number), f"a exceção «{one.label}» vale sempre; diga em `when` para quem"


def _missed(book: Rulebook, deadline: Deadline, path: Loc) -> Iterator[Finding]:
    """Consequences that cannot happen: nobody fills in a form as a clock runs out, and a queue may owe an answer."""
    for effect in deadline.missed:
        if isinstance(effect.argument, arguments.Close) and book.queues:
            yield (
                (*path, "missed"),
                f"«{deadline.label}» encerra o caso quando vence, mas uma fila pode ainda dever uma resposta a ele: "
                "troque `close` por uma tarefa (`follow_up`) ou por `wait_for`",
            )
        for name in effect.argument.reads():
            yield (
                (*path, "missed"),
                f"`{effect.name}` lê o campo `{name}`, mas ninguém preenche campos quando «{deadline.label}» vence",
            )


def _own_stops(book: Rulebook, deadline: Deadline) -> bool:
    """Whether the party that owes may do one of the actions named; those that do not exist are found elsewhere."""
    named = [action for name in stoppers(book, deadline) if (action := book.action(name))]
    return not named or any(deadline.party in action.by for action in named)


def reckoning(book: Rulebook) -> Iterator[Finding]:
    """A calendar that is none, and deadlines for which it finds no moment."""
    try:
        clock = book.clock
    except BadCalendar as bad:
        yield ("calendar",), str(bad)
        return
    for index, deadline in enumerate(book.deadlines):
        for within in (deadline.within, *(one.within for one in deadline.exceptions)):
            try:
                clock.due(datetime(2026, 1, 1, tzinfo=UTC), within)
            except BadCalendar as bad:
                yield ("deadlines", index), f"«{deadline.label}»: {bad}"
