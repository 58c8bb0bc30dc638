"""Batches: one process's share of a replay, some cases at a time; nothing of it outlives the batch but its tally."""

import uuid
from collections.abc import Mapping
from functools import lru_cache, partial

from tratativa.accounts import reach
from tratativa.cases.core import rulebook_versions
from tratativa.replay import histories, outcomes
from tratativa.replay.apart import waits, words
from tratativa.replay.asked import Asked
from tratativa.replay.judging import Bench
from tratativa.replay.rules import Rules
from tratativa.replay.tallies import Tally
from tratativa.rulebook import reading


class Judge:
    """One replay in one process: the draft, the versions cases lived under as they come up, and people's roles."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked
        self.rules = Rules.of(reading.parse(asked.source))
        with reach.within(asked.marketplace_id):
            self.roles: Mapping[uuid.UUID, str] = histories.roles(asked.marketplace_id)
        self._own = lru_cache(maxsize=32)(self._rules_of)
        self._bench = lru_cache(maxsize=32)(self._bench_of)
        self._own_bench = lru_cache(maxsize=32)(self._own_bench_of)

    def judge(self, batch: list[uuid.UUID]) -> Tally:
        """What these cases come to."""
        tally = Tally()
        with reach.within(self.asked.marketplace_id):
            found = histories.read(batch, answers=True)
            waits.read(found, lambda version: self._own(version).book)
            words.read(one for one in found if not self._bench(one.case.version_id).same_conduct)
            for one in found:
                version = one.case.version_id
                outcomes.compare(one, self._bench(version), partial(self._own_bench, version), tally)
        return tally

    def _rules_of(self, version: uuid.UUID) -> Rules:
        with rulebook_versions.own_words():
            return Rules.of(rulebook_versions.of_version(version))

    def _bench_of(self, version: uuid.UUID) -> Bench:
        return Bench.of(self.rules, self._own(version), self.roles, self.asked.until)

    def _own_bench_of(self, version: uuid.UUID) -> Bench:
        return Bench.of(self._own(version), self._own(version), self.roles, self.asked.until)
