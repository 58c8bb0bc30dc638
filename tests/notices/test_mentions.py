"""Mentions: a colleague named in a note is told of it; who may not read the note is not."""

from collections.abc import Callable

import pytest

from tests.cast import MONDAY, Cast
from tests.notices.telling import run, told
from tratativa.accounts import actors
from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Membership, Person
from tratativa.cases import door, events
from tratativa.cases.core import audience
from tratativa.cases.models import Case
from tratativa.notices import mentions
from tratativa.rulebook.terms.parties import Party

Open = Callable[..., Case]


def joins(cast: Cast, name: str, email: str) -> Actor:
    """Somebody more in the marketplace's team."""
    person = Person.objects.create_user(email=email, password=None, name=name)
    return actors.of_membership(Membership.objects.create(person=person, marketplace=cast.marketplace, role="agent"))


def notes(case: Case, by: Actor, words: str) -> None:
    with door.judging(case.pk, by=by, at=MONDAY) as change:
        change.record(events.Noted(), to=audience.of(by.party), words=words)
    run(MONDAY)


@pytest.fixture
def bia(cast: Cast) -> Actor:
    return joins(cast, "Beatriz Ávila", "bia@equipe.example")


@pytest.mark.parametrize(
    "words", ["Vê isto, @Beatriz Ávila?", "@beatriz avila: olha", "fala com a @Beatriz.", "(@bia@equipe.example)"]
)
def test_a_colleague_named_in_a_note_is_told(words: str, cast: Cast, case: Case, bia: Actor) -> None:
    notes(case, cast.marta, words)

    assert told(bia) == [("mention", 1)]


@pytest.mark.parametrize("words", ["Beatriz Ávila", "a@Beatriz", "@Beatrizinha", "@todos"])
def test_who_is_not_named_so_is_not_told(words: str, cast: Cast, case: Case, bia: Actor) -> None:
    notes(case, cast.marta, words)

    assert told(bia) == []


def test_nobody_of_another_team_is_told_though_they_are_named(cast: Cast, case: Case, bia: Actor) -> None:
    run(MONDAY)

    notes(case, cast.ana, "@Marta Mesa e @Celia Chefe, e a @Ana Lima que escreve")

    assert told(cast.marta) == [] and told(cast.ana) == [("opened", 1)]
    assert told(cast.chefe) == [("opened", 1), ("mention", 1)]


def test_words_another_party_reads_mention_nobody(cast: Cast, case: Case, bia: Actor) -> None:
    with door.judging(case.pk, by=cast.marta, at=MONDAY) as change:
        change.record(events.Noted(), to=audience.of(Party.MARKETPLACE, Party.SELLER), words="@Beatriz Ávila")
    run(MONDAY)

    assert told(bia) == []


def test_of_two_called_alike_the_name_means_neither_and_the_address_one(cast: Cast, case: Case, bia: Actor) -> None:
    other = joins(cast, "Beatriz Ávila", "beatriz@equipe.example")

    notes(case, cast.marta, "@Beatriz Ávila")
    notes(case, cast.marta, "@beatriz@equipe.example")

    assert told(bia) == [] and told(other) == [("mention", 1)]
    assert mentions.offered(case, cast.marta) == [
        ("bia@equipe.example", "Beatriz Ávila"), ("beatriz@equipe.example", "Beatriz Ávila"),
    ]  # fmt: skip


def test_the_longer_name_is_not_also_the_shorter_one(cast: Cast, case: Case, bia: Actor) -> None:
    bea = joins(cast, "Beatriz", "so@equipe.example")

    notes(case, cast.marta, "@Beatriz Ávila")

    assert told(bia) == [("mention", 1)] and told(bea) == []
