"""Remarks on a draft: what the linter says, and what failed as its stories were played, each with its file and line."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from tratativa.rulebook.terms.problems import Problem
from tratativa.studio import rehearsing, stories
from tratativa.studio.models import Draft, Rehearsal

SHOWN = 100  # remarks of a page

_MOMENT = re.compile(r"\b\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d)?\b")
_PLACE = re.compile(r"\s*(?P<file>[\w./ -]+\.yaml):(?P<line>\d+): (?P<text>.*)")


def row(draft: Draft, one: Problem) -> dict[str, Any]:
    """A remark as the list draws it: where it stands and the way there."""
    return {"place": f"{one.file}:{one.line}", "text": one.text, "url": address(draft, one.file, one.line)}


def address(draft: Draft, file: str, line: int) -> str:
    """The draft's page with this file open at this line."""
    return reverse("rules_draft", args=[draft.pk], query={"file": file, "line": line}) + "#editor"


def of_rehearsal(draft: Draft) -> dict[str, Any] | None:
    """How the stories went that were asked for last, and whether the draft is still what was played."""
    last = rehearsing.last(draft)
    if last is None:
        return None
    return {
        "state": last.state,
        "passed": last.passed,
        "failed": last.failed,
        "ended_at": last.ended_at,
        "by": last.asked_by.name,
        "outdated": last.state in {"done", "stopped"} and last.revision != draft.revision,
        "key": last.pk,
        "lines": list(_lines(draft, last)),
        "offers": len(stories.offered(last)),
    }


def unproven(last: dict[str, Any] | None) -> str:
    """Why this rehearsal proves nothing of the draft as it stands; empty where all its stories passed."""
    if last is None or last["outdated"] or last["state"] != "done":
        return _("As histórias não foram encenadas com o rascunho como está.")
    if last["failed"]:
        return _("Há histórias que falharam no ensaio.")
    return "" if last["passed"] else _("O rascunho não tem histórias que o provem.")


def _lines(draft: Draft, last: Rehearsal) -> Iterator[dict[str, Any]]:
    """What failed, story by story; what may be accepted with its place among the offers."""
    place = 0
    for one in last.told:
        if isinstance(one, str):
            yield _line(draft, one)
            continue
        url = address(draft, one["file"], one["line"])
        said = {name: _in_words(str(one.get(name) or "")) for name in ("expected", "actual", "gives")}
        row = {"place": f"{one['file']}:{one['line']}", "url": url, "text": one["what"], **one, **said, "offer": None}
        if one.get("gives"):
            row["offer"], place = place, place + 1
        yield row


def _in_words(said: str) -> str:
    """What a story writes for machines, as people write it: its days and hours, and how a deadline stands."""
    said = _MOMENT.sub(lambda found: _moment(found.group()), said)
    name, blank, rest = said.partition(" ")
    standing = {
        "due": _("até"), "met": _("cumprido"), "missed": _("perdido"), "none": _("nenhum"), "paused": _("parado"),
        "released": _("dispensado"),
    }  # fmt: skip
    return f"{standing[name]}{blank}{rest}" if name in standing and (not rest or name == "due") else said


def _moment(written: str) -> str:
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        return written
    return date_format(at, "SHORT_DATETIME_FORMAT" if ":" in written else "SHORT_DATE_FORMAT")


def _line(draft: Draft, said: str) -> dict[str, str]:
    found = _PLACE.fullmatch(said)
    if found is None:
        return {"text": said}
    place = f"{found['file']}:{found['line']}"
    return {"place": place, "text": found["text"], "url": address(draft, found["file"], int(found["line"]))}
