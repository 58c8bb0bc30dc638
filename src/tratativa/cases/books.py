"""Which rulebook a marketplace runs and which one a case was opened under."""

import json
import time
import uuid
from datetime import datetime
from functools import lru_cache

from tratativa.accounts.models import Marketplace
from tratativa.cases.models import Case, Version
from tratativa.rulebook import reading
from tratativa.rulebook.language import Rulebook

_REMEMBERED = 10.0  # seconds
_CURRENT: dict[uuid.UUID, tuple[float, Version]] = {}


class NoRulebook(LookupError):
    """The marketplace has not adopted a rulebook yet."""


def adopt(marketplace: Marketplace, loaded: reading.Loaded, *, at: datetime) -> Version:
    """Makes a rulebook the one new cases are opened under. Running cases keep theirs."""
    version, _made = Version.objects.update_or_create(
        marketplace=marketplace,
        digest=loaded.digest,
        defaults={"source": json.dumps(loaded.data, ensure_ascii=False), "adopted_at": at},
    )
    _CURRENT.pop(marketplace.pk, None)
    return version


def current(marketplace_id: uuid.UUID) -> Version:
    """The version new cases are opened under. Raises NoRulebook.

    Remembered for ten seconds in each process: every page asks, and a rulebook changes a few times a year.
    """
    known = _CURRENT.get(marketplace_id)
    if known and time.monotonic() - known[0] < _REMEMBERED:
        return known[1]
    version = Version.objects.filter(marketplace_id=marketplace_id).order_by("-adopted_at").first()
    if version is None:
        raise NoRulebook("Este marketplace ainda não adotou um rulebook.")
    _CURRENT[marketplace_id] = (time.monotonic(), version)
    return version


def in_force(marketplace_id: uuid.UUID) -> Rulebook:
    """The rulebook new cases are opened under. Raises NoRulebook."""
    return of_version(current(marketplace_id).pk)


def of(case: Case) -> Rulebook:
    """The rulebook this case lives under; a child case knows marketplace and partner only."""
    book = of_version(case.version_id)
    return book.aside if case.queue else book


def subject(case: Case) -> str:
    """What the case is about, as lists and letters name it: its reason, or its kind where there are no reasons."""
    book = of(case)
    named = book.reason(case.reason) or book.kind(case.kind)
    return named.label if named else case.reason


@lru_cache(maxsize=256)
def of_version(version_id: uuid.UUID) -> Rulebook:
    """A stored version, read once per process: versions never change."""
    return reading.parse(Version.objects.values_list("source", flat=True).get(pk=version_id))
