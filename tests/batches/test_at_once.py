"""Batches asked for at the same moment are counted one after the other."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from tests.cast import MONDAY, gather, opener
from tratativa.batches import asking
from tratativa.batches.models import Batch, What
from tratativa.batches.wanted import Wanted
from tratativa.cases.core.refusals import NotAllowed

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_many_asked_at_once_no_more_go_than_may() -> None:
    cast = gather()
    case = opener(cast)()

    def ask(_number: int) -> bool:
        try:
            asking.ask(cast.ana, Wanted(What.TAG, tags=["greve"]), [(case.pk, case.row_version)], at=MONDAY)
        except NotAllowed:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(12) as pool:
        taken = sum(pool.map(ask, range(24)))

    assert taken == asking.GOING == Batch.objects.count()
