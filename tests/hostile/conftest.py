"""What the hostile share: half past nine on a Monday, a case, and browsers whose errors are answers, not exceptions."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from tests.cast import MONDAY, Cast, gather, local, sign_in
from tratativa.cases.acting import opening
from tratativa.cases.acting.opening import Opening
from tratativa.cases.messages.addressing import Message
from tratativa.cases.models import Case


@pytest.fixture
def clock() -> Iterator[None]:
    with time_machine.travel(local("2026-11-23 09:30"), tick=False):
        yield


@pytest.fixture
def cast(db: None) -> Cast:
    return gather()


@pytest.fixture
def case(cast: Cast) -> Case:
    return opening.open_case(
        Opening(cast.order, reason="Atraso na entrega", message=Message("Cadê?")), by=cast.cliente, at=MONDAY
    )


@pytest.fixture
def ana(cast: Cast) -> Client:
    return sign_in(cast.ana, raise_request_exception=False)


@pytest.fixture
def joana(cast: Cast) -> Client:
    return sign_in(cast.cliente, raise_request_exception=False)


@pytest.fixture
def marta(cast: Cast) -> Client:
    return sign_in(cast.marta, raise_request_exception=False)
