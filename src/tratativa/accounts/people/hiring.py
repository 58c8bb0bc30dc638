"""Hiring: a person gets a place in a team; its first administrator at once, others by an invitation they accept."""

from datetime import timedelta

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from tratativa.accounts import clock, rights, text
from tratativa.accounts.models import Membership, Person
from tratativa.accounts.people import absences, regaining, telling, warning
from tratativa.accounts.people.models import Departure
from tratativa.accounts.people.refusals import LastAdministrator, Refused
from tratativa.accounts.people.team import Doer, Team, of
from tratativa.accounts.rights import Right

LATELY = timedelta(days=7)  # who administered within so long is still told who else does, and is no newcomer again


def address(raw: str) -> str:
    """An e-mail address as it is kept. Raises Refused."""
    cleaned = text.line(raw).lower()
    if not cleaned:
        raise Refused(_("Diga o e-mail."), "email")
    try:
        validate_email(cleaned)
    except ValidationError:
        raise Refused(
            _("Este não é um endereço de e-mail: «%(address)s».") % {"address": cleaned[:80]}, "email"
        ) from None
    if len(cleaned) > 254:
        raise Refused(_("O endereço é longo demais."), "email")
    return cleaned


def find(email: str) -> Person | None:
    """The person with this address, whatever its case."""
    return Person.objects.filter(email__iexact=email).first()


def role_of(team: Team, raw: str) -> str:
    """A role this team knows. Raises Refused."""
    if not rights.offered(team.party, raw):
        known = ", ".join(str(one) for one in rights.ROLES[team.party])
        raise Refused(
            _("Esta equipe não tem o papel «%(role)s»; há %(known)s.") % {"role": raw[:20], "known": known}, "role"
        )
    return raw


def name_of(raw: str, email: str) -> str:
    """A person's name as it is kept; without one, what stands before the @ of the address."""
    return text.line(raw)[:120] or email.partition("@")[0].replace(".", " ").replace("_", " ").title()[:120]


def check_password(password: str, person: Person) -> None:
    """Raises Refused for a password that is too easy to guess for this person."""
    try:
        validate_password(password, person)
    except ValidationError as weak:
        raise Refused(" ".join(weak.messages), "password") from None


@transaction.atomic
def found(
    team: Team, email: str, name: str, password: str, *, role: str = "admin", by: Doer, giver: Doer | None = None
) -> tuple[Membership, bool]:
    """Gives somebody a place at once, with a password of their own: who sets a marketplace up, or says yes to a link.

    Their address counts as confirmed. Somebody who may sign in already keeps their password, name and place. Returns
    the place and whether it was made. Raises Refused.
    """
    person = find(email)
    if person is None:
        person = Person(email=email, name=name_of(name, email))
    if not may_sign_in(person):
        check_password(password, person)
        person.name = name_of(name, email) if name or not person.name else person.name
        person.set_password(password)
        person.is_active, known = True, not person._state.adding
        person.save()
        if known:
            regaining.mark(person)  # whoever has the link of the invitation may be another
    confirm(person)
    return place(team, person, role, by=by if by.command else Doer(person, by.whence), giver=giver)


def may_sign_in(person: Person) -> bool:
    """Whether there is an account that opens with a password."""
    return person._state.adding is False and person.is_active and person.has_usable_password()


def confirm(person: Person) -> None:
    """Their address is theirs: whoever runs the machine said it, or they came by a letter to it."""
    EmailAddress.objects.update_or_create(
        user=person, email=person.email.lower(), defaults={"verified": True, "primary": True}
    )


@transaction.atomic
def place(team: Team, person: Person, role: str, *, by: Doer, giver: Doer | None = None) -> tuple[Membership, bool]:
    """A place in the team, and whether it was made: somebody who has one keeps it as it is. `giver` is who gave the
    role, where that is not who does this: whoever invited."""
    member, made = Membership.objects.get_or_create(
        person=person, marketplace=team.marketplace, seller=team.seller, partner=team.partner,
        defaults={"role": role, "role_at": clock.now()},
    )  # fmt: skip
    if made:
        Departure.objects.filter(
            person=person, marketplace=team.marketplace, seller=team.seller, partner=team.partner, returned_at=None
        ).delete()
        telling.tell(team, telling.JOINED, by=by, about=person.email, after={"role": role})
        _warn_administrators(team, member, by=giver or by)
    return member, made


@transaction.atomic
def change_role(member: Membership, role: str, *, by: Doer) -> bool:
    """Gives a member another role; whether it was another. Raises Refused, and LastAdministrator."""
    team = of(member)
    role_of(team, role)
    # In one order, whoever is changed: of two that administer, each taking the other's role, one waits.
    in_turn = team.places().select_for_update(of=("self",)).select_related("person").order_by("pk")
    locked = {one.pk: one for one in in_turn.filter(Q(role="admin") | Q(pk=member.pk))}.get(member.pk)
    if locked is None:
        raise Refused(_("Esta pessoa já não é da equipe."))
    if locked.role == role:
        return False
    keep_an_administrator(team, locked)
    before = locked.role
    _give(locked, role)
    if before == "admin":
        warning.warn(locked.person, "people.administers_no_more", team, by=by)
    _warn_administrators(team, locked, by=by)
    if not rights.may(team.party, role, Right.ANSWER):
        absences.stop_covering(team, locked.person)
    telling.tell(
        team, telling.ROLE_CHANGED, by=by, about=locked.person.email, before={"role": before}, after={"role": role}
    )
    return True


def _give(member: Membership, role: str) -> None:
    """The role is theirs. Who gets back what they lost lately has it since when they had it: nobody makes somebody a
    newcomer by taking the role and giving it again."""
    now, before = clock.now(), member.role
    if before == "admin":
        member.administered_from, member.administered_until = member.role_at, now
    lately = member.administered_until is not None and now - member.administered_until < LATELY
    member.role_at = member.administered_from if role == "admin" and lately else now
    member.role = role
    member.save(update_fields=["role", "role_at", "administered_from", "administered_until"])


def _warn_administrators(team: Team, newcomer: Membership, *, by: Doer) -> None:
    """Those who administer the team, or did until lately, learn by letter that somebody else does: nobody makes a
    second of themselves, nor by first taking the role from those who would read of it."""
    if newcomer.role != "admin":
        return
    for one in administering(team).exclude(pk=newcomer.pk):
        warning.warn(one.person, "people.administrator_made", team, by=by, about=newcomer.person.email)


def administering(team: Team) -> QuerySet[Membership]:
    """Who administers the team, or did until lately: those who are told of what changes beside them."""
    return team.members().filter(Q(role="admin") | Q(administered_until__gt=clock.now() - LATELY))


def keep_an_administrator(team: Team, leaving: Membership) -> None:
    """Raises LastAdministrator where nobody else would be left. Two who leave at once wait for each other."""
    if leaving.role != "admin":
        return
    admins = team.places().select_for_update(of=("self",)).filter(role="admin").order_by("pk")
    if not [one for one in admins.select_related("person") if one.pk != leaving.pk and one.person.is_active]:
        raise LastAdministrator
