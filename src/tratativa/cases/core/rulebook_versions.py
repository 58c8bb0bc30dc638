"""Which rulebook a marketplace runs and which one a case was opened under."""

import json
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from django.conf import settings
from django.utils import timezone, translation

from tratativa.accounts import clock
from tratativa.accounts.models import Marketplace, Person
from tratativa.cases.models import Adoption, Case, StepPicture, Version
from tratativa.rulebook import reading
from tratativa.rulebook.language.lands import Land
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.sentences import Sentence

_REMEMBERED = 10.0  # seconds
_KEEPING: ContextVar[bool] = ContextVar("keeping", default=False)
_ADOPTED: dict[uuid.UUID, tuple[float, list[Adoption]]] = {}


class NoRulebook(LookupError):
    """The marketplace has not adopted a rulebook yet, or none that applies by now."""


@dataclass(frozen=True)
class Signature:
    """Who publishes rules, under what name; `second` is the other administrator, where one is asked for."""

    by: Person | None = None
    command: str = ""
    second: Person | None = None
    name: str = ""


UNSIGNED = Signature()


def adopt(
    marketplace: Marketplace,
    loaded: reading.Loaded,
    *,
    at: datetime,
    made_at: datetime | None = None,
    signed: Signature = UNSIGNED,
) -> Version:
    """Makes a rulebook the one that cases opened from `at` on live under; running cases keep theirs.

    `at` may lie ahead: until then what applies goes on applying. An older version adopted again applies again from
    then; that it applied before, and what did in between, stays on record. `made_at` is when this was decided.
    """
    made = made_at or at
    StepPicture.objects.bulk_create(
        [
            StepPicture(marketplace=marketplace, digest=digest, type=drawn.type, content=drawn.content)
            for digest, drawn in loaded.drawn.items()
        ],
        ignore_conflicts=True,
    )
    source = json.dumps(loaded.data, ensure_ascii=False)
    version, _made = Version.objects.get_or_create(
        marketplace=marketplace, digest=loaded.digest, defaults={"source": source, "adopted_at": made}
    )
    adopt_version(version, at=at, made_at=made, signed=signed)
    return version


def adopt_version(version: Version, *, at: datetime, made_at: datetime, signed: Signature) -> Adoption:
    """As `adopt`, a version that is there already."""
    made = Adoption.objects.create(
        marketplace_id=version.marketplace_id, version=version, from_at=at, made_at=made_at, name=signed.name,
        by=signed.by, by_command="" if signed.by else signed.command, second=signed.second,
    )  # fmt: skip
    _ADOPTED.pop(version.marketplace_id, None)
    return made


def adoption(marketplace_id: uuid.UUID, *, at: datetime | None = None) -> Adoption:
    """The adoption in force at a moment. Raises NoRulebook.

    Of two from the same moment, the one decided later; what came in before the first adoption lives under it. Without
    a moment, now: what pages draw and lists count. All are remembered for ten seconds in each process: every page
    asks, and a rulebook changes a few times a year.
    """
    now = clock.now()
    known = _adoptions(marketplace_id)
    first = [one for one in known[-1:] if one.from_at <= now]
    applied = _applied(known, at or now) or next(iter(first), None)
    if applied is None:
        raise NoRulebook("Este marketplace ainda não adotou um rulebook.")
    return applied


def applied_at(marketplace_id: uuid.UUID, at: datetime) -> Adoption | None:
    """The adoption that applied at a moment, or will; None before the first, which only old cases live under."""
    return _applied(_adoptions(marketplace_id), at)


def current(marketplace_id: uuid.UUID, *, at: datetime | None = None) -> Version:
    """The version cases opened at this moment live under; as `adoption`. Raises NoRulebook."""
    return adoption(marketplace_id, at=at).version


def in_force(marketplace_id: uuid.UUID, *, at: datetime | None = None) -> Rulebook:
    """The rulebook cases opened at this moment live under; as `adoption`. Raises NoRulebook."""
    return of_version(adoption(marketplace_id, at=at).version_id)


