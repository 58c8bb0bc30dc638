"""The demo's stage."""

import pytest
from django.utils import timezone

from tratativa.cases.models import Case
from tratativa.demo import stage
from tratativa.evidence import walking


@pytest.mark.django_db
def test_the_stage_is_set_once_and_every_chain_is_whole() -> None:
    at = timezone.now()

    stage.set_up(at=at)
    before = Case.objects.count()
    stage.set_up(at=at)

    assert Case.objects.count() == before > 20
    assert walking.walk().faults == ()
    assert {role.kind for troupe in stage.cast() for role in troupe.roles} == {
        "seller", "marketplace", "partner", "customer",
    }  # fmt: skip
