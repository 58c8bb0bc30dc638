"""The demonstration's cases, judged again under their own rules, come out as they are."""

from datetime import timedelta

import pytest

from tests.cast import MONDAY
from tests.replay.test_same_rules import differences, read
from tratativa.cases.models import Case
from tratativa.demo import stage


@pytest.mark.django_db
def test_no_case_of_the_demonstration_comes_out_otherwise() -> None:
    stage.set_up(at=MONDAY + timedelta(days=14))
    batch = list(Case.objects.filter(queue="").values_list("id", flat=True))

    found = [f"{one.case.protocol}: {line}" for one in read(batch) for line in differences(one)]

    assert len(batch) > 20
    assert not found, "\n".join(found)
