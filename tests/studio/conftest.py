"""What the tests of the studio share: a marketplace with rules, and two who administer it."""

from dataclasses import dataclass

import pytest

from tests.cast import Cast, gather
from tratativa.accounts.models import Marketplace, Membership, Person, Role
from tratativa.accounts.people.team import Doer


@dataclass(frozen=True)
class Studio:
    """The marketplace and its two administrators."""

    place: Marketplace
    otavio: Doer
    rita: Doer


@pytest.fixture
def cast(db: None) -> Cast:
    return gather()


@pytest.fixture
def studio(cast: Cast) -> Studio:
    return Studio(cast.marketplace, administrator(cast.marketplace, "Otávio"), administrator(cast.marketplace, "Rita"))


def administrator(place: Marketplace, name: str) -> Doer:
    """Somebody who administers the marketplace."""
    email = f"{name.lower().replace('á', 'a')}@equipe.example"
    person = Person.objects.create_user(email=email, password="uma senha bem longa", name=name)
    Membership.objects.create(person=person, marketplace=place, role=Role.ADMIN)
    return Doer(person, "192.0.2.7")
