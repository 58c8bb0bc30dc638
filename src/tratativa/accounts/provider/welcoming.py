"""Whom the provider's word lets in: who came by it before, who was invited, who is of a domain the site allows."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tratativa.accounts import audit
from tratativa.accounts.models import Marketplace, Membership, Person
from tratativa.accounts.people import hiring, invitations, telling
from tratativa.accounts.people.models import Invitation
from tratativa.accounts.people.refusals import Refused
from tratativa.accounts.people.team import Doer, Team
from tratativa.accounts.provider import asking

LINKED = audit.register("people.provider_linked", gettext_lazy("Passou a entrar também pelo provedor"))


@transaction.atomic
def welcome(said: Mapping[str, Any], *, at: datetime, whence: str) -> Person:
    """The person the provider speaks of, made, or linked to their account, where that may be. Raises Refused."""
    email = _email(said)
    for one in (f"{asking.known_as()} {said['sub']}", f"email {email}"):  # of two at once one waits
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [one])
    kept = SocialAccount.objects.select_related("user").filter(provider=asking.known_as(), uid=_uid(said)).first()
    if kept:
        if not kept.user.is_active:
            raise Refused(_("Esta conta foi desativada. Fale com quem administra a equipe."))
        known: Person = kept.user
        return known
    if not email or said.get("email_verified") is not True:
        raise Refused(_("O provedor não diz que este e-mail é seu de verdade, e sem isso não abrimos uma conta."))
    person = _with(email)
    invited = _invited(email, at)
    if person and person.is_active:
        return _linked(person, said, whence)
    if invited and not (person and Membership.objects.filter(person=person).exists()):
        return _joined(person, invited, said, email, at, whence)
    if person:
        raise Refused(_("Esta conta foi desativada. Fale com quem administra a equipe."))
    if team := _of_the_domain(email):
        made = _made(None, said, email)
        hiring.place(team, made, hiring.role_of(team, settings.OIDC_ROLE), by=Doer(made, whence))
        return made
    raise Refused(_("Ninguém convidou %(email)s. Peça um convite a quem administra a equipe.") % {"email": email})


def _linked(person: Person, said: Mapping[str, Any], whence: str) -> Person:
    """An account that is there, from now on opened by the provider too. Raises Refused where the site does not trust
    the provider so far: whoever says whose an address is would open whatever account has it."""
    if not settings.OIDC_LINKS:
        raise Refused(_("Já há uma conta com este e-mail. Entre nela com a senha."))
    _keep(person, said)
    telling.tell_everywhere(person, LINKED, whence=whence)
    return person


def _joined(
    person: Person | None, invited: list[Invitation], said: Mapping[str, Any], email: str, at: datetime, whence: str
) -> Person:
    made = _made(person, said, email)
    for one in invited:
        invitations.join(one, made, at=at, whence=whence)
    return made


def _made(person: Person | None, said: Mapping[str, Any], email: str) -> Person:
    """An account without a password, which the provider alone opens; one that was shut is open again."""
    name = hiring.name_of(str(said.get("name") or ""), email)
    made = person or Person(email=email, name=name)
    made.set_unusable_password()
    made.is_active = True
    made.save()
    hiring.confirm(made)
    _keep(made, said)
    return made


def _keep(person: Person, said: Mapping[str, Any]) -> None:
    SocialAccount.objects.create(user=person, provider=asking.known_as(), uid=_uid(said), extra_data={})


def _with(email: str) -> Person | None:
    """Whose account has this very address. Raises Refused for one that only looks alike: a database that ignores case
    takes «ı» for «i», and the provider vouched for the other mailbox."""
    person = hiring.find(email)
    if person and person.email.lower() != email:
        raise Refused(_("Já há uma conta com um endereço que se confunde com este. Fale com quem administra a equipe."))
    return person


def _invited(email: str, at: datetime) -> list[Invitation]:
    open_ones = Invitation.objects.filter(email__iexact=email, used_at=None, withdrawn_at=None, expires_at__gt=at)
    found = open_ones.select_related("marketplace", "seller", "partner").order_by("made_at", "pk")
    return [one for one in found if one.email.lower() == email]


def _of_the_domain(email: str) -> Team | None:
    """The marketplace's team that people of an allowed domain join. Raises Refused where none is named rightly."""
    if email.rpartition("@")[2] not in settings.OIDC_DOMAINS:
        return None
    named = Marketplace.objects.filter(slug=settings.OIDC_MARKETPLACE) if settings.OIDC_MARKETPLACE else None
    places = list((named if named is not None else Marketplace.objects.all())[:2])
    if len(places) != 1:
        raise Refused(_("Quem cuida da instalação ainda não disse em que marketplace você entra."))
    return Team(places[0])


def _email(said: Mapping[str, Any]) -> str:
    try:
        return hiring.address(str(said.get("email") or ""))
    except Refused:
        return ""


def _uid(said: Mapping[str, Any]) -> str:
    return str(said["sub"])
