"""Jobs of batches: what many cases were given, done while no page waits."""

import uuid

from procrastinate.contrib.django import app

from tratativa.accounts.absence import THROUGH_OUTAGES
from tratativa.batches import asking
from tratativa.batches.models import Batch
from tratativa.cases.core import work


@app.task(name="batches.work", queue="batches", retry=THROUGH_OUTAGES)
@work.of_its_marketplace(Batch, "batch_id")
def perform(batch_id: str) -> None:
    """Works off a batch, case by case; a long one stands at the end of the queue again after each round."""
    if asking.perform(uuid.UUID(batch_id)):
        work.ask("batches.work", batch_id=batch_id)
