"""Saving: a draft's files are changed one by one, and nobody writes over what they never saw."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Sum
from django.db.models.functions import Length
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tratativa.accounts import audit, text
from tratativa.accounts.people import telling
from tratativa.accounts.people.refusals import Refused
from tratativa.accounts.people.team import Doer, Team
from tratativa.rulebook import folders
from tratativa.studio import drafts
from tratativa.studio.models import Draft, File

LARGEST = 400_000  # letters of one file; a form takes a megabyte
LONGEST_PATH = 240
NEVER_GONE = "rulebook.yaml"

SAVED = audit.register(
    "rules.draft_saved", gettext_lazy("Mudou um rascunho das regras"), {"file": gettext_lazy("Arquivo")}
)


class SavedMeanwhile(Exception):
    """Somebody else saved the file after it was shown; `theirs` is what they saved, None where they took it away."""

    def __init__(self, theirs: File | None) -> None:
        super().__init__()
        self.theirs = theirs


@transaction.atomic
def save(draft: Draft, path: str, words: str, *, known: int, by: Doer, at: datetime) -> bool:
    """Keeps what a file says now; False where it said so already. `known` is its revision as it was shown.

    Raises SavedMeanwhile, and Refused for what is too long.
    """
    locked = _lock(draft)
    said = clean(words)
    kept = File.objects.select_related("changed_by").filter(draft=locked, path=path, picture="").first()
    if kept is None or kept.revision != known:
        if kept is not None and kept.text == said:
            return False
        raise SavedMeanwhile(kept)
    if kept.text == said:
        return False
    _check_room(locked, said, instead_of=path)
    kept.text = said
    _keep(locked, kept, by, at)
    return True


@transaction.atomic
def add(draft: Draft, path: str, words: str, *, by: Doer, at: datetime) -> File:
    """A file more. Raises Refused for a name no rulebook has, one that is taken, or one too many."""
    locked = _lock(draft)
    path = text.line(path)
    if not folders.is_path(path) or path.startswith("../"):
        raise Refused(
            _("Um arquivo se chama como reasons.yaml, templates/recebido.md ou scenarios/atraso.yaml."), "path"
        )
    if len(path) > LONGEST_PATH or any(len(part.encode()) > 200 for part in path.split("/")):
        raise Refused(_("O nome do arquivo é longo demais."), "path")
    others = File.objects.filter(draft=locked)
    if others.filter(path__istartswith=f"{path}/").exists() or others.filter(path__in=_above(path)).exists():
        raise Refused(_("Um nome não é de um arquivo e de uma pasta ao mesmo tempo."), "path")
    if File.objects.filter(draft=locked, path__iexact=path).exists():
        raise Refused(_("Já há um arquivo com este nome."), "path")
    if File.objects.filter(draft=locked).count() >= folders.MOST_FILES:
        raise Refused(_("Um rascunho tem até %(most)d arquivos.") % {"most": folders.MOST_FILES}, "path")
    made = File(draft=locked, path=path, text=clean(words))
    _check_room(locked, made.text, instead_of=path)
    _keep(locked, made, by, at)
    return made


@transaction.atomic
def remove(draft: Draft, path: str, *, known: int, by: Doer, at: datetime) -> bool:
    """A file less; False where it was gone already. `known` is its revision as it was shown.

    Raises Refused for the one no rulebook is without, and SavedMeanwhile.
    """
    locked = _lock(draft)
    if path == NEVER_GONE:
        raise Refused(_("Sem %(path)s não há regras.") % {"path": path}, "path")
    kept = File.objects.select_related("changed_by").filter(draft=locked, path=path).first()
    if kept is None:
        return False
    if kept.revision != known:
        raise SavedMeanwhile(kept)
    kept.delete()
    _note(locked, path, by, at)
    return True


def _check_room(draft: Draft, said: str, *, instead_of: str) -> None:
    """Raises Refused where all texts together would be more than anybody reads as rules."""
    others = File.objects.filter(draft=draft).exclude(path=instead_of).aggregate(letters=Sum(Length("text")))["letters"]
    if (others or 0) + len(said) > folders.MOST_LETTERS:
        raise Refused(
            _("Os arquivos do rascunho passariam, somados, de %(most)d letras: encurte este, ou tire outro.")
            % {"most": folders.MOST_LETTERS},
            "text",
        )


def _above(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[:number]) for number in range(1, len(parts))]


def clean(words: str) -> str:
    """A file's text as it is kept. Raises Refused for one that is too long."""
    said = text.piece(words)
    if len(said) > LARGEST:
        raise Refused(_("O arquivo passa de %(most)d letras; divida-o.") % {"most": LARGEST}, "text")
    return said if said.endswith("\n") or not said else said + "\n"


def _lock(draft: Draft) -> Draft:
    """The draft, nobody else's to change until this is done. Raises drafts.Gone."""
    locked = Draft.objects.select_for_update(of=("self",)).select_related("marketplace").filter(pk=draft.pk).first()
    if locked is None:
        raise drafts.Gone
    return locked


def _keep(draft: Draft, file: File, by: Doer, at: datetime) -> None:
    assert by.person is not None  # a draft is somebody's
    file.revision, file.changed_by, file.changed_at = draft.revision + 1, by.person, at
    file.save()
    _note(draft, file.path, by, at)


def _note(draft: Draft, path: str, by: Doer, at: datetime) -> None:
    Draft.objects.filter(pk=draft.pk).update(revision=F("revision") + 1, changed_by=by.person, changed_at=at)
    telling.tell(Team(draft.marketplace), SAVED, by=by, about=draft.name, after={"file": path})
