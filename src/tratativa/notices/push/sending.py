"""Sending a push: to a server a browser named, by the guard, following nobody, and not for long."""

import json
from datetime import datetime

import http_ece
import requests
from cryptography.hazmat.primitives.asymmetric import ec

from tratativa.accounts.secrecy.sealed_fields import Lost
from tratativa.notices.models import Kind, Notice, Subscription
from tratativa.notices.push import keys
from tratativa.outward import guard
from tratativa.outward.sessions import Session

LONGEST = 8.0  # seconds in all: a push service answers in one
KEPT = 12 * 3600  # seconds a push service keeps it for a browser that sleeps
GONE = {404, 410}
_URGENT = {Kind.DEADLINE, Kind.MENTION}


class Later(Exception):
    """The push service did not take it now, and may another time."""


def send(notice: Notice, subscription: Subscription, told: dict[str, object], *, at: datetime) -> str:
    """Hands it to the browser's push service; what is wrong with it in a word, or nothing. Raises Later.

    An address that is gone (404, 410) takes its subscription along.
    """
    if isinstance(subscription.sealed, Lost):
        return "sealed with a key that is not here"
    endpoint = str(subscription.sealed["endpoint"])
    headers = {
        "Content-Encoding": "aes128gcm", "Content-Type": "application/octet-stream", "TTL": str(KEPT),
        "Urgency": "high" if notice.kind in _URGENT else "normal", "Topic": notice.pk.hex,
        "Authorization": keys.authorization(subscription.key, endpoint, at=at),
    }  # fmt: skip
    try:
        with guard.no_longer_than(LONGEST), Session() as session:
            status = session.post(endpoint, data=_sealed(subscription, told), headers=headers).status_code
    except (OSError, requests.RequestException) as problem:
        if _refused(problem):
            return "the desk does not connect to it"
        raise Later(type(problem).__name__) from problem
    if status in GONE:
        subscription.delete()
        return ""
    if status == 429 or status >= 500:
        raise Later(f"HTTP {status}")
    return "" if status < 300 else f"HTTP {status}"


def _sealed(subscription: Subscription, told: dict[str, object]) -> bytes:
    """Only the browser opens it (RFC 8291)."""
    body: bytes = http_ece.encrypt(
        json.dumps(told, ensure_ascii=False).encode(),
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=keys.decoded(str(subscription.sealed["p256dh"])),
        auth_secret=keys.decoded(str(subscription.sealed["auth"])),
        version="aes128gcm",
    )
    return body


def _refused(problem: BaseException | None) -> bool:
    """Whether the guard said no, beneath what the libraries made of it, or it is no address at all."""
    if isinstance(problem, requests.exceptions.InvalidURL):
        return True
    seen: set[int] = set()
    waiting = [problem]
    while waiting:
        one = waiting.pop()
        if one is None or id(one) in seen:
            continue
        if isinstance(one, guard.Refused):
            return True
        seen.add(id(one))
        waiting += [one.__cause__, one.__context__, *(arg for arg in one.args if isinstance(arg, BaseException))]
    return False
