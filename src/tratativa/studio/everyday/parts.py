"""Parts: which everyday changes there are of a draft, and one of them made: edited, read back, checked, saved."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tratativa.accounts.people.refusals import Refused
from tratativa.accounts.people.team import Doer
from tratativa.rulebook import yaml_editing
from tratativa.rulebook.folders import Files
from tratativa.rulebook.terms import yaml_source
from tratativa.studio import drafts, saving
from tratativa.studio.everyday import conduct, deadlines, holidays, hours, labels, reasons, score
from tratativa.studio.everyday.inputs import Edit, Given, Input, Item
from tratativa.studio.models import Draft, File


@dataclass(frozen=True)
class Part:
    """One kind of change: its heading, its file, its things, the fields and the edits of each."""

    heading: str | Promise
    file: str
    items: Callable[[Any], list[Item]]
    inputs: Callable[[Any, str], list[Input]]
    edits: Callable[[Any, str, Given], Iterator[Edit]]


def _part(heading: str | Promise, of: Any) -> Part:
    return Part(heading, of.FILE, of.items, of.inputs, of.edits)


PARTS: Mapping[str, Part] = MappingProxyType(
    {
        "deadlines": _part(gettext_lazy("Prazos"), deadlines),
        "reasons": _part(gettext_lazy("Motivos"), reasons),
        "actions": _part(gettext_lazy("Ações"), labels),
        "hours": _part(gettext_lazy("Horário"), hours),
        "holidays": _part(gettext_lazy("Feriados"), holidays),
        "conduct": _part(gettext_lazy("Conduta"), conduct),
        "score": _part(gettext_lazy("Desempenho"), score),
    }
)


class Unreadable(LookupError):
    """The file is not there, or not written so that a form could change it: a person must."""


def data(draft: Draft, part: Part) -> tuple[Any, File]:
    """What the part's file says, and the file. Raises Unreadable."""
    kept = draft.files.filter(path=part.file, picture="").first()
    if kept is None:
        raise Unreadable(part.file)
    try:
        said = yaml_source.read(kept.text.encode(), part.file).data
    except yaml_source.BadYaml:
        raise Unreadable(part.file) from None
    shaped = list if part.file != "rulebook.yaml" else dict
    if not isinstance(said, shaped) or (isinstance(said, list) and not all(isinstance(one, dict) for one in said)):
        raise Unreadable(part.file)
    return said, kept


def change(draft: Draft, kept: File, edits: Iterable[Edit], *, known: int, by: Doer, at: datetime) -> bool:
    """Makes the edits in the file and saves it; whether anything changed.

    Raises Refused where the file could not say it, or where the rules would have a problem they had not; and
    SavedMeanwhile as `saving.save`.
    """
    said = kept.text
    for edit in edits:
        said = edited(said, edit)
    if said == kept.text:
        return False
    if new := _new_problems(draft, kept.path, said):
        raise Refused("; ".join(new[:3]), "")
    return saving.save(draft, kept.path, said, known=known, by=by, at=at)


def edited(said: str, edit: Edit) -> str:
    """The file with the edit made, comments and order as they were. Raises Refused where it cannot be."""
    try:
        if edit.do == "put":
            return yaml_editing.put(said, edit.path, edit.value)
        if edit.do == "append":
            return yaml_editing.append(said, edit.path, edit.value)
        return yaml_editing.drop(said, edit.path)
    except yaml_editing.Uneditable:
        raise Refused(_("Isto está escrito de um modo que só se muda no arquivo."), "") from None


def _new_problems(draft: Draft, path: str, said: str) -> list[str]:
    """What would be wrong with the rules that is not wrong now."""
    now = drafts.files(draft)
    before = {one.text for one in drafts.problems_of(now)}
    return [
        one.text for one in drafts.problems_of(Files({**now.texts, path: said}, now.pictures)) if one.text not in before
    ]
