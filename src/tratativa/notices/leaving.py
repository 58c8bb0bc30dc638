"""Leaving: when a new notice goes out by which way; what is read by then, or by nobody to be told, stays."""

from datetime import datetime, timedelta

from tratativa.cases.core import rulebook_versions, work
from tratativa.notices import choosing
from tratativa.notices.choosing import Ways
from tratativa.notices.models import Email, Notice, Subscription

# So long it waits for whoever has the case before them to read it there, and for more of the same.
SETTLES = timedelta(minutes=2)
PUSH_SETTLES = timedelta(seconds=20)


def ask(notice: Notice, ways: Ways, *, at: datetime) -> None:
    """Writes the jobs of a new notice that goes by push, or by e-mail at once, in the transaction that made it."""
    lock = f"notice:{notice.pk}"
    if ways.push and Subscription.objects.filter(person=notice.person_id).exists():
        work.ask("notices.push", at=moment(notice, at + PUSH_SETTLES), lock=lock, notice_id=notice.pk)
    if ways.email == Email.ONCE:
        work.ask("notices.email", at=moment(notice, at + SETTLES), lock=lock, notice_id=notice.pk)


def moment(notice: Notice, at: datetime) -> datetime:
    """When the notice may disturb its person, from a moment on."""
    zone = rulebook_versions.in_force(notice.marketplace_id).clock.zone
    return choosing.disturbs_from(choosing.hours(notice.person_id), at, zone)
