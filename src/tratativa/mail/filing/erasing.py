"""Erasing: what the cases throw away goes from the letters it came in too; that there was a letter stays on record."""

from datetime import datetime

from django.core.files.storage import default_storage
from django.db.models import Exists, OuterRef

from tratativa.cases.core import apart
from tratativa.cases.models import Attachment
from tratativa.mail.models import Arrival

_BATCH = 500


def follow(*, at: datetime) -> int:
    """Erases the letters that brought files whose bytes have expired (LGPD arts. 15 and 16); how many.

    The raw letter holds those files, and its folded lines may hold what stood around them: both go whole.
    """
    expired = Attachment.objects.filter(
        sensitive=True, path="", entry__case=OuterRef("case"), entry__at=OuterRef("at"), entry__party="customer"
    )
    found = list(Arrival.objects.filter(Exists(expired), verified=True, erased_at=None)[:_BATCH])
    return apart.each(found, lambda arrival: erase(arrival, at=at), what="erasing a letter")


def erase(arrival: Arrival, *, at: datetime) -> None:
    """Throws away a letter's bytes and its folded lines. What it said on the case is the ledger's to keep or erase."""
    if arrival.path:
        default_storage.delete(arrival.path)
    arrival.path, arrival.folded, arrival.erased_at = "", "", at
    arrival.save(update_fields=["path", "folded", "erased_at"])
