"""A line of the audit log as the page and the file show it: who, when, from where, what, before → after."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from tratativa.accounts import moments
from tratativa.accounts.audit import registry
from tratativa.accounts.audit.models import AuditLine

_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?")


@dataclass(frozen=True)
class Changed:
    """One value, as it was and as it became; `was` or `now` is empty where there was or is none."""

    name: str
    was: str
    now: str


def row(line: AuditLine, now: datetime) -> dict[str, Any]:
    """What the page's table shows of a line."""
    return {
        "at": line.at,
        "when": moments.short(line.at, now),
        "exact": moments.long(line.at),
        "who": _who(line),
        "email": line.who.email if line.who else "",
        "whence": line.whence,
        "what": registry.sentence(line.what),
        "about": registry.about(line.what, line.about),
        "organisation": _organisation(line),
        "changes": _changes(line),
    }


def cells(line: AuditLine) -> list[str]:
    """The line's cells in the file: the moment whole, days as they are kept."""
    return [
        timezone.localtime(line.at).isoformat(timespec="seconds"), _who(line), line.who.email if line.who else "",
        line.whence, registry.sentence(line.what), line.what, registry.about(line.what, line.about),
        _organisation(line), _side(line.what, line.before), _side(line.what, line.after),
    ]  # fmt: skip


def _who(line: AuditLine) -> str:
    if line.who:
        return line.who.name
    if line.by_command in registry.UNNAMED:
        return str(registry.UNNAMED[line.by_command])
    if line.by_command:
        return _("comando %(name)s") % {"name": line.by_command}
    return _("Quem tem o link de %(name)s") % {"name": line.partner}


def _organisation(line: AuditLine) -> str:
    return str(line.seller or line.partner or "")


def _changes(line: AuditLine) -> list[Changed]:
    names = [*line.after, *(name for name in line.before if name not in line.after)]
    return [
        Changed(registry.name(line.what, name), _read(line.what, name, line.before), _read(line.what, name, line.after))
        for name in names
    ]


def _side(code: str, values: dict[str, Any]) -> str:
    return "; ".join(
        f"{registry.name(code, name)}: {registry.value(code, name, value)}" for name, value in values.items()
    )


def _read(code: str, name: str, values: dict[str, Any]) -> str:
    """As people read it on the page: a day or a moment as their language writes it; the file keeps it as it is."""
    shown = registry.value(code, name, values.get(name))
    if not _MOMENT.fullmatch(shown):
        return shown
    try:
        if "T" not in shown:
            return moments.day(date.fromisoformat(shown))
        at = datetime.fromisoformat(shown)
    except ValueError:  # a number that only looks like a day
        return shown
    return moments.long(at) if at.tzinfo else shown
