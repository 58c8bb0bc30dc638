"""Rules: a rulebook's folder becomes the one a marketplace's cases open under, from a moment on."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import QuerySet

from tratativa.accounts import reach
from tratativa.accounts.models import Marketplace, Person
from tratativa.accounts.people import telling
from tratativa.accounts.people.team import Doer, Team
from tratativa.cases.core import rulebook_versions
from tratativa.cases.core.rulebook_versions import Signature
from tratativa.cases.models import Adoption, Version
from tratativa.founding import kept_folders
from tratativa.rulebook import folders, reading, yaml_editing
from tratativa.rulebook.folders import Files, Ready
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


def ready(folder: Path) -> Ready:
    """As `read`, with the folder's files. Raises BadRules."""
    loaded = read(folder)
    try:
        return Ready(loaded, folders.read(folder))
    except reading.BadRulebook as bad:
        raise BadRules(bad.problems) from None


def read(folder: Path) -> Loaded:
    """The rulebook in this folder, checked as `tratativa rulebook check` does. Raises BadRules."""
    try:
        loaded = reading.load(folder)
    except reading.BadRulebook as bad:
        raise BadRules(bad.problems) from None
    if problems := linting.lint(loaded):
        raise BadRules(problems)
    return loaded


def localised(read: Ready, *, zone: str, currency: str, locale: str) -> Ready:
    """The same rules in the company's own time zone and currency; those a rulebook says already stay its own.

    Raises BadRules where they cannot be.
    """
    book, said = read.loaded.book, read.files.texts["rulebook.yaml"]
    try:
        if zone and zone != book.timezone:
            said = yaml_editing.put(said, ("timezone",), zone)
        if currency and currency != book.money.currency:
            said = yaml_editing.put(said, ("money",), {"currency": currency, "locale": locale})
    except yaml_editing.Uneditable:
        raise BadRules([Problem("rulebook.yaml", 1, "escreva `timezone:` e `money:` cada um na sua linha")]) from None
    if said == read.files.texts["rulebook.yaml"]:
        return read
    files = Files({**read.files.texts, "rulebook.yaml": said}, read.files.pictures)
    with tempfile.TemporaryDirectory(prefix="tratativa-rules-") as place:
        return ready(folders.lay_out(files, Path(place), book.rulebook))


@transaction.atomic
def publish(
    marketplace: Marketplace,
    loaded: Loaded,
    *,
    from_at: datetime | None,
    at: datetime,
    by: Doer,
    files: Files | None = None,
    name: str = "",
    second: Person | None = None,
) -> Published:
    """Makes it what cases opened from `from_at` on live under, from now where it is None or past.

    The same rules twice are one publication: what applies from then on already is left alone, and only the `files`,
    whose comments and stories may be others, are kept with it. `second` is the other administrator who agreed.
    """
    Marketplace.objects.select_for_update().get(pk=marketplace.pk)
    begins = max(from_at or at, at)
    applies = _applying(marketplace, begins)
    if applies and applies.version.digest == loaded.digest:
        _keep(applies.version, files, at)
        return Published(False, applies.from_at, loaded.book.title)
    signed = Signature(by.person, by.command, second, name[:120])
    version = rulebook_versions.adopt(marketplace, loaded, at=begins, made_at=at, signed=signed)
    _keep(version, files, at)
    return _told(version, loaded.book, applies, begins, at, by=by, second=second)


def applies_already(marketplace: Marketplace, loaded: Loaded, *, from_at: datetime | None, at: datetime) -> bool:
    """Whether these very rules apply from then on already, so that publishing them changes nothing."""
    applies = _applying(marketplace, max(from_at or at, at))
    return applies is not None and applies.version.digest == loaded.digest


@transaction.atomic
def publish_again(
    version: Version, *, from_at: datetime, at: datetime, by: Doer, name: str = "", second: Person | None = None
) -> Published:
    """As `publish`, a version that is kept already."""
    Marketplace.objects.select_for_update().get(pk=version.marketplace_id)
    begins = max(from_at, at)
    applies = _applying(version.marketplace, begins)
    book = rulebook_versions.of_version(version.pk)
    if applies and applies.version_id == version.pk:
        return Published(False, applies.from_at, book.title)
    signed = Signature(by.person, by.command, second, name[:120])
    rulebook_versions.adopt_version(version, at=begins, made_at=at, signed=signed)
    return _told(version, book, applies, begins, at, by=by, second=second)


def _told(
    version: Version,
    book: Rulebook,
    applied: Adoption | None,
    begins: datetime,
    at: datetime,
    *,
    by: Doer,
    second: Person | None,
) -> Published:
    marketplace = version.marketplace
    if not marketplace.rulebook or begins <= at:
        marketplace.rulebook = book.rulebook[:60]
        marketplace.save(update_fields=["rulebook"])
    before = {"version": applied.version.digest[:12]} if applied else {}
    after = {"version": version.digest[:12], "from": begins.isoformat(timespec="minutes")}
    after |= {"second": second.name} if second else {}
    telling.tell(Team(marketplace), telling.PUBLISHED, by=by, about=book.title, before=before, after=after)
    return Published(True, begins, book.title)


def _keep(version: Version, files: Files | None, at: datetime) -> None:
    if files is not None:
        with reach.within(version.marketplace_id):  # the first run publishes before anybody is in
            kept_folders.keep(version, files, at=at)


def has_any(marketplace: Marketplace) -> bool:
    """Whether it has rules, now or from a day on."""
    return Adoption.objects.filter(marketplace=marketplace).exists()


def _applying(marketplace: Marketplace, moment: datetime) -> Adoption | None:
    return _adoptions(marketplace).filter(from_at__lte=moment).first()


def _adoptions(marketplace: Marketplace) -> QuerySet[Adoption]:
    rows = Adoption.objects.filter(marketplace=marketplace).select_related("version")
    return rows.order_by("-from_at", "-made_at", "-id")
