"""Disclosures: what a person had shown of somebody's data, and lists they took along; told, and not too many an hour.

A thief with valid rights reads and exports as an agent does, only more. So each is a line of the audit log; beyond a
number an hour the desk refuses; and both that and a large export are told to an administrator who did not do it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from tratativa.accounts import audit, signing_in
from tratativa.accounts.audit.models import AuditLine
from tratativa.accounts.audit.recording import Values
from tratativa.accounts.models import Marketplace, Partner, Person, Seller

WITHIN = timedelta(hours=1)
Kind = Literal["reveals", "exports", "lookups"]

REFUSED = audit.register(
    "disclosures.refused",
    _("Foi recusado: abriu, procurou ou exportou demais numa hora"),
    {
        "reveals": _("Dados mostrados numa hora"),
        "exports": _("Exportações numa hora"),
        "lookups": _("Documentos procurados numa hora"),
    },
)
LARGE = audit.register("disclosures.large", _("Exportou uma lista grande"), {"lines": _("Linhas")})


@dataclass(frozen=True)
class Limits:
    """How much one person may in an hour, and from how many lines on an export is told to somebody else."""

    reveals: int = 60
    exports: int = 12
    lookups: int = 200
    large: int = 5_000


@dataclass(frozen=True)
class Taker:
    """Who has something shown or takes it along: a person, or whoever holds a partner's link."""

    marketplace: Marketplace
    whence: str
    who: Person | None = None
    organisation: Seller | Partner | None = None

    @property
    def counted_as(self) -> str:
        """Under which name their hour is counted."""
        if self.who:
            return str(self.who.pk)
        return f"partner-{self.organisation.pk}" if self.organisation else ""


class TooMuch(Exception):
    """Nothing more is shown or exported for a while; the message is the sentence for whoever asked."""


def limits() -> Limits:
    """This site's limits. Raises TypeError for a name in `DISCLOSURES` that is none."""
    return Limits(**settings.DISCLOSURES)


def disclose(
    taker: Taker, kind: Kind, what: str, *, at: datetime, about: str = "", told: Values | None = None, lines: int = 0
) -> None:
    """Writes down that the taker is shown or given this, before they are; `lines` is how long an export is.

    Raises TooMuch where they had as much as an hour takes, and tells an administrator the first time.
    """
    most = getattr(limits(), kind)
    try:
        signing_in.slow_down(kind, taker.counted_as, limit=most, within=WITHIN, at=at)
    except signing_in.TooManyTries:
        _refused(taker, kind, most)
        raise TooMuch(_refusal(kind, most)) from None
    with transaction.atomic():
        _line(taker, what, about, told)
        if lines >= limits().large:
            _tell(_line(taker, LARGE, about, {"lines": lines}))


def look_up(taker: Taker, document: str, *, at: datetime) -> None:
    """Counts that the taker looks for somebody by this whole document, once an hour for each document.

    What is shown of a document leaves a thousand that it may be: who tries them out is stopped, and told of. Raises
    TooMuch.
    """
    name = salted_hmac("disclosures.lookups", f"{taker.counted_as}|{document}").hexdigest()
    if cache.get(f"disclosures.lookup:{name}"):
        return
    most = limits().lookups
    try:
        signing_in.slow_down("lookups", taker.counted_as, limit=most, within=WITHIN, at=at)
    except signing_in.TooManyTries:
        _refused(taker, "lookups", most)
        raise TooMuch(_refusal("lookups", most)) from None
    # Only now: of many at once each is counted, and none passes because another asks for the same.
    cache.set(f"disclosures.lookup:{name}", 1, WITHIN.total_seconds())


def _refused(taker: Taker, kind: Kind, most: int) -> None:
    """Once an hour: whoever is refused tries again."""
    with transaction.atomic():
        if cache.add(f"disclosures.refused:{kind}:{taker.counted_as}", 1, WITHIN.total_seconds()):
            _tell(_line(taker, REFUSED, "", {kind: most}))


def _refusal(kind: Kind, most: int) -> str:
    if kind == "exports":
        said = _(
            "Você exportou %(most)d vezes na última hora, e por enquanto a mesa não exporta mais. Tente mais tarde. "
            "Isto ficou no registro de auditoria."
        )
    elif kind == "lookups":
        said = _(
            "Você procurou %(most)d documentos diferentes na última hora, e por enquanto a mesa não procura outros. "
            "Tente mais tarde. Isto ficou no registro de auditoria."
        )
    else:
        said = _(
            "Você abriu %(most)d dados na última hora, e por enquanto a mesa não mostra mais. Tente mais tarde. "
            "Isto ficou no registro de auditoria."
        )
    return str(said) % {"most": most}


def _line(taker: Taker, what: str, about: str, told: Values | None) -> AuditLine:
    return audit.record(
        taker.marketplace, what=what, who=taker.who, whence=taker.whence, about=about, after=told,
        organisation=taker.organisation,
    )  # fmt: skip


def _tell(line: AuditLine) -> None:
    job = app.configure_task("accounts.tell_disclosure", queue="mail")
    job.defer(line=str(line.pk), marketplace=str(line.marketplace_id))
