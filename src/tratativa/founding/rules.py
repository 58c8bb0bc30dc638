"""Rules: a rulebook's folder becomes the one a marketplace's cases open under, from a moment on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import QuerySet
from pydantic import ValidationError

from tratativa.accounts.models import Marketplace
from tratativa.accounts.people import telling
from tratativa.accounts.people.team import Doer, Team
from tratativa.cases.core import rulebook_versions
from tratativa.cases.models import Adoption
from tratativa.rulebook import reading
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.lint import linting
from tratativa.rulebook.reading import Loaded
from tratativa.rulebook.terms.problems import Problem


class BadRules(Exception):
    """A rulebook nobody can work under; `problems` says why, with file, line and remedy."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = list(problems)


@dataclass(frozen=True)
class Published:
    """What became of it: `new` is False where the same rules applied from then on already."""

    new: bool
    from_at: datetime
    title: str


def read(folder: Path) -> Loaded:
    """The rulebook in this folder, checked as `tratativa rulebook check` does. Raises BadRules."""
    try:
        loaded = reading.load(folder)
    except reading.BadRulebook as bad:
        raise BadRules(bad.problems) from None
    if problems := linting.lint(loaded):
        raise BadRules(problems)
    return loaded


def localised(loaded: Loaded, *, zone: str, currency: str, locale: str) -> Loaded:
    """The same rules in the company's own time zone and currency; those a rulebook says already stay its own.

    Raises BadRules where they cannot be.
    """
    data = dict(loaded.data)
    if zone and zone != loaded.book.timezone:
        data["timezone"] = zone
    if currency and currency != loaded.book.money.currency:
        data["money"] = {"currency": currency, "locale": locale}
    if data == loaded.data:
        return loaded
    try:
        book = Rulebook.model_validate(data)
    except ValidationError as bad:
        raise BadRules([Problem("rulebook.yaml", 1, str(one["msg"])) for one in bad.errors()]) from None
    return replace(loaded, book=book, data=data, digest=reading.digest(data))


@transaction.atomic
def publish(marketplace: Marketplace, loaded: Loaded, *, from_at: datetime | None, at: datetime, by: Doer) -> Published:
    """Makes it what cases opened from `from_at` on live under, from now where it is None or past.

    The same rules twice are one publication: what applies from then on already is left alone.
    """
    Marketplace.objects.select_for_update().get(pk=marketplace.pk)
    begins = max(from_at or at, at)
    applies = _applying(marketplace, begins)
    if applies and applies.version.digest == loaded.digest:
        return Published(False, applies.from_at, loaded.book.title)
    rulebook_versions.adopt(marketplace, loaded, at=begins, made_at=at)
    if not marketplace.rulebook or begins <= at:
        marketplace.rulebook = loaded.book.rulebook[:60]
        marketplace.save(update_fields=["rulebook"])
    before = {"version": applies.version.digest[:12]} if applies else {}
    after = {"version": loaded.digest[:12], "from": begins.isoformat(timespec="minutes")}
    telling.tell(Team(marketplace), telling.PUBLISHED, by=by, about=loaded.book.title, before=before, after=after)
    return Published(True, begins, loaded.book.title)


def has_any(marketplace: Marketplace) -> bool:
    """Whether it has rules, now or from a day on."""
    return Adoption.objects.filter(marketplace=marketplace).exists()


def _applying(marketplace: Marketplace, moment: datetime) -> Adoption | None:
    return _adoptions(marketplace).filter(from_at__lte=moment).first()


def _adoptions(marketplace: Marketplace) -> QuerySet[Adoption]:
    rows = Adoption.objects.filter(marketplace=marketplace).select_related("version")
    return rows.order_by("-from_at", "-made_at", "-id")
