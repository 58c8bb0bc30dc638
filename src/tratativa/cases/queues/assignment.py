"""Assignment: how a queue of a team gives its cases out by itself, to whom, how many at once, and which."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from django.db import transaction
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tratativa.accounts import audit, rights
from tratativa.accounts.audit.recording import Values
from tratativa.accounts.models import Membership, Seller
from tratativa.accounts.people import telling
from tratativa.accounts.people.refusals import Refused
from tratativa.accounts.people.team import Doer, Team
from tratativa.accounts.rights import Right
from tratativa.cases.core import rulebook_versions
from tratativa.cases.models import QueueAssignment, QueueMember

OWN = "_team"  # what waits for the team itself: no id of a rulebook begins so
# The ways of giving a queue's cases out, by what people call them.
LABELS: Mapping[str, Promise] = MappingProxyType(
    {
        "off": gettext_lazy("Ninguém recebe sozinho"),
        "next": gettext_lazy("Ao próximo da vez"),
        "fewest": gettext_lazy("A quem tem menos abertos"),
    }
)
WAYS = tuple(LABELS)
SKILLS = ("kind", "reason", "seller")
MOST = 10_000  # open cases of one person

CHANGED = audit.register(
    "queue.assignment_changed", gettext_lazy("Mudou como uma fila se distribui"),
    {"way": gettext_lazy("Distribuição"), "people": gettext_lazy("Quem recebe")},
    {"way": LABELS, "about": {OWN: gettext_lazy("A fila da própria equipe")}},
)  # fmt: skip
SKILLED = audit.register(
    "queue.skills_changed", gettext_lazy("Mudou o que alguém recebe de uma fila"),
    {"kind": gettext_lazy("Tipos"), "reason": gettext_lazy("Motivos"), "seller": gettext_lazy("Lojistas")},
)  # fmt: skip


@dataclass(frozen=True)
class Chosen:
    """Somebody chosen to get a queue's cases; `limit` None is any number."""

    person: uuid.UUID
    limit: int | None


def of(team: Team, queue: str) -> QueueAssignment:
    """How this queue of the team is given out; one that was never said is off, and not stored."""
    rows = QueueAssignment.objects.filter(marketplace=team.marketplace, seller=team.seller, queue=queue)
    return rows.first() or QueueAssignment(marketplace=team.marketplace, seller=team.seller, queue=queue)


def of_all(team: Team) -> Mapping[str, QueueAssignment]:
    """Those the team said something about, by their queue."""
    return {one.queue: one for one in QueueAssignment.objects.filter(marketplace=team.marketplace, seller=team.seller)}


def members(assignment: QueueAssignment) -> Mapping[uuid.UUID, QueueMember]:
    """Whom the queue's cases are given to, by the person's key."""
    if assignment._state.adding:
        return {}
    return {one.person_id: one for one in assignment.members.select_related("person")}


def able(team: Team) -> QuerySet[Membership]:
    """Who of the team answers cases, and so may be given some; by name."""
    can = rights.roles(team.party, Right.ANSWER)
    return team.members().filter(role__in=can).order_by("person__name", "person__email")


def limit_of(raw: str) -> int | None:
    """The most open cases at once, as somebody wrote it; nothing written is no limit. Raises Refused."""
    raw = raw.strip()
    if not raw:
        return None
    if not (raw.isascii() and raw.isdigit() and 1 <= len(raw) <= 6 and 1 <= int(raw) <= MOST):
        raise Refused(_("O limite é um número de 1 a %(most)d; sem limite, deixe vazio.") % {"most": MOST})
    return int(raw)


@transaction.atomic
def keep(team: Team, queue: str, way: str, chosen: Sequence[Chosen], *, by: Doer) -> QueueAssignment:
    """Says how the queue is given out and to whom; who stays keeps their skills and their turn. Raises Refused."""
    if way not in WAYS:
        raise Refused(_("Escolha como a fila se distribui."), "way")
    names = dict(able(team).values_list("person_id", "person__email"))
    if any(one.person not in names for one in chosen):
        raise Refused(_("Escolha só pessoas da equipe que atendam."), "people")
    if way != "off" and not chosen:
        raise Refused(_("Marque quem recebe os atendimentos desta fila."), "people")
    QueueAssignment.objects.get_or_create(marketplace=team.marketplace, seller=team.seller, queue=queue)
    kept = QueueAssignment.objects.select_for_update(of=("self",)).get(
        marketplace=team.marketplace, seller=team.seller, queue=queue
    )
    before = _told(kept)
    kept.way = way
    kept.save(update_fields=["way"])
    kept.members.exclude(person__in=[one.person for one in chosen]).delete()
    for one in chosen:
        QueueMember.objects.update_or_create(assignment=kept, person_id=one.person, defaults={"limit": one.limit})
    if (after := _told(kept)) != before:
        telling.tell(team, CHANGED, by=by, about=_named(team, queue), before=before, after=after)
    return kept


@transaction.atomic
def keep_skills(team: Team, member: QueueMember, skills: Mapping[str, Sequence[str]], *, by: Doer) -> None:
    """Says which cases of the queue somebody is given; what is not named, or names nothing, restricts nothing."""
    locked = QueueMember.objects.select_for_update(of=("self",)).get(pk=member.pk)
    before = locked.skills
    locked.skills = {name: sorted(set(skills[name])) for name in SKILLS if skills.get(name)}
    if locked.skills == before:
        return
    locked.save(update_fields=["skills"])
    telling.tell(
        team,
        SKILLED,
        by=by,
        about=member.person.email,
        before=_skilled(team, before),
        after=_skilled(team, locked.skills),
    )


def _named(team: Team, queue: str) -> str:
    """The queue as its rules call it; the team's own has no name but ours."""
    book = rulebook_versions.in_force(team.marketplace.pk)
    return queue if queue == OWN else book.queue_label(queue)


def _skilled(team: Team, skills: Mapping[str, Sequence[str]]) -> Values:
    """What somebody is given, as the rules and the sellers call it: the log is read when those are others."""
    book = rulebook_versions.in_force(team.marketplace.pk)
    words = {key: kind.label for key, kind in book.kinds.items()} | {one.id: one.label for one in book.reasons}
    sellers = Seller.objects.filter(marketplace=team.marketplace, pk__in=skills.get("seller", []))
    words |= {str(key): name for key, name in sellers.values_list("pk", "name")}
    return {name: [words.get(one, one) for one in skills[name]] for name in SKILLS if name in skills}


def _told(kept: QueueAssignment) -> Values:
    people = kept.members.order_by("person__email").values_list("person__email", "limit")
    return {"way": kept.way, "people": [f"{email} ({limit})" if limit else email for email, limit in people]}
