"""Words: what conduct would have made of past messages, asked of the desk's own conduct.

Only what its own rules make of a message as it is on record is counted: what they do not was found by another ear.
Words that were erased are counted as nothing but that.
"""

import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tratativa.accounts.actors import Actor
from tratativa.cases import events
from tratativa.cases.core import audience
from tratativa.cases.messages import conduct
from tratativa.cases.models import Text
from tratativa.replay.histories import Happened, History
from tratativa.rulebook.conduct.rules import ConductRule
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.parties import Party

FREE = "free"  # goes without a word said about it


@dataclass(frozen=True)
class Otherwise:
    """A message other rules would have treated otherwise: how, and for the sake of which rule."""

    said: Happened
    rule: str
    would: str
    why: str


def read(found: Iterable[History]) -> None:
    """Puts the words on these histories, those the customer could read or that were held back from them."""
    batch = {one.case.pk: one for one in found}
    if not batch:
        return
    rows = Text.objects.filter(case__in=list(batch), entry__event__in=[events.Posted.name, events.HoldBegan.name])
    said: dict[uuid.UUID, dict[int, str]] = {key: {} for key in batch}
    for case, number, body in rows.values_list("case_id", "entry__number", "body"):
        said[case][number] = body
    for key, words in said.items():
        batch[key].words = words


def judged(
    history: History, own: Rulebook, draft: Rulebook, roles: Mapping[uuid.UUID, str]
) -> tuple[list[Otherwise], int]:
    """The messages that would have fared otherwise, and how many cannot be told for lack of their words."""
    found, erased = [], 0
    for one in _messages(history):
        words = history.words.get(one.number)
        if words is None:
            erased += 1
            continue
        role = roles.get(one.actor_id, "agent") if one.actor_id else ""
        by = Actor(Party(one.party), history.case.marketplace_id, "", role, person_id=one.actor_id)
        readers = audience.EVERYONE if one.event == events.HoldBegan.name else one.audience
        was, would = (conduct.decisive(book, words, by=by, readers=readers) for book in (own, draft))
        rule = would or was
        if rule and _severity(was) == _on_record(history, one) and _severity(was) != _severity(would):
            found.append(Otherwise(one, rule.id, _severity(would), would.text if would else ""))
    return found, erased


def _messages(history: History) -> Iterator[Happened]:
    """What people of either team wrote for the customer, and what was kept back from them."""
    for one in history.happened:
        if one.actor_id is None or one.party == Party.CUSTOMER:
            continue
        if one.event == events.Posted.name and audience.holds(one.audience, Party.CUSTOMER):
            if not _was_held(history, one):
                yield one
        elif one.event == events.HoldBegan.name and one.data["why"] == "conduct":
            yield one


def _was_held(history: History, said: Happened) -> bool:
    """Whether this message waited before it went: it is judged as it was asked for."""
    held = next((one for one in reversed(history.happened)
                 if one.number < said.number and one.event == events.HoldEnded.name), None)  # fmt: skip
    return bool(held and held.data["decision"] == "released" and held.data["action"] == said.data.get("action")
                and held.at == said.at)  # fmt: skip


def _on_record(history: History, said: Happened) -> str:
    if said.event == events.HoldBegan.name:
        return "hold"
    after = [one for one in history.happened if one.number > said.number and one.at == said.at]
    same = (one for one in after if one.actor_id == said.actor_id)
    for one in same:
        if one.event == events.ConductWarned.name:
            return "warn"
        if one.event == events.Posted.name:
            break
    return FREE


def _severity(rule: ConductRule | None) -> str:
    return rule.severity if rule else FREE
