"""Subscriptions: the browsers a person had pushing switched on in, each for as long as the session it was asked in."""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils.translation import gettext as _

from tratativa.cases.core.refusals import Invalid
from tratativa.notices.models import PushKey, Subscription
from tratativa.notices.push import keys
from tratativa.outward import guard

MOST = 10  # browsers of one person; the one switched on first makes room
LONGEST = 1000  # letters of an address


@dataclass(frozen=True)
class Given:
    """What a browser gave: where it is pushed to, its public key and its secret (RFC 8291 §2), both in base64url."""

    endpoint: str
    p256dh: str
    auth: str


def begin(person: uuid.UUID, session: str, given: Given, key: PushKey, *, browser: str, at: datetime) -> Subscription:
    """Has this browser told from now on; one that is known is kept anew. Raises Invalid for what no browser gives."""
    _check(given)
    sealed = {"endpoint": given.endpoint, "p256dh": given.p256dh, "auth": given.auth}
    values = {"session": session, "sealed": sealed, "key": key, "browser": browser[:60], "made_at": at, "trouble": "",
              "failures": 0, "failed_at": None}  # fmt: skip
    with transaction.atomic():
        made, _fresh = Subscription.objects.update_or_create(
            person_id=person, digest=_digest(given.endpoint), defaults=values
        )
        kept = Subscription.objects.filter(person=person).order_by("-made_at", "-pk").values("pk")[:MOST]
        Subscription.objects.filter(person=person).exclude(pk__in=kept).delete()
    return made


def of(person: uuid.UUID, *, at: datetime) -> list[Subscription]:
    """The person's browsers that are told, the newest first; those whose session is over are told no more."""
    alive = Session.objects.filter(expire_date__gt=at).values("session_key")
    mine = Subscription.objects.filter(person=person, session__in=alive).select_related("key")
    return list(mine.order_by("-made_at", "-pk"))


def end(person: uuid.UUID, key: uuid.UUID) -> bool:
    """Has one of the person's browsers told no more; whether it was."""
    return bool(Subscription.objects.filter(person=person, pk=key).delete()[0])


def _digest(endpoint: str) -> str:
    return hashlib.sha256(endpoint.encode()).hexdigest()


def _check(given: Given) -> None:
    """Only https is spoken to; in plain only to a host that the site names, which is not looked up for it. Where it
    leads is looked at when it is sent to, by the guard."""
    try:
        parts = urlsplit(given.endpoint)
        port = parts.port or 443
    except ValueError:
        parts, port = urlsplit(""), 0
    plain = parts.scheme == "http" and bool(parts.hostname) and guard.is_named(str(parts.hostname))
    if not (parts.hostname and port and (parts.scheme == "https" or plain)) or parts.username or _odd(given.endpoint):
        raise Invalid({"": _("O navegador deu um endereço que a mesa não usa.")})
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), keys.decoded(given.p256dh))
        if len(keys.decoded(given.auth)) != 16:
            raise ValueError("the secret has 16 bytes")
    except ValueError as problem:
        raise Invalid({"": _("O navegador deu uma chave que a mesa não entende.")}) from problem


def _odd(endpoint: str) -> bool:
    return len(endpoint) > LONGEST or not endpoint.isascii() or not endpoint.isprintable() or " " in endpoint
