"""Choosing: by which ways each person is told of each kind of happening, and when they are left alone."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext as _

from tratativa.accounts.actors import Actor
from tratativa.cases.core.refusals import Invalid
from tratativa.notices.models import Choice, Email, Hours, Kind
from tratativa.rulebook.terms.parties import Party


@dataclass(frozen=True)
class Ways:
    """The ways of one kind: on the desk, pushed to the browsers where that is switched on, by e-mail or not."""

    desk: bool = True
    push: bool = True
    email: Email = Email.NONE

    @property
    def any(self) -> bool:
        """Whether there is a way at all."""
        return self.desk or self.push or self.email != Email.NONE


USUAL = Ways()
# What may happen to the people of each party's teams, in the order it is shown.
KINDS: Mapping[Party, tuple[Kind, ...]] = MappingProxyType(
    {
        Party.MARKETPLACE: (
            Kind.OPENED, Kind.ASSIGNED, Kind.MESSAGE, Kind.ANSWER, Kind.DEADLINE, Kind.MENTION, Kind.TASK,
        ),
        Party.SELLER: (Kind.OPENED, Kind.ASSIGNED, Kind.MESSAGE, Kind.DEADLINE, Kind.MENTION, Kind.STANDING),
        Party.PARTNER: (Kind.OPENED, Kind.MESSAGE, Kind.DEADLINE),
    }
)  # fmt: skip

OF_ADMINISTRATORS = frozenset({Kind.STANDING})


def kinds(actor: Actor) -> tuple[Kind, ...]:
    """What this person may be told of."""
    known = KINDS[actor.party]
    theirs = OF_ADMINISTRATORS | ({Kind.OPENED} if actor.party is Party.MARKETPLACE else set())
    return known if actor.is_admin else tuple(one for one in known if one not in theirs)


def label(kind: Kind, party: Party) -> str:
    """What the kind is called for the people of this party's teams."""
    if kind is Kind.OPENED and party is Party.MARKETPLACE:
        return _("Atendimento novo de um lojista em que ninguém entrou ainda")
    return str(kind.label)


def of_people(kind: Kind, people: Iterable[uuid.UUID]) -> dict[uuid.UUID, Ways]:
    """By which ways each of these people is told of this kind. One query."""
    found = {one.person_id: _ways(one) for one in Choice.objects.filter(kind=kind, person__in=people)}
    return {person: found.get(person, USUAL) for person in people}


def of(person: uuid.UUID) -> dict[Kind, Ways]:
    """By which ways this person is told of every kind. One query."""
    found = {Kind(one.kind): _ways(one) for one in Choice.objects.filter(person=person)}
    return {kind: found.get(kind, USUAL) for kind in Kind}


def hours(person: uuid.UUID) -> Hours:
    """When the person is left alone; never, where they said nothing. One query."""
    return Hours.objects.filter(person=person).first() or Hours(person_id=person)


def choose(
    person: uuid.UUID, ways: Mapping[Kind, Ways], quiet: tuple[time | None, time | None], digest_at: int
) -> None:
    """Keeps what the person chose, in one step. Raises Invalid for quiet hours that are none."""
    begins, ends = quiet
    if (begins is None) != (ends is None):
        raise Invalid({"quiet_to" if begins else "quiet_from": _("Diga as duas horas, ou nenhuma.")})
    if begins is not None and begins == ends:
        raise Invalid({"quiet_to": _("As horas de silêncio terminam quando começam: escolha outra hora.")})
    with transaction.atomic():
        for kind, chosen in ways.items():
            given = {"desk": chosen.desk, "push": chosen.push, "email": chosen.email}
            Choice.objects.update_or_create(person_id=person, kind=kind, defaults=given)
        given_hours = {"quiet_from": begins, "quiet_to": ends, "digest_at": digest_at}
        Hours.objects.update_or_create(person_id=person, defaults=given_hours)


def disturbs_from(kept: Hours, at: datetime, zone: ZoneInfo) -> datetime:
    """When somebody may be disturbed: at this moment, or once their quiet hours are over."""
    begins, ends = kept.quiet_from, kept.quiet_to
    if begins is None or ends is None:
        return at
    local = at.astimezone(zone)
    clock = local.time().replace(tzinfo=None)
    quiet = begins <= clock < ends if begins < ends else clock >= begins or clock < ends
    if not quiet:
        return at
    day = local.date() + timedelta(days=1 if clock >= ends else 0)
    return datetime.combine(day, ends, tzinfo=zone)


def _ways(one: Choice) -> Ways:
    return Ways(one.desk, one.push, Email(one.email))
