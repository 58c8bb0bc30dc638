"""What a playbook gets wrong although every key is known: dead ends, steps nobody reaches, answers without a way on."""

from collections.abc import Iterator, Mapping

from tratativa.rulebook.language import effects
from tratativa.rulebook.language.any_step import ANSWERED, GIVEN_UP, SILENCE, Step
from tratativa.rulebook.language.playbooks import Playbook
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.language.step_kinds import (
    ELSE,
    EXHAUSTED,
    FAIL,
    OK,
    REACHED,
    UNKNOWN,
    Ask,
    Call,
    Check,
    Do,
    Escalate,
    Finish,
    Goto,
    Guide,
    Tell,
    Verify,
)
from tratativa.rulebook.terms.facts import VOCABULARY
from tratativa.rulebook.terms.ids import slug
from tratativa.rulebook.terms.yaml_source import Loc

Finding = tuple[Loc, str]


def findings(book: Rulebook) -> Iterator[Finding]:
    """Every problem of the rulebook's playbooks, with the path where it stands."""
    seen: set[str] = set()
    for index, playbook in enumerate(book.playbooks):
        path: Loc = ("playbooks", index)
        if playbook.id in seen:
            yield path, f"o roteiro «{playbook.playbook}» aparece duas vezes; dê outro `id:`"
        seen.add(playbook.id)
        for name in playbook.reasons:
            if "reasons" in playbook.model_fields_set and book.reason(name) is None and name != playbook.id:
                yield (*path, "reasons"), f"«{playbook.playbook}» serve ao motivo `{name}`, que não existe em reasons"
        yield from _ways(playbook, path)
        yield from _reach(playbook, path)
        for name, step in playbook.steps.items():
            for text in (*_step(book, step), *_pictures(book, step)):
                yield (*path, "steps", name), f"`{name}`: {text}"
    shown = {one.file for playbook in book.playbooks for step in playbook.steps.values() for one in step.all_pictures()}
    for file in sorted(set(book.pictures) - shown):
        yield ("playbooks",), f"nenhum passo mostra pictures/{file}; ponha a figura num passo ou tire o arquivo"


def warnings(book: Rulebook) -> Iterator[Finding]:
    """What works and is a risk all the same: lawful or not, somebody should have decided it."""
    if book.denial_reasons == "withheld":
        yield (
            ("denial_reasons",),
            "`denial_reasons: withheld` esconde do cliente por que o crédito ou o cadastro foi negado: risco diante "
            "da LGPD art. 20 (critérios a pedido) e do CDC art. 43 (acesso aos dados de crédito); com `told` o motivo "
            "é dito",
        )


def do_steps(book: Rulebook) -> Iterator[tuple[Loc, str, tuple[effects.Effect, ...]]]:
    """Every `do` step: its path, what it is called, and its effects."""
    for index, playbook in enumerate(book.playbooks):
        for name, step in playbook.steps.items():
            if isinstance(step, Do):
                yield ("playbooks", index, "steps", name, "do"), step.label(), step.do


def all_effects(book: Rulebook) -> Iterator[tuple[Loc, effects.Effect]]:
    """The effects of every `do` step, with their paths."""
    for path, _label, does in do_steps(book):
        for number, effect in enumerate(does):
            yield (*path, number), effect


def _ways(playbook: Playbook, path: Loc) -> Iterator[Finding]:
    """Ways that lead to no step."""
    if playbook.start not in playbook.steps:
        yield (*path, "start"), f"«{playbook.playbook}» começa em `{playbook.start}`, que não é um passo seu"
    for name, outcome, to in playbook.edges():
        if to not in playbook.steps:
            yield (
                (*path, "steps", name),
                f"`{name}`: a resposta «{outcome}» não tem caminho: o passo `{to}` não existe",
            )


def _reach(playbook: Playbook, path: Loc) -> Iterator[Finding]:
    """Steps nobody comes to, steps from which nobody comes to an end, and circles without a stop."""
    ways: dict[str, set[str]] = {name: set() for name in playbook.steps}
    for name, _outcome, to in playbook.edges():
        if to in playbook.steps:
            ways[name].add(to)
    reached = _closure({playbook.start} & set(playbook.steps), ways)
    for name in playbook.steps:
        if name not in reached:
            yield (*path, "steps", name), f"ninguém chega ao passo `{name}`; ligue-o a outro ou tire-o"
    back: dict[str, set[str]] = {name: set() for name in ways}
    for name, tos in ways.items():
        for to in tos:
            back[to].add(name)
    ends = {name for name, step in playbook.steps.items() if isinstance(step, Finish | Goto)}
    finishing = _closure(ends, back)
    for name in playbook.steps:
        if name in reached and name not in finishing:
            yield (*path, "steps", name), f"`{name}` é um beco sem saída: daqui não se chega a nenhum `finish`"
    yield from _circles(playbook, ways, path)


