"""Adopting rulebooks: what applied when stays true, whatever is adopted later, ahead of time or again."""

from datetime import timedelta
from typing import Any

import pytest

from tests.cast import MONDAY, Cast, gather, opener, rewrite
from tratativa.cases.core import rulebook_versions
from tratativa.cases.models import Adoption, Case
from tratativa.rulebook.reading import Loaded, Places

DAY = timedelta(days=1)


@pytest.fixture
def cast(db: None) -> Cast:
    return gather()


def shorter(book: dict[str, Any]) -> None:
    """The seller has one hour to answer."""
    next(one for one in book["deadlines"] if one["label"] == "Responder ao cliente")["within"] = "1 hours"


def opened(cast: Cast, at: Any) -> Case:
    case = opener(cast)(at=at)
    case.refresh_from_db()
    return case


def test_a_rulebook_adopted_for_a_day_to_come_applies_from_that_day(cast: Cast) -> None:
    rewrite(cast.marketplace, shorter, at=MONDAY + 2 * DAY)

    before, after = opened(cast, MONDAY + DAY), opened(cast, MONDAY + 2 * DAY)

    assert before.due_at - before.opened_at > timedelta(hours=1)
    assert after.due_at - after.opened_at == timedelta(hours=1)


def test_an_older_version_adopted_again_applies_from_then_and_rewrites_nothing(cast: Cast) -> None:
    first = rulebook_versions.current(cast.marketplace.pk, at=MONDAY)
    rewrite(cast.marketplace, shorter, at=MONDAY)
    second = rulebook_versions.current(cast.marketplace.pk, at=MONDAY)
    loaded = Loaded(rulebook_versions.of_version(first.pk), {}, first.digest, Places())

    rulebook_versions.adopt(cast.marketplace, loaded, at=MONDAY + 3 * DAY)

    applied = [rulebook_versions.current(cast.marketplace.pk, at=MONDAY + days * DAY).pk for days in (-1, 0, 2, 3, 9)]
    assert applied == [first.pk, second.pk, second.pk, first.pk, first.pk]
    assert Adoption.objects.filter(marketplace=cast.marketplace).count() == 3


def test_of_two_adopted_for_the_same_moment_the_one_decided_later_applies(cast: Cast) -> None:
    first = rulebook_versions.current(cast.marketplace.pk, at=MONDAY)
    rewrite(cast.marketplace, shorter, at=MONDAY + DAY)
    loaded = Loaded(rulebook_versions.of_version(first.pk), {}, first.digest, Places())

    rulebook_versions.adopt(cast.marketplace, loaded, at=MONDAY + DAY, made_at=MONDAY + DAY + timedelta(minutes=1))

    assert rulebook_versions.current(cast.marketplace.pk, at=MONDAY + 2 * DAY).pk == first.pk


def test_what_came_before_the_first_adoption_lives_under_it(cast: Cast) -> None:
    assert opened(cast, MONDAY - 900 * DAY).version_id == rulebook_versions.current(cast.marketplace.pk, at=MONDAY).pk
