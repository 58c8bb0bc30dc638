"""A replay in processes ends when it is told to, leaves none of them behind, and says when one was killed."""

import json
import multiprocessing
import os
import signal
from datetime import timedelta

import pytest

from tests.cast import MONDAY, gather, opener
from tests.replay.conftest import NEVER_BEFORE, rules
from tests.replay.test_replay_command import _children_read_this_database
from tratativa.replay import histories, running
from tratativa.replay.asked import Asked
from tratativa.replay.tallies import Tally

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Asked:
    """Four cases, a batch each."""
    cast = gather()
    for _number in range(4):
        opener(cast)()
    monkeypatch.setattr(histories, "BATCH", 1)
    _children_read_this_database(monkeypatch)
    return Asked(cast.marketplace.pk, json.dumps(rules()), NEVER_BEFORE, MONDAY + timedelta(days=1))


def test_who_interrupts_it_leaves_no_process_behind(asked: Asked) -> None:
    def interrupt(_so_far: Tally) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        running.run(asked, workers=2, tell=interrupt)

    assert multiprocessing.active_children() == []


def test_a_process_that_is_killed_is_told(asked: Asked) -> None:
    def kill(_so_far: Tally) -> None:
        for child in multiprocessing.active_children():
            os.kill(child.pid or 0, signal.SIGKILL)

    with pytest.raises(running.Broken):
        running.run(asked, workers=1 + 1, tell=kill)
