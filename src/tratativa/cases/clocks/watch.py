"""The watch on the clock: what judges compares its clock with the database's, and with the last judged moment.

A worker ten days ahead would miss every deadline, close and write letters; one that is behind would judge again what
is judged. Neither judges: it says so, here and in `tratativa doctor`, until the clock is right or somebody says it is.
A gap forward after a stop is none of this: what fell due meanwhile is judged, dated when it was due.
"""

from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tratativa.accounts import clock, moments
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
        raise WrongClock(_said(trouble))
    return at


def judged(at: datetime) -> None:
    """Remembers that everything due by this moment has been judged."""
    Judged.objects.update_or_create(pk=Judged.ONLY, defaults={"at": at, "trouble": "", "told_at": None})


def accept() -> None:
    """Somebody has looked: the clock is right now, and the last judged moment was not."""
    Judged.objects.filter(pk=Judged.ONLY).delete()


def trouble() -> str:
    """Why nothing is judged, in the language of whoever asks; empty where it is."""
    return _said(Judged.objects.filter(pk=Judged.ONLY).values_list("trouble", flat=True).first() or "")


def _trouble(at: datetime, ahead: timedelta, last: datetime | None) -> str:
    if abs(ahead) > clock.APART:
        return f"{'ahead' if ahead > timedelta() else 'behind'} {abs(ahead).total_seconds():.0f}"
    if last and at < last:
        return f"before {at.timestamp():.0f} {last.timestamp():.0f}"
    return ""


def _said(trouble: str) -> str:
    """What is kept of it, in a sentence; of before it was kept in words, those."""
    word, _blank, rest = trouble.partition(" ")
    if word in {"ahead", "behind"} and rest.isdigit():
        said = _AHEAD if word == "ahead" else _BEHIND
        return str(said) % {"span": _span(timedelta(seconds=int(rest)))}
    if word == "before":
        now, last = (datetime.fromtimestamp(int(one), UTC) for one in rest.split())
        return str(_BEFORE) % {"now": moments.minute(now, UTC), "last": moments.minute(last, UTC)}
    return trouble


_AHEAD = gettext_lazy(
    "o relógio da máquina do worker está adiantado %(span)s em relação ao do banco. Acerte o relógio: nada é julgado "
    "até lá."
)
_BEHIND = gettext_lazy(
    "o relógio da máquina do worker está atrasado %(span)s em relação ao do banco. Acerte o relógio: nada é julgado "
    "até lá."
)
_BEFORE = gettext_lazy(
    "o relógio do banco diz %(now)s UTC, antes do último momento julgado (%(last)s UTC). Acerte o relógio; se ele está "
    "certo, rode tratativa clock --accept."
)


def _span(span: timedelta) -> str:
    seconds = span.total_seconds()
    if seconds < 7200:
        return f"{seconds / 60:.0f} min"
    if seconds < 172_800:
        return f"{seconds / 3600:.0f} h"
    return _("%(count)d dias") % {"count": round(seconds / 86_400)}


@transaction.atomic
def _tell(sentence: str, at: datetime) -> None:
    row, _made = Judged.objects.select_for_update().get_or_create(pk=Judged.ONLY)
    if row.trouble != sentence:
        row.told_at = row.told_at if row.trouble else at  # since when; how far apart they are may change
        row.trouble = sentence
        row.save(update_fields=["trouble", "told_at"])
