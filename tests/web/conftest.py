"""What the tests of pages share: the cast at half past nine on a Monday, and everybody's browser."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client

from tests.cast import Cast, gather, local, opener, sign_in
from tratativa.accounts.actors import Actor
from tratativa.cases.models import Case

NINE = local("2026-11-23 09:00")
Enter = Callable[[Actor], Client]


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """The pages' clock: Monday, 23 November 2026, 09:30 in São Paulo, until a test moves it."""
    with time_machine.travel(local("2026-11-23 09:30"), tick=False) as traveller:
        yield traveller


@pytest.fixture
def cast(db: None) -> Cast:
    return gather()


@pytest.fixture
def open_case(cast: Cast) -> Callable[..., Case]:
    """Opens a case about the cast's order; by the customer, at nine, unless told otherwise."""
    return opener(cast)


@pytest.fixture
def case(open_case: Callable[..., Case]) -> Case:
    """A case the customer opened at nine."""
    return open_case()


@pytest.fixture
def enter() -> Enter:
    """A browser in which this actor has signed in."""
    return sign_in
