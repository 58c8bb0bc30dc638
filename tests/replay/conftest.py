"""What the tests of replays share: the cast under Americanas' rules, and the shipped rules said otherwise."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from tests.cast import MONDAY, Cast, gather, local, opener
from tratativa.cases.models import Case
from tratativa.replay import running
from tratativa.replay.asked import Asked
from tratativa.replay.tallies import Tally
from tratativa.rulebook import reading, shipped

NEVER_BEFORE = local("2026-01-01 00:00")


@pytest.fixture
def cast(db: None) -> Cast:
    return gather()


@pytest.fixture
def open_case(cast: Cast) -> Callable[..., Case]:
    return opener(cast)


def rules(**parts: Any) -> dict[str, Any]:
    """Americanas' rules, some parts otherwise."""
    folder = shipped.folder("americanas")
    assert folder
    return {**reading.load(folder).data, **parts}


def otherwise(part: str, label: str, **keys: Any) -> dict[str, Any]:
    """Americanas' rules, some keys of one thing otherwise."""
    listed = [{**one, **keys} if one["label"] == label else one for one in rules()[part]]
    assert listed != rules()[part]
    return rules(**{part: listed})


def replayed(cast: Cast, draft: dict[str, Any], *, until: datetime, since: datetime = NEVER_BEFORE) -> Tally:
    """All the cast's cases under the draft, in this process."""
    asked = Asked(cast.marketplace.pk, json.dumps(draft), since, until)
    return running.run(asked, workers=1)


__all__ = ["MONDAY", "NEVER_BEFORE"]
