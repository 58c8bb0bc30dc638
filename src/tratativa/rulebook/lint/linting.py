"""What a rulebook gets wrong although every key is known: names that lead nowhere or twice, what nobody counts."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from tratativa.rulebook.language import arguments, effects
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.language.sections import CHANNELS
from tratativa.rulebook.lint import (
    action_linting,
    asking_linting,
    case_field_linting,
    deadline_linting,
    known_linting,
    legal_linting,
    money_linting,
    playbook_linting,
    reason_linting,
    sharing_linting,
    told_texts,
)
from tratativa.rulebook.reading import Loaded, Loc
from tratativa.rulebook.terms import languages
from tratativa.rulebook.terms.conditions import Condition
from tratativa.rulebook.terms.facts import VOCABULARY
from tratativa.rulebook.terms.ids import slug
from tratativa.rulebook.terms.parties import Party
from tratativa.rulebook.terms.problems import Problem

Finding = tuple[Loc, str]


def lint(loaded: Loaded) -> list[Problem]:
    """Every problem of a rulebook that reads well but does not work, with its file and line."""
    book = loaded.book
    found: Iterable[Finding] = (
        *_duplicates(book),
        *_names(book),
        *reason_linting.findings(book),
        *_chats(book),
        *_channels(book),
        *_conditions(book),
        *_effects(book),
        *action_linting.findings(book),
        *asking_linting.findings(book),
        *known_linting.findings(book),
        *case_field_linting.findings(book),
        *_statuses(book),
        *deadline_linting.findings(book),
        *_score(book),
        *_conduct(book),
        *told_texts.findings(book),
        *_told_in_other_languages(loaded),
        *deadline_linting.reckoning(book),
        *playbook_linting.findings(book),
        *money_linting.findings(book),
        *sharing_linting.findings(book),
        *legal_linting.findings(book),
    )
    return [loaded.places.problem(path, text) for path, text in found]


def _told_in_other_languages(loaded: Loaded) -> Iterator[Finding]:
    for language in sorted(loaded.book.languages - {loaded.book.language}):
        with languages.reading_in(language):
            yield from told_texts.findings(Rulebook.model_validate(loaded.data))


def warn(loaded: Loaded) -> list[Problem]:
    """What works, and somebody should have decided: a legal risk, or amounts of no currency."""
    found = (*playbook_linting.warnings(loaded.book), *money_linting.warnings(loaded.book))
    return [loaded.places.problem(path, text) for path, text in found]


def _duplicates(book: Rulebook) -> Iterator[Finding]:
    for part in ("reasons", "actions", "deadlines", "asks", "queues", "groups", "case_fields"):
        seen: dict[str, int] = {}
        for index, item in enumerate(getattr(book, part)):
            if item.id in seen:
                yield (
                    (part, index),
                    f"o id `{item.id}` já foi usado no item {seen[item.id] + 1}; dê outro `id:`",
                )
            seen.setdefault(item.id, index)


def _chats(book: Rulebook) -> Iterator[Finding]:
    """A conversation has no switch: what the seller writes there the customer reads."""
    rules = book.replies.by.get(Party.SELLER)
    for name, kind in book.kinds.items():
        if kind.chat and rules and (rules.customer_reads != "always" or Party.CUSTOMER not in rules.to):
            yield (("kinds", name), "numa conversa o cliente lê tudo: use `customer_reads: always` em `replies`")


def _channels(book: Rulebook) -> Iterator[Finding]:
    """Ways nobody comes by, and ways of a party that opens no case of the kind."""
    for name, kind in book.kinds.items():
        for party, channels in kind.channels.items():
            if party not in kind.opened_by:
                yield ("kinds", name, "channels"), f"`{party}` não abre «{kind.label}»: `opened_by` não diz `{party}`"
            for way in channels.only:
                if way not in CHANNELS:
                    yield ("kinds", name, "channels"), f"`{way}` não é um canal: {', '.join(CHANNELS)}"


def _names(book: Rulebook) -> Iterator[Finding]:
    """Names that lead nowhere: of actions, deadlines and kinds in reasons, of actions in deadlines."""
    known = {
        "actions": {action.id for action in book.actions} | {book.replies.id},
        "deadlines": {deadline.id for deadline in book.deadlines},
        "kinds": set(book.kinds),
    }
    for index, reason in enumerate(book.reasons):
        for part, names in (("actions", reason.actions), ("deadlines", reason.deadlines), ("kinds", reason.kinds)):
            for name in names:
                if name not in known[part]:
                    yield ("reasons", index, part), f"«{reason.label}» fala de `{name}`, que não existe em {part}"
    for index, deadline in enumerate(book.deadlines):
        stops = deadline.stopped_by if isinstance(deadline.stopped_by, tuple) else ()
        for name in (*deadline.starts.action, *stops):
            if name not in known["actions"]:
                yield ("deadlines", index), f"«{deadline.label}» fala de `{name}`, que não existe em actions"


def _conditions(book: Rulebook) -> Iterator[Finding]:
    known: dict[str, set[str]] = {
        "reasons": {reason.id for reason in book.reasons},
        "kinds": set(book.kinds),
        "actions": {action.id for action in book.actions},
        "queues": {queue.id for queue in book.queues},
        "case_fields": {one.id for one in book.case_fields},
        "asked": {*(form.id for form in book.asks), *(form.id for form in asking_linting.asked(book))},
    }
    for path, condition in _all_conditions(book):
        for test in condition.walk():
            if test.fact == legal_linting.WINDOW and book.withdrawal is None:
                yield path, f"`{test.fact}` nunca está aberto aqui: diga o prazo em `withdrawal`"
            names = VOCABULARY[test.fact].names if test.fact in VOCABULARY else ""
            for value in test.values:
                if names and value not in known[names]:
                    yield path, f"`{test.fact}` fala de `{value}`, que não existe em {names}"


def _all_conditions(book: Rulebook) -> Iterator[tuple[Loc, Condition]]:
    for index, action in enumerate(book.actions):
        yield ("actions", index, "when"), action.when
        for number, one in enumerate(action.unless):
            yield ("actions", index, "unless", number), one.when
    for index, status in enumerate(book.statuses):
        yield ("statuses", index, "when"), status.when
    for key, kind in book.kinds.items():
        yield ("kinds", key, "when"), kind.when
    for index, deadline in enumerate(book.deadlines):
        yield ("deadlines", index, "when"), deadline.when
        for number, exempt in enumerate(deadline.exceptions):
            yield ("deadlines", index, "for", number, "when"), exempt.when
    if book.survey:
        yield ("survey", "when"), book.survey.when
    for path, effect in _all_effects(book):
        yield path, effect.when


def _all_effects(book: Rulebook) -> Iterator[tuple[Loc, effects.Effect]]:
    lists: list[tuple[Loc, Any]] = [(("actions", i, "do"), a.do) for i, a in enumerate(book.actions)]
    lists += [(("reasons", i, "do"), r.do) for i, r in enumerate(book.reasons)]
    lists += [(("deadlines", i, "missed"), d.missed) for i, d in enumerate(book.deadlines)]
    for path, does in lists:
        for index, effect in enumerate(does):
            for one in effects.within([effect]):
                yield (*path, index), one
    yield from playbook_linting.all_effects(book)


def _effects(book: Rulebook) -> Iterator[Finding]:
    for path, effect in _all_effects(book):
        yield from _effect(book, path, effect)


def _effect(book: Rulebook, path: Loc, effect: effects.Effect) -> Iterator[Finding]:
    argument = effect.argument
    if isinstance(argument, arguments.Offer) and book.action(argument.action) is None:
        yield path, f"`offer` oferece `{argument.action}`, que não está em actions.yaml"
    if isinstance(argument, arguments.Tell):
        for name in argument.texts().values():
            if name not in book.templates:
                yield path, f"falta o texto templates/{name}.md"


def _statuses(book: Rulebook) -> Iterator[Finding]:
    turns = {"customer", "seller", "marketplace"}
    named = {
        str(value)
        for status in book.statuses
        for test in status.when.walk()
        if test.fact == "case.waiting_on"
        for value in test.values
    }
    for missing in sorted(turns - named):
        if Party(missing) in book.parties and not any(not status.when.tests for status in book.statuses):
            yield ("statuses",), f"nenhum status nomeia o caso que espera por `{missing}`"


def _score(book: Rulebook) -> Iterator[Finding]:
    """Every `count` names a metric of the score, and every metric is counted somewhere."""
    metrics = book.score.metrics if book.score else ()
    counts = [(path, one.argument) for path, one in _all_effects(book) if isinstance(one.argument, arguments.Count)]
    for path, argument in counts:
        if argument.metric not in {metric.id for metric in metrics}:
            yield path, f"`count` conta `{argument.metric}`, que não está em score.metrics"
    counted = {argument.metric for _path, argument in counts} | {rule.counts for rule in book.conduct}
    counted |= {book.score.reports} if book.score else set()
    for index, metric in enumerate(metrics):
        if metric.id not in counted:
            yield ("score", "metrics", index), f"ninguém conta «{metric.label}»: nenhum `count: {metric.id}`"


def _called(book: Rulebook) -> Iterator[Finding]:
    """What the marketplace is `called`: nothing without letters, and nothing twice."""
    seen: set[str] = set()
    for index, name in enumerate(book.called):
        if not any(char.isalpha() for char in name):
            yield ("called", index), f"`called: {name}` não tem letras; escreva o nome como as pessoas o dizem"
        elif slug(name) in seen:
            yield ("called", index), f"`called: {name}` está escrito duas vezes"
        seen.add(slug(name))


def _conduct(book: Rulebook) -> Iterator[Finding]:
    """Rules of conduct with the same id, hosts that are none, allowed hosts where no link is looked for, and names
    of the marketplace that say nothing."""
    yield from _called(book)
    seen: set[str] = set()
    for index, rule in enumerate(book.conduct):
        path: Loc = ("conduct", index)
        if rule.id in seen:
            yield path, f"o id `{rule.id}` já foi usado em conduct; dê outro `id:`"
        seen.add(rule.id)
        for host in rule.allow:
            if host != "tracking_hosts" and not re.fullmatch(r"(?:[a-z0-9-]+\.)+[a-z]+", host):
                yield path, f"`allow: {host}` não é `tracking_hosts` nem um domínio, como `loja.com.br`"
        if rule.counts and not (book.score and book.score.metric(rule.counts)):
            yield path, f"«{rule.id}» conta `{rule.counts}`, que não está em score"
        if rule.severity == "hold" and Party.MARKETPLACE not in book.parties:
            yield path, f"«{rule.id}» retém mensagens, mas não há equipe do marketplace que as leia"
        if rule.allow and "link" not in rule.finds:
            yield path, f"«{rule.id}» diz `allow`, mas não procura `link`"