def today(marketplace_id: uuid.UUID, at: datetime) -> date:
    """Which day it is where the marketplace works; by the installation's zone before it has rules."""
    try:
        return at.astimezone(in_force(marketplace_id).clock.zone).date()
    except NoRulebook:
        return timezone.localdate(at)


def _applied(known: list[Adoption], at: datetime) -> Adoption | None:
    return next((one for one in known if one.from_at <= at), None)


def _adoptions(marketplace_id: uuid.UUID) -> list[Adoption]:
    """Every adoption of the marketplace, the one that applies from latest first."""
    known = _ADOPTED.get(marketplace_id)
    if known and time.monotonic() - known[0] < _REMEMBERED:
        return known[1]
    rows = Adoption.objects.filter(marketplace_id=marketplace_id).order_by("-from_at", "-made_at", "-id")
    found = list(rows.select_related("version").defer("version__source"))
    if found:
        _ADOPTED[marketplace_id] = (time.monotonic(), found)
    return found


def of(case: Case) -> Rulebook:
    """The rulebook this case lives under; a child case knows marketplace and partner only."""
    book = of_version(case.version_id)
    return book.aside if case.queue else book


def subject(case: Case) -> str:
    """What the case is about, as lists and letters name it: its reason, or its kind where there are no reasons."""
    book = of(case)
    named = book.reason(case.reason) or book.kind(case.kind)
    return named.label if named else case.reason


def of_version(version_id: uuid.UUID) -> Rulebook:
    """A stored version in the language of who reads, as far as it has it; behind the door in its own."""
    return _in(version_id, "" if _KEEPING.get() else translation.get_language() or "")


def forget() -> None:
    """Forgets every version this process has read: for tests that rewrite one, which nothing else may."""
    _in.cache_clear()


@contextmanager
def own_words() -> Iterator[None]:
    """Rulebooks speak their own language inside: what happens there is kept, and others read it."""
    token = _KEEPING.set(True)
    try:
        yield
    finally:
        _KEEPING.reset(token)


@contextmanager
def for_readers() -> Iterator[None]:
    """Rulebooks speak the reader's language again inside: a refusal is read by nobody else."""
    token = _KEEPING.set(False)
    try:
        yield
    finally:
        _KEEPING.reset(token)


def sentence(built_in: Sentence) -> str:
    """A sentence of the rules' own in the language of who reads."""
    return built_in.say(translation.get_language() or "")


@contextmanager
def letters_in(book: Rulebook) -> Iterator[None]:
    """The desk's own sentences are in the rulebook's language inside: nobody asked for a letter in another."""
    with translation.override(site_language(book.language)):
        yield


def land(marketplace_id: uuid.UUID) -> Land:
    """What documents and addresses are for the marketplace's people; as where nobody says, while it has no rules."""
    try:
        return in_force(marketplace_id).land
    except NoRulebook:
        return Land()


@contextmanager
def letters_of(marketplace_id: uuid.UUID) -> Iterator[None]:
    """As `letters_in`, by the rules in force; the site's own language where a marketplace has none yet."""
    try:
        language = site_language(in_force(marketplace_id).language)
    except NoRulebook:
        language = settings.LANGUAGE_CODE
    with translation.override(language):
        yield


def site_language(language: str) -> str:
    """The language of the desk's pages nearest to this one; English for those it does not speak."""
    base = language.casefold().partition("-")[0]
    return next((code for code, _name in settings.LANGUAGES if code.partition("-")[0] == base), "en")


@lru_cache(maxsize=256)
def _in(version_id: uuid.UUID, language: str) -> Rulebook:
    """Read once per process and language: versions never change."""
    if not language:
        return reading.parse(Version.objects.values_list("source", flat=True).get(pk=version_id))
    own = _in(version_id, "")
    if own.languages == {own.language}:
        return own.heard_in(language)
    return reading.parse(Version.objects.values_list("source", flat=True).get(pk=version_id), language)
