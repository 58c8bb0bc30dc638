"""Anchoring: every day the chain of heads of each marketplace is signed, kept, and sent where the site says.

An anchor somebody holds outside shows a rewriting that nothing inside could show.
"""

import json
from datetime import UTC, date, datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from tratativa.accounts import clock
from tratativa.accounts.models import Marketplace
from tratativa.evidence import signed, signing_keys
from tratativa.evidence.models import Anchor, Head
from tratativa.evidence.statements import Carried


def sign(*, at: datetime) -> list[Anchor]:
    """Signs what each marketplace's chain has come to; nothing where it has none, or was signed today (UTC) already.

    Raises NoKey.
    """
    day = at.astimezone(UTC).date()
    unsigned = Marketplace.objects.exclude(anchors__day=day).filter(heads__isnull=False).distinct()
    return [made for marketplace in unsigned.order_by("slug") if (made := _sign(marketplace, at))]


def carried(anchor: Anchor) -> str:
    """The anchor as it is shown and sent, in one line."""
    return Carried(anchor.statement, anchor.signature, anchor.key.public).line()


def send(*, at: datetime) -> int:
    """Sends the anchors that have not left yet in one letter to each address of the setting; returns how many left.

    Raises SMTPException and OSError: whoever called tries again.
    """
    waiting = list(Anchor.objects.filter(sent_at=None).select_related("key", "marketplace").order_by("day"))
    if not waiting or not settings.ANCHORS_TO:
        return 0
    lines = "\n".join(carried(one) for one in waiting)
    letter = EmailMessage(
        _("Âncoras do registro de %(day)s") % {"day": waiting[-1].day.isoformat()},
        _(
            "Guarde este arquivo fora da mesa. Com ele, «tratativa ledger verify --anchor ARQUIVO» mostra se alguém "
            "reescreveu o registro anterior a estas datas."
        ),
        to=list(settings.ANCHORS_TO),
        attachments=[(f"anchors-{waiting[-1].day.isoformat()}.jsonl", lines + "\n", "application/jsonl")],
    )
    letter.send()
    return Anchor.objects.filter(pk__in=[one.pk for one in waiting]).update(sent_at=at)


def _sign(marketplace: Marketplace, at: datetime) -> Anchor | None:
    day = at.astimezone(UTC).date()
    # One of a day that is far from coming is not waited for: verify says what is wrong with it.
    come = max(day, clock.asked().astimezone(UTC).date()) + timedelta(days=1)
    before = Anchor.objects.filter(marketplace=marketplace, day__range=(date.min, come)).order_by("-day")
    last_day, last = before.values_list("day", "statement").first() or (date.min, "")
    if last_day >= day:
        return None  # the clock was set back: an anchor follows the one before it
    root = Head.objects.filter(marketplace=marketplace).order_by("number").values_list("hash", flat=True).last() or ""
    statement = json.dumps(
        {
            "marketplace": marketplace.slug, "chain": str(marketplace.pk), "day": day.isoformat(),
            "at": at.astimezone(UTC).isoformat(), "root": root,
            "previous": signed.digest(last),
        }
    )  # fmt: skip
    key = signing_keys.active(at=at)
    try:
        with transaction.atomic():
            return Anchor.objects.create(
                marketplace=marketplace, day=day, root=root, statement=statement, key=key,
                signature=signing_keys.sign(key, statement),
            )  # fmt: skip
    except IntegrityError:
        return None  # another worker was quicker
