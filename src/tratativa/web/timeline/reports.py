"""Reports as pages draw them: the message, why it was denounced, and what was decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from tratativa.accounts.actors import Actor
from tratativa.cases.core import protocols
from tratativa.cases.models import Report
from tratativa.cases.score import reports
from tratativa.cases.sentences import labels

_TONES = {"": "waiting", "confirmed": "urgent", "dismissed": "done"}


@dataclass(frozen=True)
class Drawn:
    """One report, ready to be drawn; `decide_url` is empty where it is decided or the reader may not decide."""

    key: str
    shown: str
    case_url: str
    seller: str
    seller_url: str
    customer: str
    reason: str
    message: str
    said: str
    at: datetime
    state: str
    tone: str
    verdict: str
    decide_url: str


def reasons() -> list[tuple[str, str]]:
    """What a message can be denounced for, as the customer reads it."""
    return [(name, labels.report_reason(name)) for name in reports.REASONS]


def draw(found: Sequence[Report], actor: Actor) -> list[Drawn]:
    """The reports as this member of the marketplace sees them; they come with their cases and their entries' words."""
    own = reports.own_sellers(actor) if found else set()
    return [_draw(one, reports.may_decide(one, actor, own)) for one in found]


def _draw(report: Report, may_decide: bool) -> Drawn:
    case = report.case
    shown = protocols.show(case.protocol)
    return Drawn(
        key=str(report.pk),
        shown=shown,
        case_url=f"{reverse('case', args=[shown])}#entry-{report.message.number}",
        seller=case.seller.name if case.seller else "",
        seller_url=reverse("seller", args=[case.seller_id]) if case.seller_id else "",
        customer=case.customer.name if case.customer else "",
        reason=labels.report_reason(report.reason),
        message=report.message.said,
        said=report.entry.said,
        at=report.at,
        state={"": _("Espera decisão"), "confirmed": _("Confirmada"), "dismissed": _("Sem falta")}[report.decision],
        tone=_TONES[report.decision],
        verdict=report.verdict.said if report.verdict else "",
        decide_url=reverse("decide_report", args=[report.pk]) if may_decide and not report.decided_at else "",
    )
