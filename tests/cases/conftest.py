"""What the tests of cases share: the cast, and a case just opened by the customer."""

from collections.abc import Callable

import pytest

from tests.cast import Cast, gather, opener
from tratativa.cases.models import Case


@pytest.fixture
def cast(db: None) -> Cast:
    return gather()


@pytest.fixture
def open_case(cast: Cast) -> Callable[..., Case]:
    """Opens a case about the cast's order; by the customer, on Monday at nine, unless told otherwise."""
    return opener(cast)
