"""Links to a child case: how a partner comes in without an account, while the case is open and a month after."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from tratativa.accounts import reach, signing_in
from tratativa.accounts.actors import Actor
from tratativa.accounts.models import PartnerKey
from tratativa.cases import door, events
from tratativa.cases.core import audience
from tratativa.cases.core.refusals import NotAllowed
from tratativa.cases.models import Case
from tratativa.rulebook.terms.parties import Party

READABLE = timedelta(days=30)  # after the case was closed


def make(case: Case, *, at: datetime) -> str:
    """A secret for a link to this child case, which has a partner."""
    assert case.partner is not None
    return signing_in.make_partner_link(case.partner, case.pk, at=at)


def find(secret: str, *, at: datetime) -> PartnerKey | None:
    """The key of a link that opens its case now, or None. It opens again and again: who fetches it uses nothing up."""
    return _alive(signing_in.open_partner_link(secret), at)


def still(key_id: str, *, at: datetime) -> PartnerKey | None:
    """The key somebody came in by, if it would let them in now."""
    return _alive(signing_in.find_partner_key(key_id), at)


def revoke(case: Case, *, by: Actor, at: datetime) -> int:
    """Ends the links letters carried so far; the next letter carries a new one. Raises NotAllowed for a partner."""
    if by.party is not Party.MARKETPLACE or not case.queue:
        raise NotAllowed(_("Só a equipe do marketplace revoga os links de um chamado filho."))
    with door.judging(case.pk, by=by, at=at) as change:
        count = signing_in.revoke_partner_links(case.pk, at=at)
        if count:
            change.record(events.LinksRevoked(count=count), to=audience.TEAM)
    return count


def _alive(key: PartnerKey | None, at: datetime) -> PartnerKey | None:
    if key is None:
        return None
    with reach.within(key.partner_id):
        case = Case.objects.filter(pk=key.case_id, partner=key.partner_id).only("closed_at").first()
    readable = case is not None and (case.closed_at is None or at < case.closed_at + READABLE)
    return key if readable else None
