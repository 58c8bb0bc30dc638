"""Absences: who of a team is away between two days, and which colleague has their cases meanwhile."""

import time
import uuid
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tratativa.accounts import audit, moments, rights
from tratativa.accounts.models import Membership, Person
from tratativa.accounts.people import telling
from tratativa.accounts.people.models import Absence
from tratativa.accounts.people.refusals import Refused
from tratativa.accounts.people.team import Doer, Team
from tratativa.accounts.rights import Right

_NAMES = {"first": gettext_lazy("Primeiro dia"), "last": gettext_lazy("Último dia"), "cover": gettext_lazy("Cobre")}
PLANNED = audit.register("people.absence_planned", gettext_lazy("Anotou a ausência de uma pessoa"), _NAMES)
ENDED = audit.register("people.absence_ended", gettext_lazy("Encerrou a ausência de uma pessoa"), _NAMES)

LONGEST = timedelta(days=731)
_REMEMBERED = 10.0  # seconds
_Key = tuple[uuid.UUID, uuid.UUID | None, date]
_KNOWN: dict[_Key, tuple[float, Mapping[uuid.UUID, Absence]]] = {}


def of(team: Team) -> QuerySet[Absence]:
    """The absences of the team's people that were not called off, each with its person and who covers."""
    kept = Absence.objects.filter(marketplace=team.marketplace, seller=team.seller, ended_at=None)
    return kept.select_related("person", "cover")


def coming(team: Team, day: date) -> QuerySet[Absence]:
    """Those that are not over on this day, what begins first."""
    return of(team).filter(last__gte=day).order_by("first", "person__name", "pk")


def on(marketplace_id: uuid.UUID, seller_id: uuid.UUID | None, day: date) -> Mapping[uuid.UUID, Absence]:
    """Who of the team is away that day, by their key, each with the person and who covers."""
    rows = Absence.objects.filter(
        marketplace=marketplace_id, seller=seller_id, ended_at=None, first__lte=day, last__gte=day
    )
    return {one.person_id: one for one in rows.select_related("person", "cover").order_by("made_at")}


def known(marketplace_id: uuid.UUID, seller_id: uuid.UUID | None, day: date) -> Mapping[uuid.UUID, Absence]:
    """As `on`, remembered for ten seconds in each process: every list and every case shows it."""
    key = (marketplace_id, seller_id, day)
    kept = _KNOWN.get(key)
    if kept and time.monotonic() - kept[0] < _REMEMBERED:
        return kept[1]
    found = on(marketplace_id, seller_id, day)
    if len(_KNOWN) > 5000:
        _KNOWN.clear()
    _KNOWN[key] = (time.monotonic(), found)
    return found


def covered_by(person_id: uuid.UUID | None, away: Mapping[uuid.UUID, Absence]) -> list[uuid.UUID]:
    """Whose cases this person has as well, of those who are away."""
    return [key for key, one in away.items() if person_id and one.cover_id == person_id]


@transaction.atomic
def plan(
    team: Team, person: Person, first: date | None, last: date | None, cover: Person | None, *,
    day: date, by: Doer, at: datetime,
) -> Absence:  # fmt: skip
    """Notes that somebody of the team is away from `first` to `last`; `day` is today where the team works.

    Raises Refused.
    """
    Membership.objects.select_for_update(of=("self",)).get(  # two of the same days at once: one of them waits
        person=person, marketplace=team.marketplace, seller=team.seller, partner=team.partner
    )
    first, last = _days(first, last, day)
    meanwhile = of(team).filter(first__lte=last, last__gte=first)
    if other := meanwhile.filter(person=person).first():
        raise Refused(
            _("Já há uma ausência de %(first)s a %(last)s.")
            % {"first": moments.day(other.first), "last": moments.day(other.last)},
            "first",
        )
    if cover:
        _check_cover(team, person, cover, meanwhile)
    noted = Absence.objects.create(
        person=person, marketplace=team.marketplace, seller=team.seller, cover=cover, by=by.person,
        first=first, last=last, made_at=at,
    )  # fmt: skip
    _KNOWN.clear()
    telling.tell(team, PLANNED, by=by, about=person.email, after=_told(noted))
    return noted


@transaction.atomic
def end(team: Team, absence: Absence, *, by: Doer, at: datetime) -> bool:
    """Calls an absence off, or ends it before its last day; whether it still stood."""
    locked = Absence.objects.select_for_update(of=("self",)).filter(pk=absence.pk, ended_at=None).first()
    if locked is None:
        return False
    locked.ended_at = at
    locked.save(update_fields=["ended_at"])
    _KNOWN.clear()
    telling.tell(team, ENDED, by=by, about=absence.person.email, before=_told(absence))
    return True


def covering(team: Team, person: Person, first: date, last: date) -> QuerySet[Absence]:
    """The absences between these days in which this person covers; each with who is away."""
    return of(team).filter(cover=person, first__lte=last, last__gte=first).order_by("first", "pk")


def stop_covering(team: Team, person: Person) -> None:
    """Whoever this person was to cover is nobody's to cover."""
    of(team).filter(cover=person).update(cover=None)
    _KNOWN.clear()


def forget(team: Team, person: Person, *, at: datetime) -> None:
    """Somebody leaves the team: their absences end, and those they were to cover are nobody's to cover."""
    of(team).filter(person=person).update(ended_at=at)
    stop_covering(team, person)


def _days(first: date | None, last: date | None, day: date) -> tuple[date, date]:
    if first is None:
        raise Refused(_("Diga o primeiro dia."), "first")
    last = last or first
    if last < first:
        raise Refused(_("O último dia vem antes do primeiro."), "last")
    if last < day:
        raise Refused(_("Estes dias já passaram."), "last")
    if last - first > LONGEST:
        raise Refused(_("São mais de dois anos: se a pessoa saiu, desative-a na Equipe."), "last")
    return first, last


def _check_cover(team: Team, person: Person, cover: Person, meanwhile: QuerySet[Absence]) -> None:
    if cover.pk == person.pk:
        raise Refused(_("Quem se ausenta não cobre a si mesmo."), "cover")
    place = team.members().filter(person=cover).first()
    if place is None or not rights.may(team.party, place.role, Right.ANSWER):
        raise Refused(_("Escolha, para cobrir, alguém da equipe que atenda."), "cover")
    if meanwhile.filter(person=cover).exists():
        raise Refused(_("%(name)s também estará ausente nestes dias.") % {"name": cover.name}, "cover")


def _told(absence: Absence) -> dict[str, str]:
    said = {"first": absence.first.isoformat(), "last": absence.last.isoformat()}
    return said | ({"cover": absence.cover.email} if absence.cover else {})
