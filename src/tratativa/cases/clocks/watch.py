"""The watch on the clock: what judges compares its clock with the database's, and with the last judged moment.

A worker ten days ahead would miss every deadline, close and write letters; one that is behind would judge again what
is judged. Neither judges: it says so, here and in `tratativa doctor`, until the clock is right or somebody says it is.
A gap forward after a stop is none of this: what fell due meanwhile is judged, dated when it was due.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from tratativa.accounts import clock
from tratativa.cases.models import Judged


class WrongClock(Exception):
    """The clock cannot be believed; its text says why and what to do."""


def look() -> datetime:
    """The moment to judge as of. Raises WrongClock, and keeps what it says for whoever asks what is wrong."""
    at = clock.asked()
    ahead = timezone.now() - at
    last = Judged.objects.filter(pk=Judged.ONLY).values_list("at", flat=True).first()
    trouble = _trouble(at, ahead, last)
    if trouble:
        _tell(trouble, at)
        raise WrongClock(trouble)
    return at


def judged(at: datetime) -> None:
    """Remembers that everything due by this moment has been judged."""
    Judged.objects.update_or_create(pk=Judged.ONLY, defaults={"at": at, "trouble": "", "told_at": None})


def accept() -> None:
    """Somebody has looked: the clock is right now, and the last judged moment was not."""
    Judged.objects.filter(pk=Judged.ONLY).delete()


def trouble() -> str:
    """Why nothing is judged; empty where it is."""
    return Judged.objects.filter(pk=Judged.ONLY).values_list("trouble", flat=True).first() or ""


def _trouble(at: datetime, ahead: timedelta, last: datetime | None) -> str:
    if abs(ahead) > clock.APART:
        way = "adiantado" if ahead > timedelta() else "atrasado"
        return (
            f"o relógio da máquina do worker está {way} {_span(abs(ahead))} em relação ao do banco. "
            "Acerte o relógio: nada é julgado até lá."
        )
    if last and at < last:
        return (
            f"o relógio do banco diz {at:%d/%m/%Y %H:%M} UTC, "
            f"antes do último momento julgado ({last:%d/%m/%Y %H:%M} UTC). "
            "Acerte o relógio; se ele está certo, rode tratativa clock --accept."
        )
    return ""


def _span(span: timedelta) -> str:
    seconds = span.total_seconds()
    if seconds < 7200:
        return f"{seconds / 60:.0f} min"
    return f"{seconds / 3600:.0f} h" if seconds < 172_800 else f"{seconds / 86_400:.0f} dias"


@transaction.atomic
def _tell(sentence: str, at: datetime) -> None:
    row, _made = Judged.objects.select_for_update().get_or_create(pk=Judged.ONLY)
    if row.trouble != sentence:
        row.told_at = row.told_at if row.trouble else at  # since when; how far apart they are may change
        row.trouble = sentence
        row.save(update_fields=["trouble", "told_at"])