def _circles(playbook: Playbook, ways: Mapping[str, set[str]], path: Loc) -> Iterator[Finding]:
    passing = {name: {to for to in tos if not _waits(playbook.steps[to])} for name, tos in ways.items()}
    for name, step in playbook.steps.items():
        if not _waits(step) and name in _closure(passing[name], passing):
            yield (*path, "steps", name), f"`{name}` dá voltas sem parar: nenhum passo do círculo espera alguém"


def _waits(step: Step) -> bool:
    return step.stops and not isinstance(step, Check)


def _closure(start: set[str], ways: Mapping[str, set[str]]) -> set[str]:
    seen, todo = set(start), list(start)
    while todo:
        for to in ways[todo.pop()] - seen:
            seen.add(to)
            todo.append(to)
    return seen


def _step(book: Rulebook, step: Step) -> Iterator[str]:
    if isinstance(step, Check):
        yield from _check(step)
    elif isinstance(step, Ask):
        yield from _ask(book, step)
    elif isinstance(step, Escalate):
        yield from _escalate(book, step)
    elif isinstance(step, Verify):
        yield from _missing(step, (OK, FAIL))
    elif isinstance(step, Call):
        yield from _missing(step, (REACHED, EXHAUSTED))
    elif isinstance(step, Goto) and book.playbook(step.goto) is None:
        yield f"não existe o roteiro `{step.goto}`"
    elif isinstance(step, Guide) and step.guide.template and step.guide.template not in book.templates:
        yield f"falta o texto templates/{step.guide.template}.md"
    elif isinstance(step, Do):
        yield from _do(step)
    elif isinstance(step, Tell):
        yield from (f"falta o texto templates/{name}.md" for name in step.tell.values() if name not in book.templates)


def _pictures(book: Rulebook, step: Step) -> Iterator[str]:
    for one in step.all_pictures():
        if one.file not in book.pictures:
            yield f"falta a figura pictures/{one.file}"


def _do(step: Do) -> Iterator[str]:
    """A step of a procedure has no form: its effects have no field to read."""
    for effect in step.do:
        for name in effect.argument.reads():
            yield f"`{effect.name}` lê o campo `{name}`, mas um passo não tem formulário"
        if not effect.argument.reads():
            yield from (f"`{effect.name}` não diz de que campo vem `{key}`" for key in effect.argument.lacks())


def _missing(step: Step, wanted: tuple[str, ...]) -> Iterator[str]:
    for outcome in wanted:
        if outcome not in step.ways():
            yield f"falta o caminho de `{outcome}` em `then`"


def _check(step: Check) -> Iterator[str]:
    fact = VOCABULARY.get(step.check)
    if fact is None:
        yield f"não existe o fato `{step.check}`"
        return
    values = ("true", "false") if fact.type == "flag" else fact.values
    for name in step.cases:
        if values and name not in {*values, ELSE, UNKNOWN}:
            yield f"`{step.check}` nunca vale `{name}`; valores: {', '.join(values)}"
    if ELSE not in step.cases and (not values or set(values) - set(step.cases)):
        missing = ", ".join(value for value in values if value not in step.cases)
        yield f"nem todo valor de `{step.check}` tem caminho{f' ({missing})' if missing else ''}; ponha `else`"


def _ask(book: Rulebook, step: Ask) -> Iterator[str]:
    form = book.ask(step.asked()[1])
    if form is None:
        yield f"não existe o pedido `{step.asked()[1]}` em asks.yaml"
        return
    outcomes = set(step.then) - {SILENCE, GIVEN_UP}
    if ANSWERED not in outcomes:
        first = next((field for field in form.fields if field.type == "choice"), None)
        wanted = {slug(key) for key in first.choices} if first else {ANSWERED}
        for name in sorted(wanted - {slug(outcome) for outcome in outcomes}):
            yield f"a resposta «{name}» de `{form.label}` não tem caminho em `then`"
    if step.within and SILENCE not in step.then:
        yield "tem prazo (`within`) e não diz o que fazer no silêncio: falta `silence` em `then`"
    if step.on_the_line and SILENCE not in step.then:
        yield "espera na linha (`on_the_line`) e não diz o que fazer se desligarem: falta `silence` em `then`"
    if SILENCE in step.then and not step.within:
        yield "diz o que fazer no silêncio e não tem prazo: falta `within`"


def _escalate(book: Rulebook, step: Escalate) -> Iterator[str]:
    queue = book.queue(step.escalate.to)
    if queue is None:
        yield f"não existe a fila `{step.escalate.to}` em queues"
        return
    yield from _missing(step, (ANSWERED,))
    if SILENCE in step.then and not (step.escalate.within or queue.within):
        yield "diz o que fazer no silêncio e nem o passo nem a fila têm prazo: falta `within`"
