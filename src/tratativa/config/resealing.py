"""Resealing: what is sealed is sealed anew with the key of today, and keys that nothing needs any more are thrown away.

Bank data that a queue was shown never change (the ledger's rows only grow): they stay under their key until they are
erased with the queue's answer, and that key stays with them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import JSONField
from django.db.models.functions import Cast

from tratativa.accounts.secrecy import sealing
from tratativa.accounts.secrecy.sealed_fields import Lost
from tratativa.accounts.secrecy.two_factor import Adapter
from tratativa.cases.models import Request, SharedField
from tratativa.mail.intake import mailbox_secrets
from tratativa.mail.models import Mailbox, OutgoingServer
from tratativa.mail.outgoing import servers
from tratativa.notices.models import PushKey, Subscription
from tratativa.notices.push import keys as push_keys

# Where an authenticator keeps what makes codes.
_MAKES_CODES = ("secret", "seed")


@dataclass(frozen=True)
class Rotated:
    """What a rotation did: how much was sealed anew, which keys went and which stay for what cannot be sealed anew."""

    resealed: int
    forgotten: int
    kept: int


def rotate() -> Rotated:
    """Makes a new key, seals everything that can be with it, and throws away keys that open nothing any more.

    The key of before stays for this once: another process may have sealed with it a moment ago. Raises OSError, and
    sealing.Broken where something does not open: then no key is thrown away.
    """
    before = sealing.ring().active
    sealing.add()
    resealed = sum((_answers(), _passwords(), _second_factors(), _pushes()))
    names = set(sealing.ring().keys)
    gone = names - used() - {before, sealing.ring().active}
    sealing.forget(gone)
    return Rotated(resealed, len(gone), len(names - gone) - 1)


def used() -> set[str]:
    """The names of the keys that something is sealed with."""
    return {sealing.key_of(envelope) for envelope in _envelopes()}


def missing() -> set[str]:
    """The names of the keys that something is sealed with and that are not here."""
    return used() - set(sealing.ring().keys)


def _envelopes() -> Iterator[str]:
    as_stored = Cast("sealed", JSONField())  # as the column holds it
    kept = list(Request.objects.exclude(sealed={}).annotate(kept=as_stored).values_list("kept", flat=True))
    shared = SharedField.objects.filter(text__entry__data__sealed=True, value__startswith="s1.")
    kept += shared.values_list("value", flat=True)
    kept += Mailbox.objects.exclude(password="").values_list("password", flat=True)
    kept += OutgoingServer.objects.exclude(password="").values_list("password", flat=True)
    kept += PushKey.objects.values_list("private", flat=True)
    kept += Subscription.objects.annotate(kept=as_stored).values_list("kept", flat=True)
    for one in Authenticator.objects.all():
        kept += [str(one.data.get(name, "")) for name in _MAKES_CODES]
    yield from (one for one in kept if sealing.is_sealed(one))


def _answers() -> int:
    count = 0
    for key in Request.objects.exclude(sealed={}).values_list("pk", flat=True):
        with transaction.atomic():
            request = Request.objects.select_for_update(of=("self",)).get(pk=key)
            if isinstance(request.sealed, Lost):
                raise sealing.Broken
            request.save(update_fields=["sealed"])
            count += 1
    return count


def _passwords() -> int:
    count = 0
    for key in Mailbox.objects.exclude(password="").values_list("pk", flat=True):
        with transaction.atomic():
            mailbox = Mailbox.objects.select_for_update(of=("self",)).get(pk=key)
            if not sealing.is_sealed(mailbox.password):
                continue  # of before: under the installation's secret, and no key of ours
            mailbox.password = mailbox_secrets.seal(mailbox_secrets.unseal(mailbox.password))
            mailbox.save(update_fields=["password"])
            count += 1
    for server in OutgoingServer.objects.exclude(password=""):
        server.password = sealing.seal(sealing.unseal(server.password, servers.PURPOSE), servers.PURPOSE)
        server.save(update_fields=["password"])
        count += 1
    return count


def _second_factors() -> int:
    adapter, count = Adapter(), 0
    for key in Authenticator.objects.values_list("pk", flat=True):
        with transaction.atomic():
            one = Authenticator.objects.select_for_update(of=("self",)).get(pk=key)
            for name in _MAKES_CODES:
                if name in one.data:
                    one.data[name] = adapter.encrypt(adapter.decrypt(one.data[name]))
            one.save(update_fields=["data"])
            count += 1
    return count


def _pushes() -> int:
    count = 0
    for key in PushKey.objects.all():
        key.private = sealing.seal(sealing.unseal(key.private, push_keys.PURPOSE), push_keys.PURPOSE)
        key.save(update_fields=["private"])
        count += 1
    for pk in Subscription.objects.values_list("pk", flat=True):
        with transaction.atomic():
            one = Subscription.objects.select_for_update().filter(pk=pk).first()
            if one is None:
                continue  # switched off meanwhile
            if isinstance(one.sealed, Lost):
                raise sealing.Broken
            one.save(update_fields=["sealed"])
            count += 1
    return count
