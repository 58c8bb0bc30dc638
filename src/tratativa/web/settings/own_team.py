"""The team whose settings a request is about: always the one its person acts for, whatever the address says."""

from typing import Any

from tratativa.accounts.access import whence
from tratativa.accounts.people.team import Doer, Team
from tratativa.web.frame.gates import StaffRequest


def team(request: StaffRequest) -> Team:
    """The team of whoever acts."""
    member, asked = request.membership, request
    if member.partner:
        wears: Any = asked
        wears.partner = member.partner  # its pages say whose they are
    return Team(member.marketplace, member.seller, member.partner)


def doer(request: StaffRequest) -> Doer:
    """Who changes something, from where."""
    return Doer(request.membership.person, whence.address(request))
