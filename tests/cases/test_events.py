"""Events, told to people: one registration each, and nothing about an event kept anywhere else."""

import uuid
from collections import Counter
from dataclasses import fields, replace
from typing import Any

import pytest
from django.template import Context, Template
from django.utils import timezone

from tests.cast import Cast, gather, opener
from tratativa.cases import events
from tratativa.cases.core import rulebook_versions
from tratativa.cases.events import Event
from tratativa.cases.models import Case
from tratativa.cases.reading.lines import Line
from tratativa.cases.sentences import registry
from tratativa.cases.sentences.reader import Reading
from tratativa.mail.outgoing import letter_words
from tratativa.rulebook.terms.parties import Party

EVENTS = sorted(events.REGISTRY)
# What an event's fields may hold that a sentence asks about; every other field gets the example of its type.
EXAMPLES: dict[str, Any] = {
    "to": "seller", "of": "customer", "benefits": "customer", "why": "machine", "because": "deadline:x",
    "due": "2026-11-23T12:00:00+00:00", "person": str(uuid.uuid4()), "child": str(uuid.uuid4()), "state": "confirmed",
    "decision": "released", "stage": "posted", "verb": "refund", "reason": "outros", "seller": str(uuid.uuid4()),
}  # fmt: skip
BY_TYPE: dict[Any, Any] = {str: "x", int: 3, bool: True, tuple[str, ...]: ("x",), list[str]: ["x"]}


@pytest.fixture
def cast(db: None) -> Cast:
    return gather()


def example(kind: type[Event]) -> dict[str, Any]:
    """The event's data, filled in as its fields are typed."""
    return {one.name: EXAMPLES.get(one.name, BY_TYPE.get(one.type, {})) for one in fields(kind)}


def line(name: str) -> Line:
    return Line(
        number=1, event=name, data=example(events.REGISTRY[name]), party=Party.MARKETPLACE, who="Marta",
        at=timezone.now(), words="Palavras.", rich="", readers=tuple(Party), files=(), mine=False, by_clock=False,
    )  # fmt: skip


@pytest.mark.parametrize("name", EVENTS)
def test_every_event_is_told_to_every_reader_in_a_sentence(name: str, cast: Cast) -> None:
    case: Case = opener(cast)()
    book = rulebook_versions.of(case)

    for reader in Party:
        said = registry.TELLINGS[name].sentence(Reading(line(name), case, book, reader))
        assert said.strip() not in {"", name}


def test_an_event_of_a_later_version_is_told_by_its_name(cast: Cast) -> None:
    case: Case = opener(cast)()
    later = replace(line(EVENTS[0]), event="parcel.flown")

    said = registry.of("parcel.flown").sentence(Reading(later, case, rulebook_versions.of(case), Party.SELLER))

    assert said == "parcel.flown"


@pytest.mark.parametrize("name", EVENTS)
def test_every_event_has_an_icon_that_is_there(name: str) -> None:
    icon = registry.TELLINGS[name].icon
    drawn = Template("{% lucide icon %}").render(Context({"icon": icon}))
    assert icon == "dot" or "<svg" in drawn


@pytest.mark.parametrize("name", EVENTS)
def test_what_is_worth_a_letter_has_words_for_it_and_a_rank(name: str) -> None:
    telling = registry.TELLINGS[name]

    assert bool(telling.writes_to) == bool(telling.rank)
    assert not telling.writes_to or name in letter_words.WORDS


def test_no_two_events_are_equally_worth_telling() -> None:
    ranks = Counter(telling.rank for telling in registry.TELLINGS.values() if telling.rank)

    assert sorted(ranks) == list(range(1, len(ranks) + 1))
    assert set(ranks.values()) == {1}


def test_nothing_is_told_that_cannot_happen() -> None:
    assert set(registry.TELLINGS) == set(EVENTS)
    assert set(letter_words.WORDS) <= set(EVENTS)
