"""People of a team, changed by two at once, or after they left."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from tests.cast import MONDAY, Cast, gather
from tratativa.accounts import reach
from tratativa.accounts.audit.models import AuditLine
from tratativa.accounts.models import Membership, Person
from tratativa.accounts.people import hiring, invitations, leaving
from tratativa.accounts.people.models import Invitation
from tratativa.accounts.people.refusals import LastAdministrator, NotInTime
from tratativa.accounts.people.team import Doer, Team

pytestmark = pytest.mark.django_db(transaction=True)
BY = Doer(command="prova")
PASSWORD = "uma senha bem comprida 7"


@pytest.fixture
def cast() -> Iterator[Cast]:
    yield gather()


def administrators(cast: Cast) -> list[Membership]:
    """Two who administer the marketplace, and nobody else."""
    Membership.objects.filter(marketplace=cast.marketplace, seller=None, partner=None).update(role="agent")
    people = [Person.objects.create_user(email=f"{name}@x.example", password=PASSWORD) for name in ("ada", "bia")]
    return [Membership.objects.create(person=one, marketplace=cast.marketplace, role="admin") for one in people]


def test_of_the_last_two_administrators_who_step_down_at_once_one_is_told_that_they_stay(cast: Cast) -> None:
    members, together = administrators(cast), Barrier(2)

    def step_down(member: Membership) -> str:
        try:
            found = Membership.objects.select_related("marketplace", "seller", "partner").get(pk=member.pk)
            together.wait(10)
            hiring.change_role(found, "agent", by=BY)
        except LastAdministrator:
            return "stays"
        finally:
            connections.close_all()
        return "stepped down"

    for _round in range(5):
        Membership.objects.filter(pk__in=[one.pk for one in members]).update(role="admin")
        with ThreadPoolExecutor(2) as pool:
            assert sorted(pool.map(step_down, members)) == ["stays", "stepped down"]


def test_an_invitation_sent_twice_at_once_is_one_with_one_line(cast: Cast) -> None:
    together = Barrier(2)

    def ask(_index: int) -> bool:
        try:
            together.wait(10)
            with reach.within(cast.marketplace.pk):
                return invitations.invite(Team(cast.marketplace), "nova@x.example", "", "agent", by=BY, at=MONDAY)[1]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(ask, range(2))) == [False, True]
    assert Invitation.objects.filter(email="nova@x.example").count() == 1
    assert AuditLine.objects.filter(what="people.invited").count() == 1


def test_who_was_deactivated_comes_back_by_no_link_they_still_hold(cast: Cast) -> None:
    team = Team(cast.marketplace)
    held, _new = invitations.invite(team, "nova@x.example", "", "admin", by=BY, at=MONDAY)
    member, _made = hiring.found(team, "nova@x.example", "Nova", PASSWORD, role="agent", by=BY)

    leaving.leave(member, by=BY, at=MONDAY)

    with pytest.raises(NotInTime):
        invitations.opened(held.pk, invitations.secret(held), at=MONDAY)
