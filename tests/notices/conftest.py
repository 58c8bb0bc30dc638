"""The cast, and a case its customer opened on Monday at nine."""

from collections.abc import Callable

import pytest

from tests.cast import Cast, gather, opener
from tratativa.cases.models import Case


@pytest.fixture
def cast(db: None) -> Cast:
    return gather()


@pytest.fixture
def open_case(cast: Cast) -> Callable[..., Case]:
    return opener(cast)


@pytest.fixture
def case(open_case: Callable[..., Case]) -> Case:
    return open_case()
