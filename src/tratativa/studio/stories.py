"""Stories that expect a moment the draft no longer gives: somebody decides that they expect the present one."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from tratativa.accounts.people.refusals import Refused
from tratativa.accounts.people.team import Doer
from tratativa.studio import drafts, saving
from tratativa.studio.everyday import parts
from tratativa.studio.everyday.inputs import Edit
from tratativa.studio.models import Draft, Rehearsal


def offered(rehearsal: Rehearsal) -> list[dict[str, Any]]:
    """What failed for a moment's sake alone, each with the moment the draft gives."""
    return [one for one in rehearsal.told if isinstance(one, dict) and one.get("gives")]


@transaction.atomic
def accept(draft: Draft, rehearsal: Rehearsal, place: int | None, *, by: Doer, at: datetime) -> int:
    """The story at this place among those offered, or all of them, expect what the draft gives; how many moments were
    written. Its file keeps its comments and every other line.

    Raises Refused where the draft is no longer what was played, or the file is not written so that it can be, and
    drafts.Gone.
    """
    locked = Draft.objects.select_for_update().filter(pk=draft.pk).first()
    if locked is None:
        raise drafts.Gone
    if rehearsal.draft_id != draft.pk or rehearsal.revision != locked.revision or rehearsal.state != "done":
        raise Refused(_("O rascunho mudou depois do ensaio: ensaie de novo antes de mudar uma história."), "")
    rows = offered(rehearsal)
    chosen = rows if place is None else rows[place : place + 1]
    by_file: dict[str, list[dict[str, Any]]] = {}
    for one in chosen:
        by_file.setdefault(one["file"], []).append(one)
    for path, ones in by_file.items():
        kept = draft.files.filter(path=path, picture="").first()
        if kept is None:
            raise Refused(_("O arquivo foi tirado do rascunho por outra pessoa."), "")
        said = kept.text
        for one in ones:
            said = parts.edited(said, Edit("put", tuple(one["loc"]), one["gives"]))
        saving.save(draft, path, said, known=kept.revision, by=by, at=at)
    return len(chosen)
