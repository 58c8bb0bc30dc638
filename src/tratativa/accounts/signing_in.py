"""Signing in: staff by password (and TOTP), customers by a link or a code; nobody signs up by themselves."""

import hashlib
import secrets
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import salted_hmac

from tratativa.accounts import clock, reach
from tratativa.accounts.access import second_factor, whence
from tratativa.accounts.access.models import Attempt, Remembered
from tratativa.accounts.models import (
    Customer,
    Key,
    Membership,
    Partner,
    PartnerKey,
    Person,
)

LINK_LIFE = timedelta(days=30)
CODE_LIFE = timedelta(minutes=10)  # ASVS 6.5.5
CODE_TRIES = 5
BY_ADDRESS = ("door", "password-from")  # doors whose tries are counted by address alone
PASSWORD_TRIES = 10  # of one person from one address
PASSWORD_TIME = timedelta(minutes=15)


@dataclass(frozen=True)
class _Site:
    """The site as letters name it: as it was configured."""

    domain: str
    name: str


class ClosedDoor(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Accounts are given by administrators: the sign-up page stays shut.

    Letters about accounts say and link the configured address, whatever Host a request named: whoever asks for
    another's new password chooses that header.
    """

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        """The page of a new password, at the configured address."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return f"{settings.SITE_URL}{path.replace('UID-KEY', quote(key))}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Sends one letter about an account, which names the organisation the person works for."""
        host = urlsplit(settings.SITE_URL).netloc
        around = {
            "email": email, "current_site": _Site(host, host), "place": _place(context.get("user")) or host,
            "days": settings.PASSWORD_RESET_TIMEOUT // 86_400,
        }  # fmt: skip
        self.render_mail(template_prefix, email, around | context).send()

    def is_safe_url(self, url: str | None) -> bool:
        """A path of ours: a name, a number or a page beside the door is nowhere to go to."""
        return bool(url and url.startswith("/") and super().is_safe_url(url))

    def get_logout_redirect_url(self, request: HttpRequest) -> str:
        """To the sign-in page, which offers to leave the provider too where the session came by it."""
        came = request.session.get(second_factor.BY_PROVIDER)
        return reverse("account_login", query={"left": "provider"}) if came else reverse("account_login")

    def get_client_ip(self, request: HttpRequest) -> str:
        """The client's address; where nobody knows it (a proxy by a socket), those requests share one limit."""
        return whence.address(request) or whence.UNKNOWN

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Person | None:
        """As allauth does, slowed down by person and address together: knowing an e-mail shuts nobody out."""
        place = whence.network(request)
        who = f"{str(credentials.get('email', '')).lower()} {place}"
        try:
            slow_down("password-from", place, limit=300, within=PASSWORD_TIME, at=clock.now())
            slow_down("password", who, limit=PASSWORD_TRIES, within=PASSWORD_TIME, at=clock.now())
        except TooManyTries:
            raise self.validation_error("too_many_login_attempts") from None
        person: Person | None = super().authenticate(request, **credentials)
        if person:
            forgive("password", who)
        return person


def _place(person: Person | None) -> str:
    """Whose team the person belongs to, of several the first; empty for none."""
    places = Membership.objects.select_related("marketplace", "seller", "partner").filter(person=person)
    first = places.order_by("pk").first()
    return (first.seller or first.partner or first.marketplace).name if first else ""


class Backend(AuthenticationBackend):  # type: ignore[misc]  # allauth ships no types
    """Signs in by e-mail; brings a person back together with their memberships, in the one query a page can afford."""

    def get_user(self, user_id: str) -> Person | None:
        """The active person of a session, `places` holding all their memberships, or None."""
        found: list[Membership] = list(
            Membership.objects.filter(person_id=user_id, person__is_active=True)
            .select_related("person", "marketplace", "seller", "partner")
            .annotate(has_second_factor=second_factor.HAS_ONE)
            .order_by("marketplace__name", "seller__name", "id")
        )
        if not found:
            person: Person | None = super().get_user(user_id)
            return person
        person = found[0].person
        person.places = found
        return person


class TooManyTries(Exception):
    """The door stays shut for a while for whoever keeps trying."""


def make_link(customer: Customer, case_id: uuid.UUID, *, at: datetime) -> str:
    """A secret for a link to one of the customer's cases; valid 30 days. Its digest is what is stored."""
    secret = secrets.token_urlsafe(32)
    _keep(customer, _digest(secret), "link", at, LINK_LIFE, case_id)
    return secret


def make_code(customer: Customer, *, at: datetime) -> str:
    """Six digits to type, valid ten minutes and five tries; earlier codes end here."""
    Key.objects.filter(customer=customer, kind="code", used_at=None).update(used_at=at)
    code = f"{secrets.randbelow(1_000_000):06d}"
    _keep(customer, _keyed(customer.pk, code), "code", at, CODE_LIFE)
    return code


def open_link(secret: str, *, at: datetime) -> Key | None:
    """The key this link is, with its customer and the one case it opens, or None.

    A link opens again until it expires: letters keep working.
    """
    alive = Key.objects.filter(kind="link", expires_at__gt=at, used_at=None, revoked_at=None)
    with reach.everywhere():  # the secret alone says whose it is
        return alive.select_related("customer__marketplace").filter(digest=_digest(secret)).first()


def make_partner_link(partner: Partner, case_id: uuid.UUID, *, at: datetime) -> str:
    """A secret for a link to one of the partner's child cases. Its digest is what is stored."""
    secret = secrets.token_urlsafe(32)
    PartnerKey.objects.create(partner=partner, case_id=case_id, digest=_digest(secret), made_at=at)
    return secret


def open_partner_link(secret: str) -> PartnerKey | None:
    """The key this link is, with its partner, unless it was revoked; or None. Opening it uses nothing up."""
    return _partner_keys().filter(digest=_digest(secret)).first()


def find_partner_key(key_id: str) -> PartnerKey | None:
    """The key somebody came in by, with its partner, unless it was revoked since; or None."""
    return _partner_keys().filter(pk=key_id).first()


def revoke_partner_links(case_id: uuid.UUID, *, at: datetime) -> int:
    """Ends every link to this case made so far, and whoever is in by one; returns how many."""
    return PartnerKey.objects.filter(case_id=case_id, revoked_at=None).update(revoked_at=at)


def open_code(customer_id: str, code: str, *, at: datetime) -> bool:
    """Whether this is the code of the customer of that key, if there is one; the sixth wrong try finds it dead.

    Each try is counted by one write, whether there is a customer and a code or not: time tells nobody.
    """
    alive = Key.objects.filter(customer_id=customer_id, kind="code", used_at=None, revoked_at=None, expires_at__gt=at)
    with transaction.atomic():
        key = alive.select_for_update().order_by("-made_at").first()
        held = key.digest if key and key.tries < CODE_TRIES else ""
        if not secrets.compare_digest(held, _keyed(customer_id, code)):
            if key is None:
                Attempt.objects.create(door="nobody", who="", at=at)
            else:
                alive.filter(pk=key.pk).update(tries=models.F("tries") + 1)
            return False
        alive.update(used_at=at)
    return True


def slow_down(door: str, who: str, *, limit: int, within: timedelta, at: datetime) -> None:
    """Counts a try; raises TooManyTries when there were `limit` already in that time. `who` is kept under a key.

    Of tries at once, in whichever process, no more than `limit` pass.
    """
    name = _hidden(who)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{door} {name}"])
        if Attempt.objects.filter(door=door, who=name, at__gt=at - within).count() >= limit:
            raise TooManyTries
        Attempt.objects.create(door=door, who=name, at=at)


def forgive(door: str, who: str) -> None:
    """Takes back the last try: it was no guess."""
    last = Attempt.objects.filter(door=door, who=_hidden(who)).order_by("-at").values("pk")[:1]
    Attempt.objects.filter(pk__in=last).delete()


def whence_tried(*, since: datetime) -> tuple[int, int]:
    """How many tries at the doors were counted since then, and from how many addresses."""
    found = Attempt.objects.filter(door__in=BY_ADDRESS, at__gt=since)
    return found.count(), found.values("who").distinct().count()


def forget_tries(*, before: datetime) -> int:
    """Forgets the tries made before then, and what was to be remembered for a while and no longer; returns how many."""
    tries, _rows = Attempt.objects.filter(at__lt=before).delete()
    past, _rows = Remembered.objects.filter(until__lt=before).delete()
    return tries + past


def _partner_keys() -> QuerySet[PartnerKey]:
    return PartnerKey.objects.filter(revoked_at=None).select_related("partner__marketplace")


def _keep(
    customer: Customer, digest: str, kind: str, at: datetime, life: timedelta, case_id: uuid.UUID | None = None
) -> None:
    Key.objects.create(customer=customer, case_id=case_id, digest=digest, kind=kind, made_at=at, expires_at=at + life)


def _keyed(customer_id: uuid.UUID | str, code: str) -> str:
    """A code's digest under the installation's key: whoever reads the table alone cannot try out all six digits."""
    return salted_hmac("tratativa.accounts.code", f"{customer_id}:{code}", algorithm="sha256").hexdigest()


def _hidden(who: str) -> str:
    """Who tried, an address or a document, under the installation's key: there are few enough to try them all."""
    return salted_hmac("tratativa.accounts.tries", who, algorithm="sha256").hexdigest()


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
