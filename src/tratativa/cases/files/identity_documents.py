"""Identity documents: files of which every opening is logged, and whose bytes are thrown away when they expire."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from tratativa.accounts.actors import Actor
from tratativa.cases import door, events
from tratativa.cases.core import apart, audience
from tratativa.cases.core.change import Change
from tratativa.cases.files import attachments
from tratativa.cases.models import Attachment
from tratativa.rulebook.terms.parties import Party

KEPT = timedelta(days=90)
BATCH = 500


@contextmanager
def protecting(change: Change, files: Sequence[Attachment]) -> Iterator[None]:
    """The entry recorded inside brings these files as identity papers: they live ninety days from now (LGPD art. 15,
    what has served its purpose).

    So do the same bytes where they already stand on the case; the entry says until when, else nothing may. What is
    filed long after it came lives as long from the case's newest entry: else it would be over before anybody saw it.
    """
    newest = change.case.entries.order_by("-number").values_list("at", flat=True).first()
    ends = max(change.at, newest or change.at) + KEPT
    until = {"sensitive": True, "expires_at": ends}
    for file in files:
        file.sensitive, file.expires_at = True, ends
    waiting = Attachment.objects.filter(pk__in=[file.pk for file in files], entry=None, added_by=change.by.person_id)
    waiting.update(**until)
    yield
    standing = [file.path for file in files if file.entry_id]
    Attachment.objects.filter(case=change.case, path__in=standing, sensitive=False).update(**until)


def is_looked_into(file: Attachment, *, by: Actor) -> bool:
    """Whether this is an identity paper that somebody other than who sent it opens."""
    return file.sensitive and file.case_id is not None and by.party is not Party.CUSTOMER


def opened(file: Attachment, *, by: Actor, at: datetime) -> None:
    """Logs that somebody other than who sent it opened an identity paper; the team and its owner can read of it."""
    if file.case_id is None or not is_looked_into(file, by=by):
        return
    with door.judging(file.case_id, by=by, at=at) as change:
        readers = audience.of(Party.MARKETPLACE, Party.CUSTOMER)
        change.record(events.DocumentOpened(attachment=str(file.pk)), to=readers & change.everyone)


def expire(*, at: datetime) -> int:
    """Throws away the bytes of identity papers whose time has come; their names stay in the record."""
    found = list(Attachment.objects.filter(sensitive=True, expires_at__lte=at).exclude(path="")[:BATCH])
    return apart.each(found, _throw_away, what="throwing away an identity paper")


def _throw_away(file: Attachment) -> None:
    attachments.throw_away(file)
    file.path = file.picture = ""
    file.save(update_fields=["path", "picture"])
