"""What each party may do and sees, as a scenario expects it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from tratativa.accounts.actors import Actor
from tratativa.cases.acting import actions, eligibility
from tratativa.cases.core import visibility
from tratativa.cases.queues import sharing
from tratativa.cases.requests import requests
from tratativa.rulebook import verdict as verdicts
from tratativa.rulebook.language.arguments import Ask
from tratativa.rulebook.terms.ids import slug
from tratativa.rulebook.terms.parties import Party
from tratativa.rulebook.verdict import Available, Unavailable
from tratativa.scenarios.folded_text import fold
from tratativa.scenarios.misses import Miss, show
from tratativa.scenarios.scripts import nearest
from tratativa.scenarios.stage import Stage, Unplayable
from tratativa.web.timeline import lines

# Not an action of a case, for there is none yet: the button on the order's page.
OPENING = "Abrir atendimento"


def check(stage: Stage, name: str, party: Party, wanted: Any, acting: Actor | None = None) -> Iterator[Miss]:
    """Everything a party's `{can, cannot, must, sees, hides}` asks for and does not find."""
    if not isinstance(wanted, Mapping):
        raise Unplayable(f"`{party}` leva um mapa: {', '.join(VIEWS)}")
    actor = acting or stage.onlooker(party)
    for key, items in wanted.items():
        if key not in VIEWS:
            raise Unplayable(f"`{party}` ainda não sabe `{key}`{nearest(key, VIEWS)}")
        for item in items if isinstance(items, list) else [items]:
            yield from VIEWS[key](stage, name, actor, str(item))


def _can(stage: Stage, name: str, actor: Actor, action: str) -> Iterator[Miss]:
    if _asked(stage, name, actor, action):
        return
    answer = _answer(stage, name, actor, action)
    if not isinstance(answer, Available):
        yield Miss((actor.party, "can"), f"`{actor.party}` não pode «{action}»", "pode", _why(answer))


def _cannot(stage: Stage, name: str, actor: Actor, action: str) -> Iterator[Miss]:
    if _asked(stage, name, actor, action) or isinstance(_answer(stage, name, actor, action), Available):
        yield Miss((actor.party, "cannot"), f"`{actor.party}` pode «{action}»", "não pode", "pode")


def _must(stage: Stage, name: str, actor: Actor, action: str) -> Iterator[Miss]:
    if _asked(stage, name, actor, action):
        return
    answer = _answer(stage, name, actor, action)
    if not (isinstance(answer, Available) and answer.mandatory):
        actual = "pode, sem prazo" if isinstance(answer, Available) else _why(answer)
        yield Miss((actor.party, "must"), f"`{actor.party}` não deve «{action}»", "deve", actual)


def _sees(stage: Stage, name: str, actor: Actor, words: str) -> Iterator[Miss]:
    shown = _shown(stage, name, actor)
    if not any(fold(words) in fold(text) for text in shown):
        yield Miss((actor.party, "sees"), f"`{actor.party}` não vê", words, show(shown))


def _hides(stage: Stage, name: str, actor: Actor, words: str) -> Iterator[Miss]:
    seen = [text for text in _shown(stage, name, actor) if fold(words) in fold(text)]
    if seen:
        yield Miss((actor.party, "hides"), f"`{actor.party}` vê o que não devia", f"sem «{words}»", show(seen))


VIEWS: Mapping[str, Callable[[Stage, str, Actor, str], Iterator[Miss]]] = {
    "can": _can,
    "cannot": _cannot,
    "must": _must,
    "sees": _sees,
    "hides": _hides,
}


def _asked(stage: Stage, name: str, actor: Actor, label: str) -> bool:
    """Whether the party is asked a form of this name: answering it is something it can do, and must."""
    if not stage.cases:
        return False
    pending = requests.pending(stage.case(name), actor)
    return slug(label) in {slug(form) for asked in pending for form in (asked.ask, asked.label)}


def _answer(stage: Stage, name: str, actor: Actor, action: str) -> Available | Unavailable | None:
    if slug(action) == slug(OPENING):
        return _opening(stage, actor)
    _known(stage, action)
    case = stage.case(name)
    if not visibility.visible_cases(actor).filter(pk=case.pk).exists():
        return None
    return actions.verdict(case, actor, at=stage.at).find(action)


def _opening(stage: Stage, actor: Actor) -> Available | Unavailable:
    kind = stage.book.kind()
    reply = verdicts.reply_action(stage.book, actor.party)
    if kind is None or reply is None:
        raise Unplayable(f"`{actor.party}` não abre atendimentos neste rulebook")
    offer = eligibility.may_open(stage.book, kind, stage.order, actor, at=stage.at)
    return Available(reply) if offer.allowed else Unavailable(reply, offer.why)


def _known(stage: Stage, action: str) -> None:
    asked = [one.argument.label for act in stage.book.actions for one in act.do if isinstance(one.argument, Ask)]
    named = [one.label for one in (*stage.book.actions, *stage.book.asks)]
    labels = [stage.book.replies.label, OPENING, *named, *asked]
    if slug(action) not in {slug(label) for label in labels} and stage.book.action(action) is None:
        raise Unplayable(f"não existe a ação `{action}`{nearest(action, labels)}")


def _why(answer: Available | Unavailable | None) -> str:
    return f"não pode: {answer.why}" if isinstance(answer, Unavailable) else "não é ação sua aqui"


def _shown(stage: Stage, name: str, actor: Actor) -> list[str]:
    """Every text the party's page shows of the case: what happened, messages and file names, as it draws them.

    The pages of customers and partners leave out what is quiet; the others list it among the movements.
    """
    case = stage.case(name)
    if not visibility.visible_cases(actor).filter(pk=case.pk).exists():
        return []
    outside = actor.party in {Party.CUSTOMER, Party.PARTNER}
    drawn = [line for line in lines.draw(case, actor) if line.is_message or not (outside and line.quiet)]
    texts = [text for line in drawn for text in (line.words, "" if line.is_message and line.to else line.title) if text]
    given = [f"{one.label}: {one.told}" for one in sharing.shown(case, actor)] if actor.party is Party.PARTNER else []
    return texts + given + [file.name for line in drawn for file in line.files]
