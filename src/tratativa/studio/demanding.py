"""Demanding: whether two administrators publish the rules together; to end that takes two as well."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tratativa.accounts import audit, moments
from tratativa.accounts.models import Marketplace, Person
from tratativa.accounts.people import telling
from tratativa.accounts.people.refusals import Refused
from tratativa.accounts.people.team import Doer, Team
from tratativa.studio.models import Demand

DEMANDED = audit.register("rules.two_demanded", gettext_lazy("Passou a exigir duas pessoas para publicar regras"))
ENDING = audit.register("rules.two_ending", gettext_lazy("Pediu que uma pessoa só possa publicar regras"))
KEPT = audit.register("rules.two_kept", gettext_lazy("Manteve duas pessoas para publicar regras"))
ENDED = audit.register(
    "rules.two_ended",
    gettext_lazy("Deixou de exigir duas pessoas para publicar regras"),
    {"first": gettext_lazy("Quem pediu")},
)

NEW_FOR = timedelta(days=7)  # an administrator made since two are demanded is no second one for so long


def of(marketplace: Marketplace) -> Demand | None:
    """The demand, where this marketplace makes it."""
    return Demand.objects.filter(marketplace=marketplace).select_related("made_by", "ending_by").first()


def too_new(marketplace: Marketplace, person: Person | None, *, at: datetime) -> str:
    """Why this administrator is none of the two yet; empty where they are.

    Whoever makes an administrator could make one of themselves, to agree or to be agreed with, and whoever says where
    letters go could open another's account by one: the others have a week to notice. Those who administered when two
    were demanded are no newcomers, whoever takes the role from them and gives it back.
    """
    demand, place = of(marketplace), Team(marketplace).members().filter(person=person).first()
    if demand is None or place is None:
        return ""
    regained = place.person.regained_at
    if regained and _counts(regained, demand, at):
        said = _(
            "A conta de %(who)s foi reaberta há pouco, por uma carta ou por outra pessoa: é uma das duas pessoas só "
            "depois de sete dias, a partir de %(when)s."
        )
        return said % {"who": place.person.name, "when": moments.long(regained + NEW_FOR)}
    since = None if str(place.pk) in demand.administrators else place.role_at
    if since is None or not _counts(since, demand, at):
        return ""
    gaps = {"who": place.person.name, "when": moments.long(since + NEW_FOR)}
    return _("%(who)s administra há pouco: é uma das duas pessoas só depois de sete dias, a partir de %(when)s.") % gaps


def _counts(since: datetime, demand: Demand, at: datetime) -> bool:
    """Whether what happened then, since two are demanded, is too new still."""
    return since > demand.made_at and at - since < NEW_FOR


def state(row: Demand | None) -> str:
    """How it stands, as pages carry it: a form of another state does something else than was read."""
    return "" if row is None else f"{row.pk}:{row.ending_by_id or ''}"


@transaction.atomic
def demand(marketplace: Marketplace, *, by: Doer, at: datetime, seen: str | None = None) -> None:
    """From now on two publish. Raises Refused where there is nobody to be the second, or where it stands otherwise than
    was `seen`: so do the others."""
    locked = _locked(marketplace, seen)
    known = [str(one) for one in Team(locked).members().filter(role="admin").values_list("pk", flat=True)]
    if by.person is None or len(known) < 2:
        raise Refused(_("Só uma pessoa administra o marketplace: convide outra antes."), "two")
    _row, new = Demand.objects.get_or_create(
        marketplace=locked, defaults={"made_by": by.person, "made_at": at, "administrators": known}
    )
    if new:
        telling.tell(Team(locked), DEMANDED, by=by)


@transaction.atomic
def end(marketplace: Marketplace, *, by: Doer, at: datetime, seen: str | None = None) -> bool:
    """Asks to end it, or, where another administrator asked, ends it; whether it ended. Raises Refused."""
    _locked(marketplace, seen)
    rows = Demand.objects.select_for_update(of=("self",)).select_related("ending_by")
    locked = rows.filter(marketplace=marketplace).first()
    if locked is None:
        return True
    if locked.ending_by is None or by.person is None or locked.ending_by_id == by.person.pk:
        if locked.ending_by is None:
            locked.ending_by, locked.ending_at = by.person, at
            locked.save()
            telling.tell(Team(marketplace), ENDING, by=by)
        return False
    if why := too_new(marketplace, by.person, at=at) or too_new(marketplace, locked.ending_by, at=at):
        raise Refused(why, "two")
    first = locked.ending_by.name
    locked.delete()
    telling.tell(Team(marketplace), ENDED, by=by, before={"first": first})
    return True


@transaction.atomic
def keep(marketplace: Marketplace, *, by: Doer, seen: str | None = None) -> None:
    """It stays: whoever asked to end it, or another, says so. Raises Refused."""
    _locked(marketplace, seen)
    asked = Demand.objects.filter(marketplace=marketplace, ending_by__isnull=False)
    if asked.update(ending_by=None, ending_at=None):
        telling.tell(Team(marketplace), KEPT, by=by)


def _locked(marketplace: Marketplace, seen: str | None) -> Marketplace:
    locked = Marketplace.objects.select_for_update().get(pk=marketplace.pk)
    if seen is not None and state(of(locked)) != seen:
        raise Refused(_("Outra pessoa mexeu nisto depois que você abriu a página. Veja como está agora."), "two")
    return locked
