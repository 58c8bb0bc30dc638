"""What the tests of the evidence share: three cases with words, chained and signed on Monday."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from tests.cast import MONDAY, Cast, gather, opener
from tratativa.cases.acting import replying
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case
from tratativa.evidence import anchoring, heads


@pytest.fixture(autouse=True)
def _keys_of_their_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "KEYS", tmp_path / "keys", raising=False)
    monkeypatch.setattr(settings, "DATA", tmp_path, raising=False)


@pytest.fixture
def cast(db: None) -> Cast:
    return gather()


@pytest.fixture
def written(cast: Cast) -> list[Case]:
    """Three cases in which the customer wrote twice."""
    cases = [opener(cast)() for _number in range(3)]
    for number, case in enumerate(cases):
        replying.reply(case, Message(f"Chegou {number}?"), by=cast.cliente, at=MONDAY + timedelta(hours=1))
        case.refresh_from_db()
    return cases


@pytest.fixture
def signed(written: list[Case]) -> list[Case]:
    """The same, chained and signed on Monday."""
    heads.chain(at=MONDAY + timedelta(hours=2))
    anchoring.sign(at=MONDAY + timedelta(hours=3))
    return written
