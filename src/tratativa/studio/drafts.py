"""Drafts: rules somebody is writing, begun from what applies or from files that came, and read as rules."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tratativa.accounts import audit, text
from tratativa.accounts.models import Marketplace, Person
from tratativa.accounts.people import telling
from tratativa.accounts.people.refusals import Refused
from tratativa.accounts.people.team import Doer, Team
from tratativa.cases.core import rulebook_versions
from tratativa.cases.models import Version
from tratativa.founding import kept_folders, rules
from tratativa.founding.rules import BadRules
from tratativa.rulebook import folders
from tratativa.rulebook.folders import Files, Ready
from tratativa.rulebook.language.rulebook import Rulebook
from tratativa.rulebook.terms.problems import Problem
from tratativa.studio.models import Draft, File

MOST = 20  # of one marketplace at a time
LONGEST_NAME = 120
HOME = "rascunho"  # what a draft's folder is called while it is read

BEGUN = audit.register("rules.draft_begun", gettext_lazy("Começou um rascunho das regras"))
DISCARDED = audit.register("rules.draft_discarded", gettext_lazy("Descartou um rascunho das regras"))


class Gone(Exception):
    """The draft was published or discarded by somebody else while this one was at work on it."""


def of(marketplace: Marketplace) -> QuerySet[Draft]:
    """Its drafts, the one saved last first, each with who made and who saved it."""
    found = Draft.objects.filter(marketplace=marketplace).select_related("made_by", "changed_by", "base")
    return found.defer("base__source").order_by("-changed_at", "-id")


def begin(marketplace: Marketplace, name: str, *, by: Doer, at: datetime) -> Draft:
    """A draft of the rules that apply now. Raises Refused, and NoRulebook while there are none."""
    base = rulebook_versions.current(marketplace.pk, at=at)
    whole = Version.objects.select_related("marketplace").get(pk=base.pk)
    return begin_from(marketplace, kept_folders.of(whole), name, by=by, at=at, base=whole)


@transaction.atomic
def begin_from(
    marketplace: Marketplace, files: Files, name: str, *, by: Doer, at: datetime, base: Version | None = None
) -> Draft:
    """A draft of these files. Raises Refused where there are too many drafts, or too many files, or too much said."""
    person = _person(by)
    _check_size(files)
    Marketplace.objects.select_for_update().get(pk=marketplace.pk)
    if Draft.objects.filter(marketplace=marketplace).count() >= MOST:
        raise Refused(_("Já há %(most)d rascunhos. Descarte um antes de começar outro.") % {"most": MOST}, "name")
    draft = Draft.objects.create(
        marketplace=marketplace, base=base, name=name_of(name), made_by=person, made_at=at, changed_by=person,
        changed_at=at,
    )  # fmt: skip
    drawn = kept_folders.keep_pictures(marketplace, files.pictures)
    said = [*((path, one, "") for path, one in files.texts.items()), *((path, "", one) for path, one in drawn.items())]
    File.objects.bulk_create(
        File(draft=draft, path=path, text=words, picture=picture, changed_by=person, changed_at=at)
        for path, words, picture in said
    )
    telling.tell(Team(marketplace), BEGUN, by=by, about=draft.name)
    return draft


def _check_size(files: Files) -> None:
    if len(files.texts) + len(files.pictures) > folders.MOST_FILES:
        raise Refused(_("Um rascunho tem até %(most)d arquivos.") % {"most": folders.MOST_FILES}, "name")
    if sum(map(len, files.texts.values())) > folders.MOST_LETTERS:
        said = _("Os arquivos de um rascunho têm, somados, até %(most)d letras.")
        raise Refused(said % {"most": folders.MOST_LETTERS}, "name")


class ChangedMeanwhile(Exception):
    """The draft was changed after it was shown; `draft` is as it stands now."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self.draft = draft


@transaction.atomic
def discard(draft: Draft, *, known: int, proposed: str = "", by: Doer) -> None:
    """Throws it away with its files; what applies stays as it is. `known` is its revision as it was shown, `proposed`
    the proposal that stood then.

    Raises ChangedMeanwhile: what was saved or proposed since is nothing anybody meant to throw away.
    """
    rows = Draft.objects.select_for_update(of=("self",)).select_related("marketplace", "changed_by", "proposed_by")
    locked = rows.filter(pk=draft.pk).first()
    if locked is None:
        return
    if locked.revision != known or locked.proposal not in {"", proposed}:
        raise ChangedMeanwhile(locked)
    locked.delete()
    telling.tell(Team(draft.marketplace), DISCARDED, by=by, about=draft.name)


def name_of(raw: str) -> str:
    """What a draft is called. Raises Refused."""
    cleaned = text.line(raw)
    if not cleaned or len(cleaned) > LONGEST_NAME:
        raise Refused(_("Dê um nome ao rascunho, com até %(most)d letras.") % {"most": LONGEST_NAME}, "name")
    return cleaned


def is_behind(draft: Draft, *, at: datetime) -> bool:
    """Whether others apply by now than those it began from: publishing it may undo what changed since."""
    try:
        return draft.base_id is not None and draft.base_id != rulebook_versions.current(draft.marketplace_id, at=at).pk
    except rulebook_versions.NoRulebook:
        return False


def files(draft: Draft) -> Files:
    """Its files as they were saved last."""
    rows = list(draft.files.order_by("path"))
    drawn = kept_folders.drawn(draft.marketplace, {one.path: one.picture for one in rows if one.picture})
    return Files({one.path: one.text for one in rows if not one.picture}, drawn)


@contextmanager
def laid_out(files: Files) -> Iterator[Path]:
    """A folder with these files, for as long as this lasts."""
    with tempfile.TemporaryDirectory(prefix="tratativa-draft-") as place:
        yield folders.lay_out(files, Path(place), HOME)


def ready(draft: Draft) -> Ready:
    """Its rules and its files, where nothing is wrong with them. Raises BadRules, its files named as the draft's."""
    return _read(files(draft))


def _read(files: Files) -> Ready:
    with laid_out(files) as folder:
        try:
            return rules.ready(folder)
        except BadRules as bad:
            raise BadRules([_of_the_draft(one) for one in bad.problems]) from None


def rulebook(draft: Draft) -> Rulebook:
    """Its rules, where nothing is wrong with them. Raises BadRules."""
    return ready(draft).loaded.book


def look(draft: Draft) -> tuple[Ready | None, list[Problem]]:
    """Its rules and its files, or what is wrong with them, by file and line: the one where there is none of the other.

    To read all of a draft takes longest of what its pages do: a page looks once.
    """
    return _look(files(draft))


def problems(draft: Draft) -> list[Problem]:
    """What is wrong with its rules, by file and line; nothing where they can be worked under."""
    return look(draft)[1]


def problems_of(files: Files) -> list[Problem]:
    """As `problems`, of files nobody saved yet."""
    return _look(files)[1]


def _look(files: Files) -> tuple[Ready | None, list[Problem]]:
    try:
        return _read(files), []
    except BadRules as bad:
        return None, bad.problems


def _of_the_draft(one: Problem) -> Problem:
    return Problem(one.file.removeprefix(f"{HOME}/"), one.line, one.text)


def _person(by: Doer) -> Person:
    if by.person is None:
        raise ValueError("a draft is somebody's")
    return by.person
