"""Told texts: every place where a rulebook tells somebody a text, and which of its gaps are sure to be filled."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from tratativa.rulebook.language import arguments, gaps
from tratativa.rulebook.language.any_step import Step
from tratativa.rulebook.language.effects import Effect
from tratativa.rulebook.language.playbooks import Playbook
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.language.step_kinds import ELSE, UNKNOWN, Check, Do, Tell
from tratativa.rulebook.terms.conditions import ALWAYS, Condition
from tratativa.rulebook.terms.forms import FormField
from tratativa.rulebook.terms.parties import Party
from tratativa.rulebook.terms.yaml_source import Loc

Finding = tuple[Loc, str]


@dataclass(frozen=True)
class Telling:
    """A text told to a party at one place; `known` are its gaps sure to be filled there, `form` what was filled in."""

    path: Loc
    party: Party
    template: str
    known: frozenset[str]
    form: Mapping[str, FormField] = field(default_factory=dict)


def findings(book: Rulebook) -> Iterator[Finding]:
    """Texts that could be told with holes, and gaps that exist nowhere."""
    told = [one if Party.SELLER in book.parties else _without_seller(one) for one in _all(book)]
    for one in told:
        yield from _holes(book.templates.get(one.template, ""), one)
    for name, text in book.templates.items():
        for gap in gaps.named(text):
            if gap not in gaps.NAMES:
                yield _unknown(name, gap)
        if all(one.template != name for one in told):
            for gap in gaps.fields(text):
                yield _unknown(name, gaps.FIELD + gap)


def _without_seller(one: Telling) -> Telling:
    """Where sellers take no part a case has none, whoever sold its order."""
    return replace(one, known=one.known - {"seller"})


def _unknown(name: str, gap: str) -> Finding:
    names = ", ".join(sorted(gaps.NAMES))
    return ("templates", name), f"templates/{name}.md usa `{gap}`; existem: {names} e `campo.<id>`"


def _holes(text: str, one: Telling) -> Iterator[Finding]:
    for gap in gaps.named(text):
        if gap in gaps.NAMES - one.known:
            yield one.path, f"templates/{one.template}.md diz `{gap}`, que aqui pode não ser conhecido; {_remedy(gap)}"
    for gap in gaps.fields(text):
        if gap not in one.form:
            yield one.path, f"templates/{one.template}.md usa `{gaps.FIELD}{gap}`, que aqui ninguém preenche"
    sure = {name for name, asked in one.form.items() if asked.required and not asked.only_if}
    if text.strip() and not any(line.strip() for line in gaps.lines(text, sure)):
        yield one.path, f"templates/{one.template}.md ficaria vazio: todas as linhas falam de campos que podem faltar"


def _remedy(gap: str) -> str:
    if gap in gaps.LACKS:
        return "confira antes `order.shortage_cents`, com caminhos para `0` e `unknown`"
    return "confira antes `order.known`, ou só avise quando `order.known: true`"


def _all(book: Rulebook) -> Iterator[Telling]:
    for index, action in enumerate(book.actions):
        form = {one.id: one for one in action.fields}
        known = _kinds(book, action.when) | gaps.proved(action.when)
        yield from _of(("actions", index, "do"), action.do, known, form)
    for index, reason in enumerate(book.reasons):
        yield from _of(("reasons", index, "do"), reason.do, _kinds(book, ALWAYS, reason.kinds))
    for index, deadline in enumerate(book.deadlines):
        known = _kinds(book, deadline.when) | gaps.proved(deadline.when)
        yield from _of(("deadlines", index, "missed"), deadline.missed, known)
    for index, playbook in enumerate(book.playbooks):
        sure = _along(playbook, _kinds(book, ALWAYS))
        for name, step in playbook.steps.items():
            path: Loc = ("playbooks", index, "steps", name)
            if isinstance(step, Do):
                yield from _of((*path, "do"), step.do, sure[name])
            elif isinstance(step, Tell):
                for party, template in step.tell.items():
                    yield _telling(path, party, template, sure[name])


def _of(
    path: Loc, does: Iterable[Effect], known: frozenset[str], form: Mapping[str, FormField] | None = None
) -> Iterator[Telling]:
    for index, effect in enumerate(does):
        argument = effect.argument
        if isinstance(argument, arguments.Tell):
            for party, template in argument.texts().items():
                yield _telling((*path, index), party, template, known | gaps.proved(effect.when), form)
        if isinstance(argument, arguments.Ask):
            both = {**(form or {}), **{one.id: one for one in argument.fields}}
            for then in argument.then.values():
                yield from _of((*path, index), then, known, both)


def _telling(
    path: Loc, party: Party, template: str, known: frozenset[str], form: Mapping[str, FormField] | None = None
) -> Telling:
    """Whoever is told something is known themselves: of a case without them nobody is told."""
    return Telling(path, party, template, known | gaps.ALWAYS | {str(party)}, form or {})


def _kinds(book: Rulebook, when: Condition, named: Iterable[str] = ()) -> frozenset[str]:
    """What is known because every case this can happen to needs an order."""
    pinned = {str(value) for test in when.tests if test.fact == "case.kind" and test.operator == "is"
              for value in test.values} or set(named)  # fmt: skip
    kinds = [kind for kind in book.kinds.values() if (kind.id in pinned if pinned else kind.opened_by)]
    return gaps.OF_ORDER if kinds and all(kind.order == "required" for kind in kinds) else frozenset()


def _along(playbook: Playbook, base: frozenset[str]) -> dict[str, frozenset[str]]:
    """For every step the gaps that every way to it has proved."""
    sure = {name: frozenset(gaps.NAMES) for name in playbook.steps}
    sure[playbook.start] = base
    for _round in playbook.steps:  # a proof travels one step further in each round, so as many rounds are enough
        for name in playbook.steps:
            ways = [
                sure[before] | _learnt(playbook.steps[before], outcome)
                for before, outcome, to in playbook.edges()
                if to == name and before in playbook.steps
            ]
            if ways:
                sure[name] = frozenset.intersection(*ways, *([base] if name == playbook.start else []))
    return sure


def _learnt(step: Step, outcome: str) -> frozenset[str]:
    if not isinstance(step, Check):
        return frozenset()
    if outcome == ELSE and step.check == "order.known":
        outcome = "true" if "false" in step.cases else ""
    shortage_told_apart = "0" in step.cases or outcome != ELSE
    known = gaps.by_outcome(step.check, outcome, asked=UNKNOWN not in step.cases)
    return known if shortage_told_apart else known - gaps.LACKS
