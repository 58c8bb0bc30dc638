"""The demo's stage."""

import pytest
from django.utils import timezone

from tratativa.cases.core import ledger
from tratativa.cases.models import Case
from tratativa.demo import stage


@pytest.mark.django_db
def test_the_stage_is_set_once_and_every_chain_is_whole() -> None:
    at = timezone.now()

    stage.set_up(at=at)
    before = Case.objects.count()
    stage.set_up(at=at)

    assert Case.objects.count() == before > 20
    assert all(ledger.check(case) is None for case in Case.objects.all())
    assert {role.kind for troupe in stage.cast() for role in troupe.roles} == {
        "seller", "marketplace", "partner", "customer",
    }  # fmt: skip
