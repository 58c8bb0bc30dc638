"""What queues answered, read where the case that asked is read: the words stay the child's own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from tratativa.accounts.actors import Actor
from tratativa.cases import events
from tratativa.cases.core import audience, visibility
from tratativa.cases.models import Attachment, Entry
from tratativa.cases.reading.lines import Line
from tratativa.rulebook.terms.parties import Party


def fill(lines: Sequence[Line], actor: Actor) -> list[Line]:
    """The lines, those that say a queue answered with what it wrote since the one before, and its files.

    Two queries where a queue answered, none elsewhere. `lines` are of one case, oldest first.
    """
    asked = {line.data["child"] for line in lines if line.event == events.ChildAnswered.name}
    if not asked:
        return list(lines)
    said, told = _said(asked, actor), dict.fromkeys(asked, 0)
    files = _files([entry for entries in said.values() for entry in entries], actor)
    return [_filled(line, said, told, files) if line.data.get("child") in asked else line for line in lines]


def _filled(
    line: Line,
    said: Mapping[str, list[Entry]],
    told: dict[str, int],
    files: Mapping[object, list[Attachment]],
) -> Line:
    if line.event != events.ChildAnswered.name:
        return line
    child, number = line.data["child"], line.data["number"]
    since = [entry for entry in said[child] if told[child] < entry.number <= number]
    told[child] = number
    words = [entry for entry in since if entry.said]
    if not words:
        return line
    return replace(
        line,
        who=since[-1].case.partner.name if since[-1].case.partner else line.who,
        words="\n\n".join(one.said for one in words),
        rich=words[0].rich if len(words) == 1 else "",
        files=tuple(file for entry in since for file in files[entry.pk]),
    )


def _said(children: Iterable[str], actor: Actor) -> Mapping[str, list[Entry]]:
    """What partners wrote in these child cases and the actor may read, by the child's key, oldest first."""
    cases = visibility.visible_cases(actor).filter(pk__in=children)
    written = Entry.objects.filter(case__in=cases, event=events.Posted.name, party=str(Party.PARTNER))
    heard = written.annotate(heard=audience.heard_by(actor.party)).filter(heard__gt=0)
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in heard.select_related("words", "case__partner").order_by("number"):
        found[str(entry.case_id)].append(entry)
    return found


def _files(entries: Sequence[Entry], actor: Actor) -> Mapping[object, list[Attachment]]:
    found: dict[object, list[Attachment]] = defaultdict(list)
    for file in visibility.visible_files(actor).filter(entry__in=entries).order_by("added_at", "id"):
        found[file.entry_id].append(file)
    return found
