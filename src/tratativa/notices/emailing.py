"""E-mailing: a notice at once, or a day's unread ones as one digest; never what a letter of the case told already.

No words of anybody's are in these letters: what happened, on which case, and the way to it.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tratativa.accounts import reach
from tratativa.accounts.models import Marketplace, Person
from tratativa.accounts.people import postage
from tratativa.cases.core import rulebook_versions, work
from tratativa.mail.models import Letter
from tratativa.mail.outgoing import sending
from tratativa.mail.outgoing.writing import Content
from tratativa.notices import choosing, leaving, reading, standing, wording
from tratativa.notices.models import Choice, Digest, Email, Kind, Notice

LISTED = 30  # notices a digest names; it counts the others


def send(notice_id: uuid.UUID, *, at: datetime) -> None:
    """Sends a notice by e-mail, once, if it is still to be told so. Raises mail's Refused, and the job tries again.

    Whoever fell into their quiet hours meanwhile is written to when they end.
    """
    notice = Notice.objects.select_related("case__marketplace", "entry", "batch", "person").get(pk=notice_id)
    wanted = choosing.of_people(Kind(notice.kind), [notice.person_id])[notice.person_id].email == Email.ONCE
    if notice.emailed_at or not wanted or standing.still(notice) is None or _has_a_letter(notice):
        return
    if (later := leaving.moment(notice, at)) > at:
        work.ask("notices.email", at=later, lock=f"notice:{notice.pk}", notice_id=notice.pk)
        return
    if postage.leaves():
        with _spoken(notice.marketplace_id):
            sending.send_content(_content(notice), notice.person.email, notice.pk)
        Notice.objects.filter(pk=notice.pk).update(emailed_at=at)


def collect(*, at: datetime) -> list[Digest]:
    """Puts together, once a day for each person and marketplace, what is unread at the hour they chose."""
    mine = Choice.objects.filter(person=OuterRef("person"), kind=OuterRef("kind"), email=Email.DIGEST)
    unread = Notice.objects.filter(Exists(mine), read_at=None, digest=None, emailed_at=None)
    made = []
    for person, marketplace in unread.order_by().values_list("person", "marketplace").distinct():
        with reach.within(marketplace, person):
            zone = rulebook_versions.in_force(marketplace).clock.zone
            hours, local = choosing.hours(person), at.astimezone(zone)
            if local.hour >= hours.digest_at and choosing.disturbs_from(hours, at, zone) <= at:
                rows = unread.filter(person=person, marketplace=marketplace)
                made += _put_together(rows, person, marketplace, local)
    return made


def _put_together(rows: QuerySet[Notice], person: uuid.UUID, marketplace: uuid.UUID, local: datetime) -> list[Digest]:
    with transaction.atomic():
        digest, fresh = Digest.objects.get_or_create(person_id=person, marketplace_id=marketplace, day=local.date())
        if not fresh:
            return []
        rows.update(digest=digest)
        work.ask("notices.send_digest", lock=f"digest:{digest.pk}", digest_id=digest.pk)
    return [digest]


def send_digest(digest_id: uuid.UUID, *, at: datetime) -> None:
    """Sends a digest, once, of what is still unread and still to be known; nothing where nothing is left."""
    digest = Digest.objects.select_related("person", "marketplace").get(pk=digest_id)
    if digest.sent_at or not postage.leaves():
        return
    told = [one for one in _of(digest) if standing.still(one) and not _has_a_letter(one)]
    if told:
        with _spoken(digest.marketplace_id):
            content = _digested(told, digest.person, digest.marketplace)
            sending.send_content(content, digest.person.email, digest.pk)
    Digest.objects.filter(pk=digest.pk).update(sent_at=at)


def _of(digest: Digest) -> QuerySet[Notice]:
    rows = Notice.objects.filter(digest=digest).select_related("case__marketplace", "entry", "batch")
    return rows.order_by(*reading.ORDER)


def _has_a_letter(notice: Notice) -> bool:
    """Whether the case wrote to this person about the same: sellers and partners have a letter of what is said."""
    about = Letter.objects.filter(case=notice.case_id, entry__number__range=(notice.first, notice.last))
    return about.filter(reader_id=notice.person_id).exists()


@contextmanager
def _spoken(marketplace: uuid.UUID) -> Iterator[None]:
    """The marketplace's language and its clock's zone: nobody asked for an e-mail in others."""
    zone = rulebook_versions.in_force(marketplace).clock.zone
    with rulebook_versions.letters_of(marketplace), timezone.override(zone):
        yield


def _content(notice: Notice) -> Content:
    told = wording.tell(notice)
    facts = () if notice.batch_id else ((_("Protocolo"), told.protocol), (_("Assunto"), told.subject))
    about = told.happening if notice.batch_id else f"{told.happening} · {told.protocol}"
    return _letter(
        about, notice.person, notice.case.marketplace, (f"{told.happening}.",), facts,
        reverse("open_notice", args=[notice.pk]),
    )  # fmt: skip


def _digested(told: list[Notice], person: Person, marketplace: Marketplace) -> Content:
    count = len(told)
    subject = ngettext("%(n)d aviso por ler", "%(n)d avisos por ler", count) % {"n": count}
    said = [wording.tell(one) for one in told[:LISTED]]
    facts = tuple((one.protocol, one.happening) for one in said)
    left = count - len(said)
    more = (ngettext("E mais %(n)d.", "E mais %(n)d.", left) % {"n": left},) if left else ()
    return _letter(subject, person, marketplace, (f"{subject}:", *more), facts, reverse("notices"))


def _letter(
    subject: str, person: Person, marketplace: Marketplace, sentences: tuple[str, ...],
    facts: tuple[tuple[str, str], ...], path: str,
) -> Content:  # fmt: skip
    return Content(
        subject=subject[:120],
        marketplace=marketplace.name,
        greeting=_("Olá, %(name)s.") % {"name": person.get_short_name()},
        sentences=sentences,
        facts=facts,
        button=_("Abrir na mesa"),
        link=settings.SITE_URL + path,
        footer=_("Você escolheu receber isto por e-mail. Mude em Ajustes, Avisos."),
        accent=marketplace.accent,
    )
