"""Reports: a customer denounces a seller's message, and one of the marketplace's people decides whether it was so."""

import uuid
from collections.abc import Collection
from contextlib import AbstractContextManager
from datetime import datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from tratativa.accounts import text
from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Membership
from tratativa.cases import door, events
from tratativa.cases.acting import counting
from tratativa.cases.core import audience, justification, visibility
from tratativa.cases.core.change import Change
from tratativa.cases.core.refusals import Invalid, NotAllowed
from tratativa.cases.models import Entry, Report
from tratativa.rulebook.language import arguments
from tratativa.rulebook.terms.parties import Party

REASONS = ("charge", "contact", "offence", "fraud", "other")
LIMIT = 1_000
# The seller is not told before a decision, nor of one that found nothing wrong.
_CONFIDENTIAL = audience.of(Party.CUSTOMER, Party.MARKETPLACE)


def report(message: Entry, *, reason: str, words: str = "", by: Actor, at: datetime) -> Report:
    """Denounces a message the customer received from the seller, once (M-05). Raises Invalid and NotAllowed.

    It changes no turn and no clock, and counts nothing: only a person's decision does.
    """
    said = _said(reason, words)
    if by.party is not Party.CUSTOMER:
        raise NotAllowed(_("Só o cliente denuncia uma mensagem."))
    with door.judging(message.case_id, by=by, at=at) as change:
        received = visibility.visible_entries(change.case, by).filter(pk=message.pk, event=events.Posted.name)
        if by.customer_id != change.case.customer_id or not received.filter(party=str(Party.SELLER)).exists():
            raise NotAllowed(_("Esta mensagem não é do vendedor para você."))
        if Report.objects.filter(message=message).exists():
            raise NotAllowed(_("Você já denunciou esta mensagem."))
        made = Report(case=change.case, message=message, reason=reason, at=at)
        made.entry = change.record(
            events.MessageReported(report=str(made.pk), entry=message.number, reason=reason),
            to=_CONFIDENTIAL,
            words=said or None,
        )
        made.save(force_insert=True)
    return made


def confirm(report: Report, words: str, *, by: Actor, at: datetime) -> None:
    """Decides that the message was wrong: everybody may read why, and it counts for the seller where the rulebook
    says under which metric. Raises Invalid and NotAllowed.
    """
    said = justification.read(words)
    with _deciding(report, by, at) as change:
        _decide(change, report, "confirmed", said, audience.EVERYONE)
        metric = change.book.score.reports if change.book.score else ""
        if metric:
            change.because = f"report:{report.pk.hex}"
            counting.count(change, arguments.Count(metric=metric))


def dismiss(report: Report, words: str, *, by: Actor, at: datetime) -> None:
    """Decides that the message was not wrong; the customer may read why, the seller hears nothing of it.

    Raises Invalid and NotAllowed.
    """
    said = justification.read(words)
    with _deciding(report, by, at) as change:
        _decide(change, report, "dismissed", said, _CONFIDENTIAL)


def may_decide(report: Report, by: Actor, own: Collection[uuid.UUID]) -> bool:
    """Whether this person may decide: one of the marketplace's who does not work for the seller as well.

    `own` are the sellers they work for, as `own_sellers` gives them.
    """
    ours = by.party is Party.MARKETPLACE and by.marketplace_id == report.case.marketplace_id
    return ours and report.case.seller_id not in own


def own_sellers(by: Actor) -> set[uuid.UUID]:
    """The sellers this person works for."""
    found = Membership.objects.filter(person_id=by.person, seller__isnull=False).values_list("seller_id", flat=True)
    return {key for key in found if key}


def queue(actor: Actor, limit: int) -> list[Report]:
    """What waits for a decision, oldest first."""
    return list(_drawn(visibility.visible_reports(actor).filter(decided_at=None)).order_by("at", "id")[:limit])


def of_seller(seller_id: uuid.UUID, actor: Actor, limit: int) -> list[Report]:
    """The reports of one seller's messages, newest first, decided ones too."""
    found = visibility.visible_reports(actor).filter(case__seller_id=seller_id)
    return list(_drawn(found).order_by("-at", "-id")[:limit])


def _drawn(found: QuerySet[Report]) -> QuerySet[Report]:
    return found.select_related("case__seller", "case__customer", "message__words", "entry__words", "verdict__words")


def _said(reason: str, words: str) -> str:
    said = text.paragraph(words)
    errors = {}
    if reason not in REASONS:
        errors["reason"] = _("Escolha o motivo da denúncia.")
    if reason == "other" and not said:
        errors["text"] = _("Conte o que há de errado com a mensagem.")
    if len(said) > LIMIT:
        errors["text"] = _("O texto tem no máximo %(limit)d caracteres.") % {"limit": LIMIT}
    if errors:
        raise Invalid(errors)
    return said


def _deciding(report: Report, by: Actor, at: datetime) -> AbstractContextManager[Change]:
    if not may_decide(report, by, own_sellers(by)):
        raise NotAllowed(_("Esta decisão é de outra pessoa da equipe do marketplace."))
    return door.judging(report.case_id, by=by, at=at)


def _decide(change: Change, report: Report, decision: str, said: str, to: int) -> None:
    now = Report.objects.get(pk=report.pk)
    if now.decided_at:
        raise NotAllowed(_("Esta denúncia já foi decidida."))
    now.verdict = change.record(
        events.ReportDecided(
            report=str(now.pk), entry=report.message.number, reason=now.reason, confirmed=decision == "confirmed"
        ),
        to=to,
        words=said,
    )
    now.decision, now.decided_at, now.decided_by = decision, change.at, change.by.person_id
    now.save(update_fields=["verdict", "decision", "decided_at", "decided_by"])
