"""What somebody did on a page, told to the audit log: who and from where is the request's to say."""

from typing import Any

from tratativa.accounts import audit
from tratativa.accounts.access import whence
from tratativa.accounts.audit.disclosures import Taker
from tratativa.accounts.audit.models import AuditLine
from tratativa.accounts.audit.recording import Values
from tratativa.accounts.models import Partner, Seller
from tratativa.web.frame.gates import ActingRequest, StaffRequest


def taker(request: ActingRequest) -> Taker:
    """Who this request's person is, where something is shown to them or taken along."""
    asked: Any = request
    member, partner = asked.membership, getattr(asked, "partner", None)
    return Taker(
        request.marketplace,
        whence.address(request),
        who=member.person if member else None,
        organisation=(member.seller or member.partner) if member else partner,
    )


def record(
    request: StaffRequest,
    what: str,
    *,
    about: str = "",
    before: Values | None = None,
    after: Values | None = None,
    organisation: Seller | Partner | None = None,
) -> AuditLine:
    """One line about what the request's person did; call it in the transaction that does it.

    It is their own organisation's matter unless another is named. Raises as `audit.record`.
    """
    member = request.membership
    return audit.record(
        member.marketplace, what=what, who=member.person, whence=whence.address(request), about=about,
        before=before, after=after, organisation=organisation or member.seller or member.partner,
    )  # fmt: skip
