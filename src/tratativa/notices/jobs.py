"""Jobs of notices: made after the change they tell of, in a crew that holds up no letter and no case."""

import uuid

from procrastinate.contrib.django import app

from tratativa.accounts import clock
from tratativa.cases.core import work
from tratativa.cases.models import Case
from tratativa.mail.patience import Patience
from tratativa.notices import making


@app.task(name="notices.make", queue="notices", retry=Patience(tries=8, base=3))
@work.of_its_marketplace(Case, "case_id")
def make(case_id: str, first: str, last: str) -> None:
    """Tells whom the entries of a case from `first` to `last` concern."""
    making.make(uuid.UUID(case_id), int(first), int(last), at=clock.now())
