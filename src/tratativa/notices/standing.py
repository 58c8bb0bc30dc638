"""Standing: whether a notice may still be told outside the desk, asked at the moment it would leave."""

from tratativa.accounts import actors
from tratativa.accounts.actors import Actor
from tratativa.accounts.models import Membership
from tratativa.notices import reading
from tratativa.notices.models import Notice


def actor(notice: Notice) -> Actor | None:
    """Who its person is today in its team; None once they left it, or their account is shut."""
    members = Membership.objects.select_related("person").filter(
        person=notice.person_id, marketplace=notice.marketplace_id, seller=notice.seller_id,
        partner=notice.partner_id, person__is_active=True,
    )  # fmt: skip
    found = members.first()
    return actors.of_membership(found) if found else None


def still(notice: Notice) -> Actor | None:
    """Whom it may be told to: its person, who has not read it, is of the team, and may know of the case; else None."""
    who = actor(notice)
    if who is None or not reading.of(who).filter(pk=notice.pk, read_at=None).exists():
        return None
    return who
