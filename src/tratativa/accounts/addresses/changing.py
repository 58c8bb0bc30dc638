"""Changing the e-mail somebody signs in with: both addresses say yes, or nothing changes (ADR 80).

The page does the same whether or not the new address is somebody's; only who reads its letters finds out.
"""

import secrets
import uuid
from datetime import datetime, timedelta

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from procrastinate.contrib.django import app

from tratativa.accounts import audit, signing_in
from tratativa.accounts.addresses.models import EmailChange
from tratativa.accounts.models import Person
from tratativa.accounts.people import hiring, leaving, outstanding, postage, telling
from tratativa.accounts.people.refusals import Refused
from tratativa.accounts.people.team import Doer

LIFE = timedelta(hours=24)
OLD, NEW = "old", "new"
TRIES, WITHIN = 5, timedelta(hours=1)  # of one person
_EMAIL = {"email": gettext_lazy("E-mail")}
ASKED = audit.register("people.email_change_asked", gettext_lazy("Pediu para trocar o próprio e-mail"), _EMAIL)
CHANGED = audit.register("people.email_changed", gettext_lazy("Trocou o próprio e-mail"), _EMAIL)
STOPPED = audit.register("people.email_change_stopped", gettext_lazy("Parou uma troca de e-mail"), _EMAIL)


class Over(Refused):
    """The change was made, stopped or is too old, or its link was never one."""

    def __init__(self) -> None:
        super().__init__(_("Esta troca de e-mail já foi feita, foi parada ou venceu."))


def waiting(person: Person, *, at: datetime) -> EmailChange | None:
    """The change this person asked for that still may come to be."""
    return EmailChange.objects.filter(person=person, ended_at=None, expires_at__gt=at).first()


@transaction.atomic
def ask(person: Person, raw: str, *, at: datetime, whence: str) -> EmailChange:
    """Asks both addresses; one asked for before is over. Raises Refused."""
    new = hiring.address(raw)
    if new == person.email.lower():
        raise Refused(_("Este já é o seu e-mail."), "email")
    if not postage.leaves():
        raise Refused(_("Daqui não saem cartas ainda, e sem elas ninguém confirma o endereço."), "email")
    try:
        signing_in.slow_down("email-change", str(person.pk), limit=TRIES, within=WITHIN, at=at)
    except signing_in.TooManyTries:
        raise Refused(_("Foram muitas trocas pedidas. Espere uma hora."), "email") from None
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    EmailChange.objects.filter(person=person, ended_at=None).update(ended_at=at)
    made = EmailChange.objects.create(person=person, old=person.email, new=new, made_at=at, expires_at=at + LIFE)
    telling.tell_everywhere(person, ASKED, whence=whence, before={"email": person.email}, after={"email": new})
    language = translation.get_language() or settings.LANGUAGE_CODE
    for side in (OLD, NEW):
        job = app.configure_task("accounts.send_email_change", queue="mail")
        job.defer(change_id=str(made.pk), side=side, language=language)
    return made


def link(change: EmailChange, side: str) -> str:
    """The address by which this side says yes, or stops it."""
    return settings.SITE_URL + reverse("email_change", args=[change.pk, side, secret(change, side)])


def secret(change: EmailChange, side: str) -> str:
    """What a link is known by; the installation's key makes it, and nothing of it is kept."""
    return salted_hmac("tratativa.accounts.email_change", f"{change.pk}:{side}", algorithm="sha256").hexdigest()


def opened(key: uuid.UUID, side: str, given: str, *, at: datetime) -> EmailChange:
    """The change this link is about. Raises Over."""
    found = EmailChange.objects.select_related("person").filter(pk=key).first()
    if found is None or side not in {OLD, NEW} or not holds(found, at=at):
        raise Over
    if not secrets.compare_digest(secret(found, side).encode(), given.encode()):
        raise Over
    return found


def holds(change: EmailChange, *, at: datetime) -> bool:
    """Whether it still may come to be."""
    return change.ended_at is None and at < change.expires_at


@transaction.atomic
def say_yes(change: EmailChange, side: str, *, at: datetime, whence: str, session: str = "") -> EmailChange:
    """One side says yes; when both have, the address changes and every session but this one ends. Raises Over."""
    mine = _locked(change, at)
    name = f"{side}_said_yes_at"
    setattr(mine, name, getattr(mine, name) or at)
    mine.save(update_fields=[name])
    if mine.old_said_yes_at and mine.new_said_yes_at:
        _change(mine, at, whence, session)
    return mine


@transaction.atomic
def stop(change: EmailChange, *, at: datetime, whence: str, by_owner: bool = False) -> None:
    """Nothing changes. Whoever stops it from the old address did not ask for it: whoever did is signed out."""
    mine = _locked(change, at)
    mine.ended_at = at
    mine.save(update_fields=["ended_at"])
    if not by_owner:
        leaving.end_sessions(mine.person)
    telling.tell_everywhere(mine.person, STOPPED, whence=whence, before={"email": mine.new})


def _change(mine: EmailChange, at: datetime, whence: str, session: str) -> None:
    person = mine.person
    if person.email != mine.old:
        raise Over  # it became another meanwhile
    person.email = mine.new
    try:
        with transaction.atomic():
            person.save(update_fields=["email"])
    except IntegrityError:  # whoever reads the new address has an account already, and knows it
        raise Refused(_("Já há uma conta com este endereço.")) from None
    EmailAddress.objects.filter(user=person).delete()
    hiring.confirm(person)
    mine.ended_at, mine.done = at, True
    mine.save(update_fields=["ended_at", "done"])
    outstanding.moved(person, old=mine.old, by=Doer(person, whence), at=at)
    leaving.end_sessions(person, but=session)
    telling.tell_everywhere(person, CHANGED, whence=whence, before={"email": mine.old}, after={"email": mine.new})


def _locked(change: EmailChange, at: datetime) -> EmailChange:
    """As it is now, this transaction's alone, with its person. Raises Over."""
    person = Person.objects.select_for_update(no_key=True).get(pk=change.person_id)
    mine = EmailChange.objects.select_for_update(of=("self",)).get(pk=change.pk)
    mine.person = person
    if not holds(mine, at=at) or not person.is_active:
        raise Over
    return mine
